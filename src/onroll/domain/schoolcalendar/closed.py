"""The stretches of a calendar without sessions, told compactly: what an explanation says between sessions."""

from dataclasses import dataclass
from datetime import date, timedelta

from onroll.domain.schoolcalendar.calendar import SchoolCalendar
from onroll.domain.schoolcalendar.grid import Session

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Closed:
    """Weekdays from `first` to `last`, both included, that have no session for one reason.

    `session` is PM for a day that has a morning only, else None.
    """

    first: date
    last: date
    why: str
    session: Session | None = None


def closed_days(calendar: SchoolCalendar, first: date, last: date) -> list[Closed]:
    """The weekdays without a session from `first` to `last`, joined over weekends where the reason goes on."""
    found: list[Closed] = []
    joins = False
    on = first
    while on <= last:
        if on.weekday() < _SATURDAY:
            closed = _closed(calendar, on)
            if closed and joins and closed.session is None and closed.why == found[-1].why:
                found[-1] = Closed(found[-1].first, on, closed.why)
            elif closed:
                found.append(closed)
            joins = closed is not None and closed.session is None
        on += timedelta(days=1)
    return found


def _closed(calendar: SchoolCalendar, on: date) -> Closed | None:
    for session, shown in ((Session.AM, None), (Session.PM, Session.PM)):
        if not calendar.is_session(on, session):
            return Closed(on, on, calendar.why(on, session), shown)
    return None
