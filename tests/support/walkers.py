"""Those who walk every address: one person for each role of a school, and one who holds every role of another."""

import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from onroll.actions.change import change
from onroll.actions.people.ending import end_access
from onroll.actions.people.invite import Sent, invite
from onroll.actions.recount import recount_school
from onroll.actions.responsibility.linking import LinkMade
from onroll.domain.people import Grant
from onroll.domain.permissions import Role
from onroll.domain.schoolcalendar import Kind
from onroll.domain.vocabulary import Actor
from onroll.queries.appointments import held, version_of
from onroll.records.attendance.models import CodeMeaning, Import, Recount, RecountMove
from onroll.records.base import pen
from onroll.records.cases.models import Case, ContactMade, Document, Receipt, Statement
from onroll.records.duties.models import Finding, Snooze
from onroll.records.outbox.models import Message
from onroll.records.people.models import User
from onroll.records.policies.models import Monitoring, PackInUse
from onroll.records.pupils.models import MissingFromRoll, Pupil
from onroll.records.schools.models import CalendarDay, School
from tests.support import brought, rolls
from tests.support.cast import (
    NOW,
    a_calendar_entry,
    a_case,
    a_person,
    a_pupil,
    a_register,
    a_school,
    actor,
    marks,
    whole_days,
)
from tests.support.circles import Round, a_round
from tests.support.owed import a_finding
from tests.support.passkey import a_passkey
from tests.support.policies import PolicyHeld, a_register_of_policy
from tests.support.policy import a_text, with_policy
from tests.support.timelines import written_on
from tests.support.told import told_of

TEN_DAYS = [date(2026, 10, 5) + timedelta(days=n) for n in range(12) if n % 7 < 5]


@dataclass
class World:
    """Two schools; of the first, at least one of every thing that an address can name."""

    school: School
    elsewhere: School
    people: dict[Role, User]
    stranger: User
    pupil: Pupil
    leaver: User
    invitation: Sent
    entry: CalendarDay
    withdrawn_entry: CalendarDay
    recount: Recount
    passkey: Authenticator
    waiting: Import  # a register that waits for approval
    unread: Import  # one whose columns nobody has confirmed
    written: Import  # one that is in the register
    code: CodeMeaning
    roll: Import  # a roll that waits for approval, with a question and a problem line
    unread_roll: Import  # one whose columns nobody has confirmed
    case: Case  # of the pupil, open
    contact: ContactMade  # on the case
    document: Document  # on the case
    missing: MissingFromRoll  # the pupil, whom a roll did not name
    statement: Statement  # of who is responsible, of the case
    receipt: Receipt  # that it was read
    family_link: LinkMade  # by which the family may read it
    message: Message  # that could not be sent
    finding: Finding  # overdue, of the case
    snooze: Snooze  # of another duty of the case
    monitoring: Monitoring  # of a month, signed
    coming_pack: PackInUse  # of packs in use, one that has not begun
    policy: PolicyHeld  # one version published, the next a draft, a briefing
    round: Round  # the people round the case, days away, a proposal to leave the roll
    clients: dict[str, Client] = field(default_factory=dict)
    answers: dict[tuple[str | None, str, str], HttpResponse] = field(default_factory=dict)

    @property
    def governor(self) -> User:
        return self.people[Role.GOVERNOR]

    def secrets(self) -> tuple[str, ...]:
        """Words of the first school's pupil, which nobody may read whose role sees no pupils."""
        return (self.pupil.forename, self.pupil.surname, self.pupil.upn)


