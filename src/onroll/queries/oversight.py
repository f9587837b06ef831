"""The board of those who oversee a school: every number of it, and where its list begins."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When

from onroll.domain.casework.states import State
from onroll.domain.duties.finding import Status
from onroll.domain.permissions import Permission
from onroll.domain.schoolcalendar import school_year, year_start
from onroll.domain.vocabulary import Actor
from onroll.queries import doors, owed
from onroll.queries.doors import SchoolSeen, looked
from onroll.queries.duties_today import ROW, ToDo, to_do_of
from onroll.queries.packs import Stack, stack_of
from onroll.queries.put_off import PutOffWord, put_off_words
from onroll.records.attendance.models import Summary
from onroll.records.cases.models import Away
from onroll.records.cases.models import Case as CaseRow
from onroll.records.duties.models import Finding, Tally

if TYPE_CHECKING:
    from django.db.models import QuerySet

LONGEST, PUT_OFF, AWAY = 10, 5, 10
AWAY_AHEAD = timedelta(days=7)
# School days missed for health reasons this year, from which each band begins; in sessions below.
BANDS = (15, 10, 5, 0)


@dataclass(frozen=True, slots=True)
class InState:
    """Open cases in one state, by how many school days each child has missed for health reasons this year."""

    state: State
    cases: int
    bands: tuple[int, ...]  # as BANDS


@dataclass(frozen=True, slots=True)
class OfParagraph:
    """How a paragraph of a pack is kept."""

    pack: str
    paragraph: str
    titles: tuple[str, ...]  # of its duties
    counts: Mapping[Status, int]


@dataclass(frozen=True, slots=True)
class OfHolder:
    """What somebody holds; without an id, what nobody holds."""

    user_id: int | None
    name: str
    counts: Mapping[Status, int]


@dataclass(frozen=True, slots=True)
class AwayNow:
    """Somebody who is away, or will be within a week."""

    name: str
    first_on: date
    last_on: date
    deputy: str


@dataclass(frozen=True, slots=True)
class Point:
    """How the school stood on a day."""

    on: date
    open_cases: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the board."""

    states: tuple[InState, ...]
    bands: tuple[int, ...]  # of all open cases
    counts: Mapping[Status, int]
    paragraphs: tuple[OfParagraph, ...]
    holders: tuple[OfHolder, ...]
    longest: tuple[ToDo, ...]
    put_off: tuple[PutOffWord, ...]
    put_off_in_all: int
    away: tuple[AwayNow, ...]
    trend: tuple[Point, ...]
    swept_at: datetime | None

    @property
    def open_cases(self) -> int:
        """How many cases are open."""
        return sum(one.cases for one in self.states)


def board(actor: Actor, seen: SchoolSeen, *, on: date, at: datetime) -> Board:
    """The board of a school. Eight queries however many cases; the look at its pupils is logged as one row."""
    stack = stack_of(seen.id, on)
    states = _states(actor, seen)
    sums = _sums(actor, seen, on)
    longest = _longest(actor, seen, stack, on)
    words, in_all = put_off_words(actor, seen.id, stack, most=PUT_OFF, on=on)
    trend, swept_at = _trend(seen.id, on)
    shown = {one.pupil_id for one in longest if one.pupil_id} | {
        one.pupil_id for one in words if one.pupil_id
    }
    looked(actor, seen, page="oversight", pupil_ids=sorted(shown), at=at)
    return Board(
        states=states,
        bands=tuple(sum(one.bands[place] for one in states) for place in range(len(BANDS))),
        counts=_added(sums),
        paragraphs=_paragraphs(sums, stack),
        holders=_holders(sums),
        longest=longest,
        put_off=words,
        put_off_in_all=in_all,
        away=_away(seen.id, on),
        trend=trend,
        swept_at=swept_at,
    )


# ---------------------------------------------------------------- cases
def open_cases(actor: Actor, seen: SchoolSeen) -> "QuerySet[CaseRow]":
    """The open cases within the actor's reach, with the sessions that each child missed for health reasons."""
    missed = Summary.objects.filter(
        pupil_id=OuterRef("pupil_id"), year=school_year(seen.marks_to or date.max)
    )
    rows = doors.cases(actor, seen.id, Permission.OVERSIGHT_SEE).filter(closed_on=None)
    return rows.annotate(missed=Subquery(missed.values("h_sessions")[:1]))


def band(place: int) -> Q:
    """The cases of a band, by its place in BANDS."""
    low = Q(missed__gte=2 * BANDS[place]) if BANDS[place] else Q()
    below = Q(missed__lt=2 * BANDS[place - 1]) if place else Q()
    return low & below if BANDS[place] else below | Q(missed=None)


