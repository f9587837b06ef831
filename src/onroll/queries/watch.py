"""Watch: who misses education for health reasons, nearest to the threshold first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, When, Window

from onroll.domain.casework.states import State
from onroll.domain.names import folded, shown_name
from onroll.domain.permissions import Permission
from onroll.domain.schoolcalendar import SchoolCalendar, school_year
from onroll.domain.vocabulary import Actor
from onroll.queries.calendars import calendars_of
from onroll.queries.case_of_pupil import OPEN_CASE
from onroll.queries.counting import Way
from onroll.queries.doors import SchoolSeen, looked
from onroll.queries.sessions import MarkedDay, last_days, marked_days
from onroll.records.attendance.models import NotHealthCase, RegisterYear, Summary
from onroll.records.pupils.models import Death
from onroll.records.schools.models import TutorGroup, YearGroup

PAGE = 25
STRIP_DAYS = 20
STALE_AFTER = 2  # school days without marks, after which Watch warns
NEAR_DAYS = 5  # school days to the forecast, below which Today shows a pupil
RISK_SHARE = 2 / 3  # of the threshold, from which a pupil is at risk


class Only(StrEnum):
    """The groups that Watch can be narrowed to."""

    ALL = ""
    RUNNING = "running"
    RISK = "risk"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked to see."""

    text: str = ""
    year_group_id: int | None = None
    tutor_group_id: int | None = None
    only: Only = Only.ALL


@dataclass(frozen=True, slots=True)
class Counter:
    """One of the two counts, in school days."""

    days: float
    spell_days: float
    spell_since: date | None
    reached_on: date | None
    forecast_on: date | None

    @property
    def near_days(self) -> float:
        """The figure that stands against the threshold: the year's total or, if longer, the running spell."""
        return max(self.days, self.spell_days)


@dataclass(frozen=True, slots=True)
class WatchRow:
    """One pupil on Watch."""

    pupil_id: int
    name: str
    year_group: str
    tutor_group: str
    statutory: Counter
    health: Counter
    last_days: tuple[MarkedDay, ...]
    case_id: int | None = None  # the open case
    case_state: State | None = None

    @property
    def forecast_on(self) -> date | None:
        """The earlier of the two forecasts."""
        return min(filter(None, (self.statutory.forecast_on, self.health.forecast_on)), default=None)

    @property
    def reached_on(self) -> date | None:
        """When the first of the counts stood at the threshold."""
        return min(filter(None, (self.statutory.reached_on, self.health.reached_on)), default=None)


@dataclass(frozen=True, slots=True)
class WatchPage:
    """What Watch shows."""

    rows: tuple[WatchRow, ...]
    total: int
    counts: dict[str, int]  # by the name of the group
    quiet: int  # pupils off the list because somebody said it is no health case
    threshold: float
    marks_to: date | None
    mostly_to: date | None
    stale_days: int  # school days since half of the pupils had marks, 0 when they are fresh enough
    year_groups: tuple[tuple[int, str], ...] = field(default=())
    tutor_groups: tuple[tuple[int, str], ...] = field(default=())


def watch(actor: Actor, seen: SchoolSeen, asked: Asked, *, first: int, on: date, at: datetime) -> WatchPage:
    """One page of Watch from row `first` on; the look at its pupils is logged as one row."""
    calendars = calendars_of(seen.id)
    everyone = _reach(actor, seen)
    found = _narrow(everyone, asked)
    counts = _counts(found, seen)
    rows = _in_order(_only(_shown(found), asked.only, seen))[first : first + PAGE]
    shown = tuple(_rows(rows, calendars, seen.way, seen.marks_to))
    looked(actor, seen, page="watch", pupil_ids=[row.pupil_id for row in shown], at=at)
    return WatchPage(
        rows=shown,
        total=counts.by_group[asked.only.name],
        counts=counts.by_group,
        quiet=counts.quiet,
        threshold=seen.threshold,
        marks_to=seen.marks_to,
        mostly_to=seen.mostly_to,
        stale_days=stale_days(calendars[None], seen.mostly_to, on),
        year_groups=tuple(YearGroup.objects.filter(school_id=seen.id).values_list("pk", "name")),
        tutor_groups=tuple(TutorGroup.objects.filter(school_id=seen.id).values_list("pk", "name")),
    )


def watch_export(actor: Actor, seen: SchoolSeen, asked: Asked, *, at: datetime) -> list[WatchRow]:
    """Every row that Watch would show, for a file; logged as one look."""
    rows = _in_order(_only(_shown(_narrow(_reach(actor, seen), asked)), asked.only, seen))
    found = [_row(row, ()) for row in _columns(rows)]
    looked(actor, seen, page="watch-file", pupil_ids=[row.pupil_id for row in found], at=at)
    return found


