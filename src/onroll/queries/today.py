"""Today: what in a school needs somebody now."""

from dataclasses import dataclass
from datetime import date, datetime

from onroll.domain.permissions import Permission
from onroll.domain.schoolcalendar import SchoolCalendar
from onroll.domain.vocabulary import Actor
from onroll.queries.calendars import calendars_of
from onroll.queries.code_queries import old_n_in_all
from onroll.queries.doors import SchoolSeen, looked
from onroll.queries.duties_today import DutiesToday, duties_today
from onroll.queries.today_waiting import Waiting, rest_of
from onroll.queries.watch import WatchRow, near_or_reached, stale_days

PUPILS = 10


@dataclass(frozen=True, slots=True)
class TodayPage:
    """What Today shows."""

    duties: DutiesToday
    pupils: tuple[WatchRow, ...]
    pupils_in_all: int
    waiting: tuple[Waiting, ...]
    missing_from_roll: int
    old_n: int  # sessions still N after five school days
    threshold: float
    marks_to: date | None
    mostly_to: date | None
    stale_days: int
    swept_at: datetime | None  # when the duties were last gone through
    sweep_is_old: bool


def today(
    actor: Actor, seen: SchoolSeen, *, mine: bool, first: int, size: int, on: date, at: datetime
) -> TodayPage:
    """What needs doing, duties from row `first` on; the look at its pupils is logged as one row."""
    calendars = calendars_of(seen.id)
    calendar = calendars[None]
    duties = duties_today(actor, seen, calendar, mine=mine, first=first, size=size, on=on)
    pupils, in_all = near_or_reached(actor, seen, calendar, most=PUPILS)
    rest = rest_of(actor, seen)
    shown = {row.pupil_id for row in pupils} | {row.pupil_id for row in duties.rows if row.pupil_id}
    looked(actor, seen, page="today", pupil_ids=sorted(shown), at=at)
    return TodayPage(
        duties=duties,
        pupils=tuple(pupils),
        pupils_in_all=in_all,
        waiting=rest.waiting,
        missing_from_roll=rest.missing_from_roll,
        old_n=_old_n(actor, seen, calendars, on),
        threshold=seen.threshold,
        marks_to=seen.marks_to,
        mostly_to=seen.mostly_to,
        stale_days=stale_days(calendar, seen.mostly_to, on),
        swept_at=rest.swept_at,
        sweep_is_old=rest.sweep_is_old(at),
    )


def _old_n(actor: Actor, seen: SchoolSeen, calendars: dict[int | None, SchoolCalendar], on: date) -> int:
    if not actor.may(Permission.REGISTER_SEE, seen.id):
        return 0
    return old_n_in_all(actor, seen, calendars, on=on)