def a_world() -> World:
    """Build it. The administrator invites, ends an access and holds a passkey; a register was brought in."""
    school, elsewhere = a_school("Elm Grove School"), a_school("Far Hill School")
    people = {role: a_person(school, role, name=f"Walker {number}") for number, role in enumerate(Role)}
    by = actor(people[Role.ADMINISTRATOR])
    leaver = a_person(school, Role.TEACHER, name="Gone Away")
    end_access(by, school.pk, leaver.pk, seen=version_of(held(school.pk, leaver.pk)), at=NOW)
    noor = {"name": "Noor Amin", "email": "noor@school.example", "grants": (Grant(Role.CLERK),)}
    pupil = a_pupil(school, "Quillon", "Zanderby-Voss")
    case = a_case(pupil)
    a_register(pupil, marks(whole_days(TEN_DAYS, "I")))
    day = date(2026, 12, 1)
    withdrawn = a_calendar_entry(school, Kind.CLOSURE, day, day, "Snow")
    with pen():
        withdrawn.withdrawn_at = NOW
        withdrawn.save()
    return World(
        school=school,
        elsewhere=elsewhere,
        people=people,
        stranger=a_person(elsewhere, *Role, name="Erin Stone"),
        pupil=pupil,
        case=case,
        **written_on(case, actor(people[Role.SENCO])),
        **told_of(case, people[Role.PROGRESS_LEADER], timezone.now()),
        leaver=leaver,
        invitation=invite(by, school.pk, **noor, at=timezone.now()),
        entry=a_calendar_entry(school, Kind.INSET, date(2026, 12, 2), date(2026, 12, 2), "Training"),
        withdrawn_entry=withdrawn,
        **_owed(school, people[Role.ADMINISTRATOR]),
        coming_pack=_packs(school),
        policy=a_register_of_policy(school, actor(people[Role.CLERK])),
        round=a_round(case, people[Role.PROGRESS_LEADER], people[Role.DEPUTY_HEAD]),
        recount=_a_recount(school, pupil),
        passkey=_second_steps(people[Role.ADMINISTRATOR]),
        **_brought(school, actor(people[Role.ATTENDANCE_OFFICER]), pupil),
        **_rolls(school, actor(people[Role.ATTENDANCE_OFFICER]), pupil),
    )


def _a_recount(school: School, pupil: Pupil) -> Recount:
    with change(None, "recounted", NOW, school_id=school.pk):
        recount_school(school.pk)
        recount = Recount.objects.create(
            school=school, at=NOW, because="calendar-day-added", counted=1, moved=1
        )
        RecountMove.objects.create(
            recount=recount,
            pupil=pupil,
            s_after=20,
            h_after=20,
            s_spell_after=20,
            h_spell_after=20,
            reached_before=False,
            reached_after=False,
        )
    return recount


def _packs(school: School) -> PackInUse:
    """The shipped packs in use, and another version of one from a day that never comes."""
    with_policy(school)
    with_policy(school, a_text("england", version="2099"), from_on=date(2099, 1, 1))
    return PackInUse.objects.get(school=school, version="2099")


def _owed(school: School, admin: User) -> dict[str, Any]:
    """The month signed, a duty overdue and another put off, and an e-mail about it that could not be sent."""
    case = Case.objects.get(school=school)
    with pen():
        return {
            "finding": a_finding(school, case, due_on=date(2026, 11, 12)),
            "snooze": Snooze.objects.create(
                school=school, case=case, pack="p", duty="kept-on-roll", until_on=date(2099, 1, 1), reason="-",
                happened_on=NOW.date(), recorded_at=NOW,
            ),
            "monitoring": Monitoring.objects.create(
                school=school, month=date(2026, 10, 1), open_cases=1, overdue=0, happened_on=NOW.date(),
                recorded_at=NOW,
            ),
            "message": Message.objects.create(
                school=school, to=admin, kind="digest", key="walked", subject="s", body="b", queued_at=NOW,
                send_after=NOW, stopped_at=NOW, stopped_because="gave-up",
            ),
        }  # fmt: skip


def _brought(school: School, officer: Actor, pupil: Pupil) -> dict[str, Any]:
    written = brought.applied(officer, school, brought.long_file(brought.days(pupil, "2026-11-09", "//II")))
    with pen():
        code = CodeMeaning.objects.create(school=school, raw="ILL", national="I")
    return {
        "written": written,
        "waiting": brought.staged(
            officer, school, brought.long_file(brought.days(pupil, "2026-11-16", "I/"))
        ),
        "unread": brought.bring(officer, school, b"Who,When,What\n1,2,3\n"),
        "code": code,
    }


def _rolls(school: School, officer: Actor, pupil: Pupil) -> dict[str, Any]:
    rolls.applied(officer, school, rolls.a_line(Surname="Fir"))
    in_question = rolls.line_of(pupil, UPN="", Admission_number="9999")
    unusable = rolls.a_line(Surname="Larch", Date_of_birth="soon")
    return {
        "missing": MissingFromRoll.objects.get(pupil=pupil),
        "roll": rolls.ready(officer, school, in_question, unusable, rolls.a_line(Admission_number="778")),
        "unread_roll": rolls.bring(officer, school, b"Who,When\n1,2\n"),
    }


def _second_steps(user: User) -> Authenticator:
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return Authenticator.objects.create(user=user, type="webauthn", data=a_passkey())


def a_client(user: User) -> Client:
    """A browser in which somebody has signed in, second step included."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["second_factor"] = user.pk
    session["signed_in_at"] = int(time.time())
    session.save()
    return client
