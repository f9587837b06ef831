"""When the next review is due, and when its holders are reminded."""

from calendar import monthrange
from datetime import date

REMINDERS = (60, 14)
"""Days before the next review is due on which its holders are written to."""


def next_due(approved_on: date, review_months: int) -> date:
    """The day by which a policy approved on a day must have been reviewed again.

    The same day of the month, or the month's last day where it is shorter: a year after 29 February is 28
    February, so that a review is never later than its months.
    """
    months = approved_on.month - 1 + review_months
    year, month = approved_on.year + months // 12, months % 12 + 1
    return date(year, month, min(approved_on.day, monthrange(year, month)[1]))


def reminder(due_on: date, on: date) -> int | None:
    """Which reminder is called for today: 60, 14, or none.

    The nearest that has been reached, so that a night on which nothing ran loses no reminder; none before the
    first, and none once the date has passed, when the duty itself is overdue.
    """
    left = (due_on - on).days
    return min((days for days in REMINDERS if 0 <= left <= days), default=None)
