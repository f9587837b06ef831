"""How a day's list is grouped: what is overdue, due today, due this week, by the school's own calendar."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from onroll.domain.duties.finding import Status, status_on
from onroll.domain.schoolcalendar import SchoolCalendar


class Group(IntEnum):
    """Where a finding stands in the list, in the order in which it is shown."""

    OVERDUE = 0
    TODAY = 1
    WEEK = 2
    MISSED = 3  # too late to be in time: only what was done instead can be said
    LATER = 4


@dataclass(frozen=True, slots=True)
class Week:
    """The week that Today looks ahead over."""

    last_on: date  # a Sunday
    from_on: date | None = None  # the first school day of a later week; None: it is this week


def week_of(calendar: SchoolCalendar, on: date) -> Week:
    """The rest of this week while it has school days; else the next week that has any."""
    sunday = on + timedelta(days=6 - on.weekday())
    following = calendar.add_school_days(on, 1)
    if following is None or following <= sunday:
        return Week(sunday)
    return Week(following + timedelta(days=6 - following.weekday()), following)


def group_of(status: Status, due_on: date | None, on: date, week: Week) -> Group | None:
    """The group of a finding on a day; None for what asks for nothing. `queries.owed.group` says the same in SQL.

    What needs an answer has no date that matters: somebody must say something first, so it is today's.
    """
    status = status_on(status, due_on, on)
    if status is not Status.DUE:
        return _OTHERS.get(status)
    if due_on is None or due_on == on:
        return Group.TODAY
    return Group.WEEK if due_on <= week.last_on else Group.LATER


_OTHERS = {
    Status.OVERDUE: Group.OVERDUE,
    Status.BREACHED: Group.MISSED,
    Status.NEEDS_JUDGEMENT: Group.TODAY,
}
