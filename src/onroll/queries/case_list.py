"""Cases: those that somebody may see, with how each stands. A fixed number of queries, however many there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest

from onroll.domain.casework.states import State
from onroll.domain.duties.finding import Status, status_on
from onroll.domain.names import folded, shown_name
from onroll.domain.permissions import Permission
from onroll.domain.schoolcalendar import school_year
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen, looked
from onroll.queries.packs import Stack, stack_of
from onroll.records.attendance.models import Summary
from onroll.records.cases.models import Away, Case, Member
from onroll.records.duties.models import Finding

PAGE = 25
_TO_DO = (Status.OVERDUE.value, Status.DUE.value, Status.NEEDS_JUDGEMENT.value)


class Order(StrEnum):
    """The orders of the list; a minus before turns it round."""

    DUE = "due"
    NAME = "name"
    DAYS = "days"
    OPENED = "opened"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked to see. `state` None: every open case."""

    text: str = ""
    state: State | None = None
    mine: bool = False
    order: Order = Order.DUE
    backwards: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out that could be there."""
        return bool(self.text or self.state or self.mine)


@dataclass(frozen=True, slots=True)
class NextDuty:
    """The duty of a case whose date comes first."""

    title: str
    status: Status
    due_on: date | None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of the list. Days are school days of the health count; None while no register names the pupil."""

    id: int
    pupil_id: int
    name: str
    year_group: str
    tutor_group: str
    state: State
    opened_on: date
    closed_on: date | None
    expected_from: date | None
    days: float | None
    overdue: int
    next: NextDuty | None

    @property
    def overdue_words(self) -> str:
        """How many duties are overdue: "2 overdue"."""
        return f"{self.overdue} overdue"


@dataclass(frozen=True, slots=True)
class CaseList:
    """A page of the list."""

    rows: tuple[CaseRow, ...]
    total: int
    counts: Mapping[State, int]  # of all that the reader may see

    @property
    def open(self) -> int:
        """How many are open."""
        return sum(n for state, n in self.counts.items() if state.is_open)


def case_list(
    actor: Actor, seen: SchoolSeen, asked: Asked, *, first: int, on: date, at: datetime, size: int = PAGE
) -> CaseList:
    """One page of the cases that the actor may see, the look logged as one row. Six queries."""
    reach = doors.cases(actor, seen.id, Permission.CASE_SEE, on=on)
    counts = {State(state): n for state, n in reach.order_by().values_list("state").annotate(Count("pk"))}
    found = _narrow(reach, asked, actor, on)
    rows = tuple(_rows(_in_order(found, asked, seen)[first : first + size], seen, on))
    looked(actor, seen, page="cases", pupil_ids=[row.pupil_id for row in rows], at=at)
    whole = found.count() if asked.text or asked.mine else _of_state(counts, asked.state)
    return CaseList(rows, whole, counts)


def _of_state(counts: Mapping[State, int], state: State | None) -> int:
    return counts.get(state, 0) if state else sum(n for one, n in counts.items() if one.is_open)


def all_cases(actor: Actor, seen: SchoolSeen, asked: Asked, *, on: date, at: datetime) -> tuple[CaseRow, ...]:
    """Every case that was asked for, to be taken away as a file."""
    found = _narrow(doors.cases(actor, seen.id, Permission.CASE_SEE, on=on), asked, actor, on)
    rows = tuple(_rows(_in_order(found, asked, seen), seen, on))
    looked(actor, seen, page="cases-file", pupil_ids=[row.pupil_id for row in rows], at=at)
    return rows


def _narrow(rows: "QuerySet[Case]", asked: Asked, actor: Actor, on: date) -> "QuerySet[Case]":
    rows = rows.filter(state=asked.state.value) if asked.state else rows.filter(closed_on=None)
    if asked.mine:
        rows = rows.filter(pk__in=_teams(actor, on).values("case_id"))
    for word in folded(asked.text).split():
        rows = rows.filter(pupil__search_text__contains=word)
    return rows


def _teams(actor: Actor, on: date) -> "QuerySet[Member]":
    """Where the actor is on a team on the day, or stands in for somebody who is."""
    away = Away.objects.standing().filter(deputy_id=actor.id, happened_on__lte=on, last_on__gte=on)
    theirs = Q(user_id=actor.id) | Q(deputy_id=actor.id) | Q(user_id__in=away.values("user_id"))
    return Member.objects.standing().filter(theirs, Q(until_on=None) | Q(until_on__gte=on))


def _in_order(rows: "QuerySet[Case]", asked: Asked, seen: SchoolSeen) -> "QuerySet[Case]":
    """The cases in the order asked for, each with the days of its pupil and its earliest date."""
    year = school_year(seen.marks_to) if seen.marks_to else 0
    counted = Summary.objects.filter(pupil=OuterRef("pupil"), year=year)
    to_do = Finding.objects.filter(case=OuterRef("pk"), until_at=None, status__in=_TO_DO).order_by()
    rows = rows.annotate(
        sessions=Subquery(counted.annotate(most=Greatest("h_sessions", "h_spell")).values("most")[:1]),
        due=Subquery(to_do.values("case").annotate(first=Min("due_on")).values("first")[:1]),
    )
    keys: dict[Order, list[Any]] = {
        Order.DUE: [F("due")],
        Order.NAME: [F("pupil__surname"), F("pupil__forename")],
        Order.DAYS: [F("sessions")],
        Order.OPENED: [F("opened_on")],
    }
    order = [
        key.desc(nulls_last=True) if asked.backwards else key.asc(nulls_last=True)
        for key in keys[asked.order]
    ]
    return rows.order_by(*order, "opened_on", "pk")


_COLUMNS = (
    "pk", "pupil_id", "pupil__forename", "pupil__surname", "pupil__known_as", "pupil__year_group__name",
    "pupil__tutor_group__name", "state", "opened_on", "closed_on", "expected_from", "sessions",
)  # fmt: skip


def _rows(rows: "QuerySet[Case]", seen: SchoolSeen, on: date) -> Iterable[CaseRow]:
    """The cases with their next duties. Three queries."""
    found = list(rows.values_list(*_COLUMNS, named=True))
    duties = _to_do([row.pk for row in found], stack_of(seen.id, on), on) if found else {}
    for row in found:
        to_do = duties.get(row.pk, [])
        yield CaseRow(
            id=row.pk,
            pupil_id=row.pupil_id,
            name=shown_name(row.pupil__forename, row.pupil__surname, row.pupil__known_as),
            year_group=row.pupil__year_group__name or "",
            tutor_group=row.pupil__tutor_group__name or "",
            state=State(row.state),
            opened_on=row.opened_on,
            closed_on=row.closed_on,
            expected_from=row.expected_from,
            days=None if row.sessions is None else row.sessions / 2,
            overdue=sum(duty.status is Status.OVERDUE for duty in to_do),
            next=to_do[0] if to_do else None,
        )


def _to_do(case_ids: list[int], stack: Stack, on: date) -> dict[int, list[NextDuty]]:
    """What is still to do of each case, the earliest date first. One query."""
    rows = Finding.objects.filter(case_id__in=case_ids, until_at=None, status__in=_TO_DO)
    found: dict[int, list[NextDuty]] = {}
    ordered = rows.order_by(F("due_on").asc(nulls_last=True), "pk")
    for case_id, pack, duty, status, due_on in ordered.values_list(
        "case_id", "pack", "duty", "status", "due_on"
    ):
        known = stack.duty(pack, duty)
        title = known.title if known else duty
        found.setdefault(case_id, []).append(NextDuty(title, status_on(Status(status), due_on, on), due_on))
    return found
