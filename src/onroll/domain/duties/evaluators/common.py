"""What several evaluators need: when nothing is asked, and by when something is due."""

from datetime import date

from onroll.domain.duties.facts import CaseFacts
from onroll.domain.duties.finding import Judged, Status
from onroll.domain.duties.words import count, day
from onroll.domain.schoolcalendar import SchoolCalendar


def not_asked(facts: CaseFacts) -> Judged | None:
    """The answer where a case owes nobody anything any more; None while it does."""
    if facts.died_on is not None:
        return Judged(Status.NOT_APPLICABLE, "The pupil has died. Nothing is asked about this any more.")
    if not facts.state.is_open:
        return Judged(Status.NOT_APPLICABLE, "The case is closed.")
    return None


def due_after(calendar: SchoolCalendar, start: date, days: int) -> date | None:
    """The day that is so many school days after `start`; None when the calendar ends before."""
    return start if days < 1 else calendar.add_school_days(start, days)


def still_open(due_on: date, on: date) -> Status:
    """What is not met is due on its last day still, and overdue from the day after."""
    return Status.DUE if on <= due_on else Status.OVERDUE


def calendar_ends(start: date, days: int) -> Judged:
    """The answer where no due date can be counted."""
    return Judged(
        Status.NEEDS_JUDGEMENT,
        f"The school calendar has fewer than {count(days, 'school day')} after {day(start)}, so the due date "
        "cannot be counted. Add the next terms to the calendar.",
    )