@dataclass(frozen=True, slots=True)
class QuietRow:
    """A pupil off the list, with the word that took them off."""

    pupil_id: int
    name: str
    year_group: str
    tutor_group: str
    health_days: float
    reason: str
    by: str
    at: datetime | None


def quiet_rows(actor: Actor, seen: SchoolSeen, *, at: datetime) -> list[QuietRow]:
    """Pupils taken off the list until their count moves, with the reason. Logged as one look."""
    found = [_row(row, ()) for row in _columns(_in_order(_reach(actor, seen).filter(_QUIET)))]
    words = NotHealthCase.objects.filter(pupil_id__in=[row.pupil_id for row in found], withdrawn_at=None)
    said = {word.pupil_id: word for word in words.select_related("by").order_by("at")}
    looked(actor, seen, page="watch-quiet", pupil_ids=[row.pupil_id for row in found], at=at)
    return [_quiet_row(row, said.get(row.pupil_id)) for row in found]


def _quiet_row(row: WatchRow, word: NotHealthCase | None) -> QuietRow:
    return QuietRow(
        row.pupil_id,
        row.name,
        row.year_group,
        row.tutor_group,
        row.health.days,
        word.reason if word else "",
        word.by.name if word else "",
        word.at if word else None,
    )


def near_or_reached(
    actor: Actor, seen: SchoolSeen, calendar: SchoolCalendar, *, most: int
) -> tuple[list[WatchRow], int]:
    """Pupils who reached the threshold or will within five school days: the first `most`, and how many in all.

    One query. The caller logs the look.
    """
    if seen.marks_to is None:
        return [], 0
    soon = calendar.add_school_days(seen.marks_to, NEAR_DAYS)
    near = Q(h_forecast_on__lte=soon) | Q(s_forecast_on__lte=soon) if soon else Q(pk=None)
    rows = _in_order(_shown(_reach(actor, seen)).filter(_REACHED | near))
    rows = rows.annotate(in_all=Window(Count("pk")), **OPEN_CASE)
    found = list(rows.values_list(*_COLUMNS, "in_all", named=True)[:most])
    return [_row(row, ()) for row in found], found[0].in_all if found else 0


def stale_days(calendar: SchoolCalendar, marks_to: date | None, on: date) -> int:
    """School days that passed between the last marks and yesterday; 0 while that is no more than two."""
    if marks_to is None:
        return 0
    missing = int(calendar.school_days(marks_to + timedelta(days=1), on - timedelta(days=1)) + 0.5)
    return missing if missing > STALE_AFTER else 0


_REACHED = (
    Q(h_reached_consecutive__gt="")
    | Q(h_reached_cumulative__gt="")
    | Q(s_reached_consecutive__gt="")
    | Q(s_reached_cumulative__gt="")
)
_MOVED_SINCE = 4  # sessions: two school days
_LOUD = (
    Q(quiet_at=None)
    | Q(h_sessions__gte=F("quiet_at") + _MOVED_SINCE)
    | Q(h_sessions__lte=F("quiet_at") - _MOVED_SINCE)
)
_QUIET = ~_LOUD
_RUNNING = Q(h_spell__gt=0) | Q(s_spell__gt=0)


def _reach(actor: Actor, seen: SchoolSeen) -> "QuerySet[Summary]":
    """Summaries with any health absence, of the pupils whom the actor may see; of nobody who has died."""
    rows = Summary.objects.filter(school_id=seen.id, nearness__gt=0).exclude(pupil_id__in=_died(seen.id))
    rows = rows.filter(year=school_year(seen.marks_to)) if seen.marks_to else rows.none()
    reach = actor.year_groups(Permission.WATCH_SEE, seen.id)
    return rows if reach is None else rows.filter(pupil__year_group_id__in=reach)


def _died(school_id: int) -> "QuerySet[Any, Any]":
    return Death.objects.standing().filter(school_id=school_id).values("pupil_id")


def _narrow(rows: "QuerySet[Summary]", asked: Asked) -> "QuerySet[Summary]":
    if asked.year_group_id:
        rows = rows.filter(pupil__year_group_id=asked.year_group_id)
    if asked.tutor_group_id:
        rows = rows.filter(pupil__tutor_group_id=asked.tutor_group_id)
    for word in folded(asked.text).split():
        rows = rows.filter(pupil__search_text__contains=word)
    return rows


def _shown(rows: "QuerySet[Summary]") -> "QuerySet[Summary]":
    return rows.filter(_LOUD)


