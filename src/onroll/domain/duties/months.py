"""The months whose check of all cases can be signed."""

from collections.abc import Collection
from datetime import date, timedelta

from onroll.domain.schoolcalendar import SchoolCalendar

LOOK_BACK = 12


def months_to_sign(calendar: SchoolCalendar, signed: Collection[date], on: date) -> list[date]:
    """First days of months with a school day, up to this month, that nobody has signed; the newest first."""
    month, found = on.replace(day=1), []
    for _ in range(LOOK_BACK):
        following = (month + timedelta(days=31)).replace(day=1)
        last = min(following - timedelta(days=1), on)
        if month not in signed and calendar.school_days(month, last):
            found.append(month)
        month = (month - timedelta(days=1)).replace(day=1)
    return found
