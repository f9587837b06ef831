"""Leaving the roll with an open case: what was proposed, what speaks for and against it, what a roll file said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from onroll.domain.duties.facts import Provider
from onroll.domain.permissions import Permission
from onroll.domain.register import CODE_OF_CHAR, NO_MARK
from onroll.domain.roll_guard import GROUNDS, Ground, Proposed, Reason, Run, absent_run, reasons_on
from onroll.domain.schoolcalendar import grid_position, school_year, year_start
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.calendars import calendar_of
from onroll.queries.case_head import CaseHead, head_of
from onroll.queries.doors import SchoolSeen
from onroll.records.attendance.models import RegisterYear
from onroll.records.cases.models import Arrangement, Case, Document, LeavingProposal
from onroll.records.people.models import User
from onroll.records.pupils.models import Death, Enrolment, MissingFromRoll

PERSON, ROLL_FILE = "person", "roll-file"
_CONTINUOUS = "i"


@dataclass(frozen=True, slots=True)
class ProposalSeen:
    """One proposal. `agreed` None: it waits."""

    id: int
    came_from: str
    ground: Ground | None
    leaving_on: date | None
    evidence: str
    document_title: str
    authority_agrees: bool | None
    authority_words: str
    proposed_at: datetime
    proposed_by_id: int | None
    proposed_by: str
    agreed: bool | None
    decided_at: datetime | None
    decided_by: str
    decided_because: str
    withdrawn_at: datetime | None = None
    withdrawn_because: str = ""

    @property
    def waits(self) -> bool:
        """Whether somebody is to decide on it."""
        return self.agreed is None and self.withdrawn_at is None and self.came_from == PERSON


@dataclass(frozen=True, slots=True)
class LeavingPage:
    """The roll page of a case."""

    head: CaseHead
    waiting: ProposalSeen | None
    reasons: tuple[Reason, ...]  # on the proposal that waits
    agreed: ProposalSeen | None  # for a day that has not been carried out
    from_file: ProposalSeen | None  # a roll file gave a leaving date
    missing_since: date | None  # a roll file did not name the pupil
    earlier: tuple[ProposalSeen, ...]
    authority_provides: bool
    on_roll: bool
    last_day: date | None  # the end of the time on roll, once it is set


def leaving_page(actor: Actor, seen: SchoolSeen, case_id: int, *, on: date, at: datetime) -> LeavingPage:
    """The page, for whoever may open the case; the look is logged. Six queries.

    What people wrote of a proposal may say what the child has: others are told the ground, the day and the decision.
    """
    case = doors.case(actor, seen, case_id, Permission.CASE_SEE, page="case-roll", at=at)
    rows = list(_with_names(LeavingProposal.objects.filter(case=case)))
    medical = actor.may(Permission.MEDICAL_SEE, seen.id)
    found = [_seen(row, medical=medical) for row in rows]
    standing = [one for one in found if one.withdrawn_at is None]
    waiting = next((one for one in standing if one.waits), None)
    agreed = next((one for one in standing if one.agreed), None)
    from_file = next((one for one in standing if one.came_from == ROLL_FILE), None)
    shown = {one.id for one in (waiting, agreed, from_file) if one}
    row = next((row for row in rows if waiting and row.pk == waiting.id), None)
    known = known_of(case.pk, on)
    return LeavingPage(
        head_of(case),
        waiting,
        reasons_on(proposed_of(case, row, known, on)) if row else (),
        agreed,
        from_file,
        known.missing_since,
        tuple(one for one in found if one.id not in shown),
        known.authority_provides,
        known.is_on_roll(on),
        known.last_day,
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a pupil whose leaving is weighed."""

    died_on: date | None
    authority_provides: bool
    missing_since: date | None
    last_day: date | None  # the end of the last time on roll

    def is_on_roll(self, on: date) -> bool:
        """Whether the pupil is on roll on a day; one of whom no time is known is."""
        return self.last_day is None or on <= self.last_day


