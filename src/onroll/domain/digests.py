"""Who is written to about what is due, how often, and on which days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from onroll.domain.permissions import ROLES, Permission, Role
from onroll.domain.schoolcalendar import SchoolCalendar


class Rhythm(StrEnum):
    """How often somebody is written to. The value is stored."""

    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


RHYTHM_WORDS: Mapping[Rhythm, str] = MappingProxyType({
    Rhythm.DAILY: "Each school day on which something is due",
    Rhythm.WEEKLY: "On Monday morning",
    Rhythm.NEVER: "Never",
})  # fmt: skip

FROM_HOUR = 6  # of school time: in the morning, before lessons
LATEST_HOUR = 9  # then without waiting for the night's round


def default_rhythm(roles: Iterable[Role]) -> Rhythm:
    """What holds until somebody chooses: those who oversee a school are written to on Monday, others are not."""
    oversees = any(Permission.OVERSIGHT_SEE in ROLES[role].permissions for role in roles)
    return Rhythm.WEEKLY if oversees else Rhythm.NEVER


def is_for_digests(roles: Iterable[Role]) -> bool:
    """Whether somebody with these roles can be written to: whoever may open Today."""
    return any(Permission.TODAY_SEE in ROLES[role].permissions for role in roles)


def is_due(rhythm: Rhythm, calendar: SchoolCalendar, on: date) -> bool:
    """Whether a digest goes out on a day: on school days; weekly, on the first school day of the week."""
    if not calendar.school_days(on, on):
        return False
    match rhythm:
        case Rhythm.DAILY:
            return True
        case Rhythm.WEEKLY:
            monday = on - timedelta(days=on.weekday())
            return on == monday or not calendar.school_days(monday, on - timedelta(days=1))
    return False


@dataclass(frozen=True, slots=True)
class Counts:
    """What a digest says, and all that it says."""

    overdue: int = 0
    this_day: int = 0
    week: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.overdue + other.overdue, self.this_day + other.this_day, self.week + other.week)

    @property
    def nothing(self) -> bool:
        """Whether nothing at all is to do."""
        return not (self.overdue or self.this_day or self.week)


def is_written(rhythm: Rhythm, counts: Counts) -> bool:
    """A daily digest with nothing in it is not written. A weekly one is: silence would look like a broken server."""
    return rhythm is Rhythm.WEEKLY or not counts.nothing


# Escalation: how many school days overdue until the Deputy Headteacher is told, where the pack says nothing.
ESCALATE_AFTER = 5


def reached_on(due_on: date, after: int, calendar: SchoolCalendar) -> date | None:
    """The day on which something has been overdue for `after` school days; None beyond the calendar's end."""
    return calendar.add_school_days(due_on, after) if after > 0 else due_on
