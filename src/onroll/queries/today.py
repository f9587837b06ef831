"""Today: what in a school needs somebody now."""

from dataclasses import dataclass
from datetime import date, datetime

from onroll.domain.permissions import Permission
from onroll.domain.schoolcalendar import SchoolCalendar
from onroll.domain.vocabulary import Actor
from onroll.queries.calendars import calendars_of
from onroll.queries.code_queries import old_n_in_all
from onroll.queries.doors import SchoolSeen
from onroll.queries.watch import WatchRow, near_or_reached, stale_days
from onroll.records.attendance.models import Import
from onroll.records.pupils.models import MissingFromRoll

PUPILS = 10


@dataclass(frozen=True, slots=True)
class Waiting:
    """An import that waits for a person."""

    id: int
    kind: str
    file_name: str
    state: str
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class TodayPage:
    """What Today shows."""

    pupils: tuple[WatchRow, ...]
    pupils_in_all: int
    waiting: tuple[Waiting, ...]
    missing_from_roll: int
    old_n: int  # sessions still N after five school days
    threshold: float
    marks_to: date | None
    mostly_to: date | None
    stale_days: int


def today(actor: Actor, seen: SchoolSeen, *, on: date, at: datetime) -> TodayPage:
    """What needs doing; the look at its pupils is logged as one row."""
    calendars = calendars_of(seen.id)
    calendar = calendars[None]
    pupils, in_all = near_or_reached(actor, seen, calendar, at=at, most=PUPILS)
    return TodayPage(
        pupils=tuple(pupils),
        pupils_in_all=in_all,
        waiting=_waiting(actor, seen),
        missing_from_roll=_missing(actor, seen),
        old_n=_old_n(actor, seen, calendars, on),
        threshold=seen.threshold,
        marks_to=seen.marks_to,
        mostly_to=seen.mostly_to,
        stale_days=stale_days(calendar, seen.mostly_to, on),
    )


def _waiting(actor: Actor, seen: SchoolSeen) -> tuple[Waiting, ...]:
    if not actor.may(Permission.REGISTER_IMPORT, seen.id):
        return ()
    rows = Import.objects.filter(school_id=seen.id, state__in=["mapping", "ready"]).order_by("uploaded_at")
    return tuple(Waiting(row.pk, row.kind, row.file_name, row.state, row.uploaded_at) for row in rows[:10])


def _old_n(actor: Actor, seen: SchoolSeen, calendars: dict[int | None, SchoolCalendar], on: date) -> int:
    if not actor.may(Permission.REGISTER_SEE, seen.id):
        return 0
    return old_n_in_all(actor, seen, calendars, on=on)


def _missing(actor: Actor, seen: SchoolSeen) -> int:
    if not actor.may(Permission.ROLL_IMPORT, seen.id):
        return 0
    return MissingFromRoll.objects.filter(school_id=seen.id, decision="").count()