def known_of(case_id: int, on: date) -> Known:
    """What the guard asks of a case besides the proposal. One query."""
    pupil = OuterRef("pupil_id")
    died = Death.objects.standing().filter(pupil_id=pupil).values("happened_on")
    provider = Arrangement.objects.standing().filter(case_id=OuterRef("pk"), happened_on__lte=on)
    missing = MissingFromRoll.objects.filter(pupil_id=pupil, decision="").values("noticed_at")
    last = Enrolment.objects.filter(pupil_id=pupil).order_by("-first_on").values("last_on")
    died_on, provides, noticed_at, last_day = Case.objects.values_list(
        Subquery(died[:1]),
        Subquery(provider.order_by("-happened_on", "-id").values("provider")[:1]),
        Subquery(missing[:1]),
        Subquery(last[:1]),
    ).get(pk=case_id)
    return Known(
        died_on,
        provides == Provider.AUTHORITY,
        timezone.localdate(noticed_at) if noticed_at else None,
        last_day,
    )


def proposed_of(case: Case, row: LeavingProposal, known: Known, on: date) -> Proposed:
    """A proposal with what is known, for the guard. Two queries for ground (i), else none."""
    return Proposed(
        on=on,
        ground=row.ground,
        leaving_on=row.leaving_on,
        evidence=bool(row.evidence.strip()),
        document=row.document_id is not None,
        born_on=case.pupil.born_on,
        died_on=known.died_on,
        has_ehcp=case.pupil.has_ehcp,
        open_case=case.closed_on is None,
        run=run_of(case, on) if row.ground == _CONTINUOUS else Run(),
        authority_provides=known.authority_provides,
        authority_agrees=row.authority_agrees,
    )


def run_of(case: Case, on: date) -> Run:
    """The longest run of G, N and O in the register of this school year and the one before. Two queries."""
    marks = dict(RegisterYear.objects.filter(pupil_id=case.pupil_id).values_list("year", "marks"))
    return absent_run(_sessions(case, marks, on))


def document_choices(case_id: int) -> list[tuple[int, str]]:
    """Documents of a case that a proposal can name. One query; their titles are encrypted and read here."""
    rows = Document.objects.standing().filter(case_id=case_id, tier="education")
    return [(row.pk, row.title) for row in rows]


def ground_choices() -> list[tuple[str, str]]:
    """The fifteen grounds for a chooser."""
    return [(one.letter, f"({one.letter}) {one.title}") for one in GROUNDS.values()]


def _sessions(case: Case, marks: dict[int, str], on: date) -> Iterator[tuple[date, str]]:
    """The sessions up to the last one that has a mark: later ones are not absence, but not yet known."""
    calendar = calendar_of(case.school_id, case.pupil.year_group_id)
    first = year_start(school_year(on) - 1)
    found = []
    for at in calendar.sessions(first, on):
        held = marks.get(school_year(at.date), "")
        char = held[grid_position(at.date, at.session)] if held else NO_MARK
        found.append((at.date, "" if char == NO_MARK else CODE_OF_CHAR[char]))
    while found and not found[-1][1]:
        found.pop()
    return iter(found)


def _with_names(rows: "QuerySet[LeavingProposal]") -> "QuerySet[Any]":
    """The newest first, with who proposed and who decided."""
    by = User.objects.filter(pk=OuterRef("recorded_by_id")).values("name")
    decided = User.objects.filter(pk=OuterRef("decided_by_id")).values("name")
    named: QuerySet[Any] = rows.annotate(by_name=Subquery(by), decided_name=Subquery(decided))
    return named.select_related("document").order_by("-pk")


def _seen(row: Any, *, medical: bool) -> ProposalSeen:
    return ProposalSeen(
        row.pk,
        row.came_from,
        GROUNDS.get(row.ground),
        row.leaving_on,
        row.evidence if medical else "",
        row.document.title if row.document and row.document.tier == "education" else "",
        row.authority_agrees,
        row.authority_words if medical else "",
        row.recorded_at,
        row.recorded_by_id,
        row.by_name or "Onroll",
        row.agreed,
        row.decided_at,
        row.decided_name or "",
        row.decided_because if medical else "",
        row.withdrawn_at,
        row.withdrawn_because if medical else "",
    )
