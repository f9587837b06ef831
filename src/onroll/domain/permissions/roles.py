"""The roles of a school, and what each may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from onroll.domain.permissions.table import Permission as P


class Role(StrEnum):
    """A job in the school, as Onroll knows it. The value is stored."""

    PROGRESS_LEADER = "progress-leader"
    PASTORAL_MANAGER = "pastoral-manager"
    DEPUTY_HEAD = "deputy-head"
    HEADTEACHER = "headteacher"
    SENCO = "senco"
    SAFEGUARDING_LEAD = "safeguarding-lead"
    ATTENDANCE_OFFICER = "attendance-officer"
    TEACHER = "teacher"
    EXAMS_OFFICER = "exams-officer"
    CLERK = "clerk"
    GOVERNOR = "governor"
    ADMINISTRATOR = "administrator"
    DATA_PROTECTION_LEAD = "data-protection-lead"


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """What the reference page says of a role, and what the doors ask of it."""

    title: str
    description: str
    permissions: frozenset[P]
    # A role limited to year groups is shown those pupils only.
    by_year_group: bool = False

    @property
    def needs_second_factor(self) -> bool:
        """Roles that see pupils, or decide who does, must sign in with a second factor."""
        return bool(self.permissions & _SENSITIVE)


_SENSITIVE = frozenset({P.WATCH_SEE, P.PUPIL_SEE, P.CASE_SEE, P.REGISTER_SEE, P.PEOPLE_MANAGE, P.LOOKS_SEE})
_MEMBER = frozenset({P.SCHOOL_SEE, P.CALENDAR_SEE, P.POLICY_SEE})
_SEES_PUPILS = _MEMBER | {P.TODAY_SEE, P.WATCH_SEE, P.PUPIL_SEE}
_LEADS = _SEES_PUPILS | {P.WATCH_JUDGE, P.REGISTER_SEE, P.CASE_SEE, P.CASE_OPEN, P.CASE_WORK}
_CARRIES = _LEADS | {P.CASE_MOVE, P.CASE_TEAM, P.MEDICAL_SEE, P.LEAVING_PROPOSE}
_HEADS = _CARRIES | {
    P.SAFEGUARDING_SEE, P.OVERSIGHT_SEE, P.POLICY_EDIT, P.PACKS_EDIT, P.DEATH_RECORD, P.SCHOOL_EDIT,
}  # fmt: skip

ROLES: Mapping[Role, RoleFacts] = MappingProxyType(
    {
        Role.PROGRESS_LEADER: RoleFacts(
            "Progress Leader",
            "Leads a year group's progress; first to speak with the family.",
            _CARRIES,
            by_year_group=True,
        ),
        Role.PASTORAL_MANAGER: RoleFacts(
            "Pastoral manager",
            "Looks after pupils day by day, with the Progress Leader.",
            _CARRIES,
            by_year_group=True,
        ),
        Role.DEPUTY_HEAD: RoleFacts(
            "Deputy Headteacher",
            "Answers for behaviour and attendance across the school.",
            _HEADS | {P.REGISTER_IMPORT, P.ROLL_IMPORT, P.CALENDAR_EDIT, P.MONITOR_SIGN},
        ),
        Role.HEADTEACHER: RoleFacts(
            "Headteacher",
            "Takes the decisions that need a head.",
            _HEADS | {P.LOOKS_SEE, P.LEAVING_DECIDE},
        ),
        Role.SENCO: RoleFacts("SENCO", "Coordinates special educational needs and health plans.", _CARRIES),
        Role.SAFEGUARDING_LEAD: RoleFacts(
            "Designated Safeguarding Lead",
            "Makes sure that every child is seen and safe.",
            _CARRIES | {P.SAFEGUARDING_SEE, P.OVERSIGHT_SEE, P.DEATH_RECORD},
        ),
        Role.ATTENDANCE_OFFICER: RoleFacts(
            "Attendance officer",
            "Brings in registers and the roll, and keeps codes and calendar right.",
            _LEADS | {P.REGISTER_IMPORT, P.ROLL_IMPORT, P.CALENDAR_EDIT},
        ),
        Role.TEACHER: RoleFacts(
            "Teacher", "Teaches or tutors; will be given a short brief, never a diagnosis.", _MEMBER
        ),
        Role.EXAMS_OFFICER: RoleFacts(
            "Exams officer", "Enters pupils for exams and arranges access.", _MEMBER
        ),
        Role.CLERK: RoleFacts(
            "Clerk to governors",
            "Keeps the policy register; sees totals, never a child.",
            _MEMBER | {P.POLICY_EDIT},
        ),
        Role.GOVERNOR: RoleFacts(
            "Governor", "Sees totals with small numbers hidden, never a child.", _MEMBER
        ),
        Role.ADMINISTRATOR: RoleFacts(
            "Administrator",
            "Invites people and keeps the system well; sees no pupil.",
            _MEMBER | {P.PEOPLE_MANAGE, P.CALENDAR_EDIT, P.SCHOOL_EDIT, P.PACKS_EDIT, P.SYSTEM_SEE},
        ),
        Role.DATA_PROTECTION_LEAD: RoleFacts(
            "Data protection lead",
            "Checks who looked at and who changed what.",
            _MEMBER | {P.LOOKS_SEE, P.SYSTEM_SEE},
        ),
    }
)
