"""The duties of a day: what is overdue, due today, due this week; one's own, or the school's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Min, Q, Value, When

from onroll.domain.duties.week import Group, Week, week_of
from onroll.domain.names import shown_name
from onroll.domain.schoolcalendar import SchoolCalendar
from onroll.domain.vocabulary import Actor
from onroll.queries import findings, owed
from onroll.queries.doors import SchoolSeen
from onroll.queries.findings import FindingSeen
from onroll.queries.packs import Stack, stack_of
from onroll.records.duties.models import Finding

if TYPE_CHECKING:
    from django.db.models import QuerySet

SHOWN = (Group.OVERDUE, Group.TODAY, Group.WEEK, Group.MISSED)
BUSIEST = 5


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing that somebody owes a child, or the school itself (then without a child)."""

    found: FindingSeen
    group: Group
    pupil_id: int | None = None
    child: str = ""
    year_group: str = ""


@dataclass(frozen=True, slots=True)
class Busy:
    """Somebody who holds overdue duties; without a name, nobody holds them."""

    user_id: int | None
    name: str
    overdue: int
    oldest_on: date | None


@dataclass(frozen=True, slots=True)
class DutiesToday:
    """What is to do, a page of it, and how much there is."""

    rows: tuple[ToDo, ...]
    counts: Mapping[Group, int]  # of those asked for: one's own, or the school's
    mine: int  # overdue, today and this week
    school: int
    put_off: int
    week: Week
    next_on: date | None  # when the first thing after this week falls due
    busiest: tuple[Busy, ...]

    @property
    def total(self) -> int:
        """How many there are to show, over all pages."""
        return sum(self.counts[group] for group in SHOWN)


def duties_today(
    actor: Actor,
    seen: SchoolSeen,
    calendar: SchoolCalendar,
    *,
    mine: bool,
    first: int,
    size: int,
    on: date,
) -> DutiesToday:
    """The actor's own duties, or all within their reach. Three queries; the caller logs the look."""
    week = week_of(calendar, on)
    rows = owed.within_reach(owed.to_do(seen.id), actor, seen.id, on).annotate(group=owed.group(on, week))
    sums = _sums(rows, owed.held_by(actor, seen.id), on)
    asked = [one for one in sums if one["mine"]] if mine else sums
    live = [one for one in asked if not one["off"]]
    if mine:
        rows = rows.filter(owed.held_by(actor, seen.id))
    shown = rows.filter(~owed.is_put_off(on), group__lt=Group.LATER).order_by(
        "group", owed.children_first(), "due_on", "pk"
    )
    return DutiesToday(
        rows=_rows(shown[first : first + size], stack_of(seen.id, on), on),
        counts={group: _number(one for one in live if one["group"] == group) for group in Group},
        mine=_number(one for one in sums if one["mine"] and _is_shown(one)),
        school=_number(one for one in sums if _is_shown(one)),
        put_off=_number(one for one in asked if one["off"]),
        week=week,
        next_on=min((one["oldest"] for one in live if one["group"] == Group.LATER), default=None),
        busiest=_busiest(sums),
    )


def _sums(rows: "QuerySet[Finding]", mine: Q, on: date) -> list[dict[str, Any]]:
    """How many findings each person has in each group, put off or not. One query."""
    flagged = rows.annotate(
        mine=Case(When(mine, then=Value(1)), default=Value(0)),
        off=Case(When(owed.is_put_off(on), then=Value(1)), default=Value(0)),
    )
    by: Any = flagged.order_by().values("held_by_id", "held_by__name", "group", "mine", "off")
    return list(by.annotate(number=Count("pk"), oldest=Min("due_on")))


def _number(sums: Iterable[Mapping[str, Any]]) -> int:
    return sum(one["number"] for one in sums)


def _is_shown(one: Mapping[str, Any]) -> bool:
    return one["group"] in SHOWN and not one["off"]


def _busiest(sums: Iterable[Mapping[str, Any]]) -> tuple[Busy, ...]:
    """Who has most overdue, the most first; what nobody holds comes before all."""
    people: dict[int | None, Busy] = {}
    for one in sums:
        if one["group"] == Group.OVERDUE and not one["off"]:
            held_by, had = one["held_by_id"], people.get(one["held_by_id"])
            oldest = min(filter(None, (had.oldest_on if had else None, one["oldest"])), default=None)
            number = one["number"] + (had.overdue if had else 0)
            people[held_by] = Busy(held_by, one["held_by__name"] or "", number, oldest)
    return tuple(sorted(people.values(), key=lambda one: (one.user_id is not None, -one.overdue, one.name)))[
        :BUSIEST
    ]


_CHILD = ("case__pupil_id", "case__pupil__forename", "case__pupil__surname", "case__pupil__known_as")
ROW = (*findings.COLUMNS, *_CHILD, "case__pupil__year_group__name")


def _rows(rows: "QuerySet[Finding]", stack: Stack, on: date) -> tuple[ToDo, ...]:
    return tuple(to_do_of(row, stack, on) for row in rows.values(*ROW, "group"))


def to_do_of(row: Mapping[str, Any], stack: Stack, on: date, *, put_off_until: date | None = None) -> ToDo:
    """One line from a row with the columns ROW, and its group where it was asked for."""
    pupil_id, forename, surname, known_as = (row[column] for column in _CHILD)
    return ToDo(
        found=findings.seen_of(row, stack, on, put_off_until),
        group=Group(row.get("group", Group.LATER)),
        pupil_id=pupil_id,
        child=shown_name(forename, surname, known_as) if pupil_id else "",
        year_group=row["case__pupil__year_group__name"] or "",
    )
