"""The people round a child: the case team, the family, professionals. Brothers and sisters are in `siblings`.

`known_at` asks for what was known at a moment; None for what is known now. These look nothing up about who asks:
call them behind a door.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Subquery

from onroll.domain.permissions import ROLES, Permission, Role
from onroll.domain.phones import dialled
from onroll.queries.siblings import SiblingSeen, siblings_of
from onroll.records.cases.models import Away, FamilyMember, Member, Professional
from onroll.records.people.models import Appointment
from onroll.records.pupils.models import Contact

__all__ = [
    "Colleague", "ProfessionalSeen", "Relative", "RollContact", "SiblingSeen", "TeamMember", "colleagues",
    "family_of", "professionals_of", "roll_contacts", "siblings_of", "team_of", "whole_team",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody on a case's team in one role."""

    id: int
    user_id: int
    name: str
    role: Role
    from_on: date
    until_on: date | None = None
    deputy_id: int | None = None
    deputy_name: str = ""
    away_until: date | None = None  # the last day of the absence that runs on the day asked about
    away_deputy: str = ""  # who stands in on these days
    has_left: bool = False  # no longer has access to the school

    @property
    def role_title(self) -> str:
        """The role in words."""
        return ROLES[self.role].title


@dataclass(frozen=True, slots=True)
class Relative:
    """A parent, carer or other relative, and how to speak with them."""

    id: int
    name: str
    relationship: str = ""
    parental_responsibility: bool = False
    lives_with_pupil: bool = False
    phone: str = ""
    email: str = ""
    address: str = ""
    how_to_reach: str = ""
    interpreter: str = ""
    do_not_contact: bool = False
    do_not_contact_because: str = ""
    may_be_told: str = "everything"  # everything, education, nothing
    may_be_told_because: str = ""
    priority: int = 1
    from_roll_id: int | None = None

    @property
    def dialled(self) -> str:
        """What the telephone dials; empty where there is no number, or it must not be rung."""
        return "" if self.do_not_contact else dialled(self.phone)


@dataclass(frozen=True, slots=True)
class ProfessionalSeen:
    """Somebody outside the school who works with the child. `role` may say what the child has: medical tier."""

    id: int
    agency: str
    name: str = ""
    role: str = ""
    phone: str = ""
    email: str = ""

    @property
    def dialled(self) -> str:
        """What the telephone dials."""
        return dialled(self.phone)

    @property
    def words(self) -> str:
        """The name with the agency, for choosers: never the role."""
        return f"{self.name}, {self.agency}" if self.name else self.agency


@dataclass(frozen=True, slots=True)
class RollContact:
    """A contact as the roll gives it, not yet taken over into the family."""

    id: int
    name: str
    relationship: str
    phone: str
    parental_responsibility: bool = False


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may be put on a team."""

    id: int
    name: str
    roles: tuple[Role, ...]

    @property
    def words(self) -> str:
        """The name with the roles, for choosers."""
        return f"{self.name} ({', '.join(ROLES[role].title for role in self.roles)})"


def team_of(case_id: int, on: date, known_at: datetime | None = None) -> tuple[TeamMember, ...]:
    """Who is on the team on a day, in the order of the role table. One query.

    Somebody who will join later is not in it yet. Somebody who has left the school is, until they are replaced:
    what they held must not vanish.
    """
    everybody = whole_team(case_id, on, known_at)
    return tuple(one for one in everybody if one.until_on is None or one.until_on >= on)


def whole_team(case_id: int, on: date, known_at: datetime | None = None) -> tuple[TeamMember, ...]:
    """Who is, or was, on the team by a day, in the order of the role table. One query."""
    away = (
        Away.objects.as_known(known_at)
        .filter(school_id=OuterRef("case__school_id"), user_id=OuterRef("user_id"))
        .filter(happened_on__lte=on, last_on__gte=on)
        .order_by("-last_on", "-pk")
    )
    here = Appointment.objects.filter(
        school_id=OuterRef("case__school_id"), user_id=OuterRef("user_id"), ended_at=None
    )
    rows = (
        Member.objects.as_known(known_at)
        .filter(case_id=case_id, happened_on__lte=on)
        .select_related("user", "deputy")
        .annotate(
            away_until=Subquery(away.values("last_on")[:1]),
            away_deputy=Subquery(away.values("deputy__name")[:1]),
            is_here=Exists(here),
        )
    )
    order = list(Role)
    found = (
        TeamMember(
            row.pk,
            row.user_id,
            row.user.name,
            Role(row.role),
            row.happened_on,
            row.until_on,
            row.deputy_id,
            row.deputy.name if row.deputy else "",
            row.away_until,
            row.away_deputy or "",
            not row.is_here,
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda one: (order.index(one.role), one.name, one.id)))


def family_of(pupil_id: int, known_at: datetime | None = None) -> tuple[Relative, ...]:
    """The pupil's family, whom to ring first first. One query."""
    rows = FamilyMember.objects.as_known(known_at).filter(pupil_id=pupil_id)
    return tuple(relative(row) for row in rows)


def professionals_of(case_id: int, known_at: datetime | None = None) -> tuple[ProfessionalSeen, ...]:
    """Professionals round a case, by agency. One query."""
    rows = Professional.objects.as_known(known_at).filter(case_id=case_id).order_by("agency", "id")
    return tuple(
        ProfessionalSeen(row.pk, row.agency, row.name, row.role, row.phone, row.email) for row in rows
    )


def roll_contacts(pupil_id: int) -> tuple[RollContact, ...]:
    """Contacts that the roll gives and that nobody has taken over or taken out again. Two queries."""
    taken = FamilyMember.objects.filter(pupil_id=pupil_id, from_roll__isnull=False).values("from_roll_id")
    rows = Contact.objects.filter(pupil_id=pupil_id, ended_at=None).exclude(pk__in=taken)
    return tuple(
        RollContact(row.pk, row.name, row.relationship, row.phone, row.parental_responsibility)
        for row in rows
    )


def colleagues(school_id: int, permission: Permission = Permission.CASE_SEE) -> tuple[Colleague, ...]:
    """People of the school whose role carries a permission, by name. One query."""
    carry = [role.value for role, facts in ROLES.items() if permission in facts.permissions]
    rows = Appointment.objects.filter(school_id=school_id, ended_at=None, role__in=carry)
    found: dict[tuple[str, int], list[Role]] = {}
    for user_id, name, role in rows.order_by("user__name", "user_id", "pk").values_list(
        "user_id", "user__name", "role"
    ):
        found.setdefault((name, user_id), []).append(Role(role))
    return tuple(Colleague(user_id, name, tuple(roles)) for (name, user_id), roles in found.items())


def relative(row: FamilyMember) -> Relative:
    """A row of the family as pages see it."""
    return Relative(
        row.pk,
        row.name,
        row.relationship,
        row.parental_responsibility,
        row.lives_with_pupil,
        row.phone,
        row.email,
        row.address,
        row.how_to_reach,
        row.interpreter,
        row.do_not_contact,
        row.do_not_contact_because,
        row.may_be_told,
        row.may_be_told_because,
        row.priority,
        row.from_roll_id,
    )