def _risk(seen: SchoolSeen) -> Q:
    return Q(nearness__gte=int(seen.threshold * 2 * RISK_SHARE)) & ~_REACHED


def _only(rows: "QuerySet[Summary]", only: Only, seen: SchoolSeen) -> "QuerySet[Summary]":
    wanted = {Only.RUNNING: _RUNNING, Only.RISK: _risk(seen), Only.REACHED: _REACHED}.get(only)
    return rows.filter(wanted) if wanted else rows


@dataclass(frozen=True, slots=True)
class _Counts:
    by_group: dict[str, int]
    quiet: int


def _counts(rows: "QuerySet[Summary]", seen: SchoolSeen) -> _Counts:
    """How many rows each group has, and how many are quiet. One query."""
    by_loudness = rows.annotate(loud=Case(When(_LOUD, then=True), default=False)).values("loud").order_by()
    counted = by_loudness.annotate(
        all=Count("pk"),
        running=Count("pk", filter=_RUNNING),
        risk=Count("pk", filter=_risk(seen)),
        reached=Count("pk", filter=_REACHED),
    ).values_list("loud", "all", "running", "risk", "reached")
    found: dict[bool, list[int]] = {loud: figures for loud, *figures in counted}
    shown = found.get(True, [0] * len(Only))
    return _Counts({only.name: n for only, n in zip(Only, shown, strict=True)}, found.get(False, [0])[0])


def _in_order(rows: "QuerySet[Summary]") -> "QuerySet[Summary]":
    return rows.order_by("-nearness", F("h_forecast_on").asc(nulls_last=True), "pupil_id")


def _rows(
    rows: "QuerySet[Summary]", calendars: dict[int | None, SchoolCalendar], way: Way, marks_to: date | None
) -> Iterator[WatchRow]:
    """The rows of a page with their last weeks. Two queries."""
    summaries = list(_columns(rows))
    if marks_to is None:
        return
    registers = _registers([row.pupil_id for row in summaries], school_year(marks_to))
    for row in summaries:
        calendar = calendars.get(row.pupil__year_group_id, calendars[None])
        days = last_days(calendar, marks_to, STRIP_DAYS)
        yield _row(row, marked_days(registers.get(row.pupil_id, {}), days, way.health))


def _registers(pupil_ids: Iterable[int], year: int) -> dict[int, dict[int, str]]:
    """This and last year's marks by pupil. One query."""
    found: dict[int, dict[int, str]] = {}
    rows = RegisterYear.objects.filter(pupil_id__in=list(pupil_ids), year__in=(year - 1, year))
    for pupil_id, of_year, marks in rows.values_list("pupil_id", "year", "marks"):
        found.setdefault(pupil_id, {})[of_year] = marks
    return found


_COLUMNS = (
    "pupil_id",
    "pupil__forename",
    "pupil__surname",
    "pupil__known_as",
    "pupil__year_group_id",
    "pupil__year_group__name",
    "pupil__tutor_group__name",
    *(
        f"{count}_{figure}"
        for count in "sh"
        for figure in (
            "sessions",
            "spell",
            "spell_since",
            "reached_consecutive",
            "reached_cumulative",
            "forecast_on",
        )
    ),
    *OPEN_CASE,
)


def _columns(rows: "QuerySet[Summary]") -> Iterable[Any]:
    """What `_row` needs of each summary, and no more: whole records of a page cost as much as its queries."""
    return rows.annotate(**OPEN_CASE).values_list(*_COLUMNS, named=True)


def _row(row: Any, days: tuple[MarkedDay, ...]) -> WatchRow:
    return WatchRow(
        pupil_id=row.pupil_id,
        name=shown_name(row.pupil__forename, row.pupil__surname, row.pupil__known_as),
        year_group=row.pupil__year_group__name or "",
        tutor_group=row.pupil__tutor_group__name or "",
        statutory=Counter(
            row.s_sessions / 2,
            row.s_spell / 2,
            row.s_spell_since,
            _first(row.s_reached_consecutive, row.s_reached_cumulative),
            row.s_forecast_on,
        ),
        health=Counter(
            row.h_sessions / 2,
            row.h_spell / 2,
            row.h_spell_since,
            _first(row.h_reached_consecutive, row.h_reached_cumulative),
            row.h_forecast_on,
        ),
        last_days=days,
        case_id=row.case_id,
        case_state=State(row.case_state) if row.case_state else None,
    )


def _first(*reached: str) -> date | None:
    return min((date.fromisoformat(one.split()[0]) for one in reached if one), default=None)