def _states(actor: Actor, seen: SchoolSeen) -> tuple[InState, ...]:
    figures = {f"band{place}": Count("pk", filter=band(place)) for place in range(len(BANDS))}
    rows: Any = open_cases(actor, seen).order_by().values("state").annotate(cases=Count("pk"), **figures)
    found = {
        State(row["state"]): InState(State(row["state"]), row["cases"], tuple(row[name] for name in figures))
        for row in rows
    }
    return tuple(found[state] for state in State if state in found)


# ---------------------------------------------------------------- duties
def standing_findings(actor: Actor, school_id: int, on: date) -> Any:  # annotated: the plugin loses track
    """Every finding that applies, put off or not, with the status that it has on the day as `stands`."""
    rows = Finding.objects.filter(school_id=school_id, until_at=None)
    rows = rows.exclude(status=Status.NOT_APPLICABLE.value)
    late = When(owed.is_overdue(on), then=Value(Status.OVERDUE.value))
    return owed.within_reach(rows, actor, school_id, on).annotate(stands=Case(late, default=F("status")))


def _sums(actor: Actor, seen: SchoolSeen, on: date) -> list[dict[str, Any]]:
    rows = standing_findings(actor, seen.id, on).order_by()
    by = rows.values("pack", "paragraph", "duty", "held_by_id", "held_by__name", "stands")
    return list(by.annotate(number=Count("pk")))


def _added(sums: Iterable[Mapping[str, Any]]) -> dict[Status, int]:
    counts = dict.fromkeys(Status, 0)
    for one in sums:
        counts[Status(one["stands"])] += one["number"]
    return counts


def _paragraphs(sums: Iterable[Mapping[str, Any]], stack: Stack) -> tuple[OfParagraph, ...]:
    """In the order of the packs; a paragraph that no pack has any more comes last."""
    by: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for one in sums:
        by.setdefault((one["pack"], one["paragraph"]), []).append(one)
    places: dict[tuple[str, str], int] = {}
    for pack in stack.packs:
        for duty in pack.duties:
            places.setdefault((pack.slug, duty.paragraph), len(places))
    return tuple(
        OfParagraph(*key, _titles(by[key], stack), _added(by[key]))
        for key in sorted(by, key=lambda key: (places.get(key, len(places)), key))
    )


def _titles(sums: Iterable[Mapping[str, Any]], stack: Stack) -> tuple[str, ...]:
    found = dict.fromkeys((one["pack"], one["duty"]) for one in sums)
    duties = [(key, stack.duty(*key)) for key in found]
    return tuple(sorted(duty.title if duty else key[1] for key, duty in duties))


def _holders(sums: Iterable[Mapping[str, Any]]) -> tuple[OfHolder, ...]:
    """Who has most overdue first; what nobody holds before all."""
    by: dict[tuple[int | None, str], list[Mapping[str, Any]]] = {}
    for one in sums:
        by.setdefault((one["held_by_id"], one["held_by__name"] or ""), []).append(one)
    found = [OfHolder(*key, _added(rows)) for key, rows in by.items()]
    asking = [one for one in found if any(one.counts[status] for status in owed.TO_DO)]
    return tuple(
        sorted(asking, key=lambda one: (one.user_id is not None, -one.counts[Status.OVERDUE], one.name))
    )


def _longest(actor: Actor, seen: SchoolSeen, stack: Stack, on: date) -> tuple[ToDo, ...]:
    rows = owed.within_reach(owed.to_do(seen.id), actor, seen.id, on)
    late = rows.filter(owed.is_overdue(on), ~owed.is_put_off(on)).order_by(
        owed.children_first(), "due_on", "pk"
    )
    return tuple(to_do_of(row, stack, on) for row in late.values(*ROW)[:LONGEST])


# ---------------------------------------------------------------- people, and the year
def _away(school_id: int, on: date) -> tuple[AwayNow, ...]:
    rows = Away.objects.standing().filter(
        school_id=school_id, happened_on__lte=on + AWAY_AHEAD, last_on__gte=on
    )
    columns = rows.order_by("happened_on", "pk").values_list(
        "user__name", "happened_on", "last_on", "deputy__name"
    )
    return tuple(AwayNow(name, first, last, deputy or "") for name, first, last, deputy in columns[:AWAY])


def _trend(school_id: int, on: date) -> tuple[tuple[Point, ...], datetime | None]:
    """How the school stood on each day of this school year, and when it was last gone through. One query."""
    rows = Tally.objects.filter(school_id=school_id, on__gte=year_start(school_year(on)), on__lte=on)
    found = list(rows.order_by("on").values_list("on", "open_cases", "counts", "school__sweep__swept_at"))
    points = tuple(Point(day, cases, counts.get(Status.OVERDUE.value, 0)) for day, cases, counts, _ in found)
    return points, found[-1][3] if found else None
