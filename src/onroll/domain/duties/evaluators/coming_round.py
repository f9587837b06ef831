"""What comes round: something recorded that holds for so many months, and has to be recorded again."""

from datetime import date, timedelta

from onroll.domain.duties.evaluators.common import still_open
from onroll.domain.duties.facts import SchoolFacts
from onroll.domain.duties.finding import Judged, Looked, Status
from onroll.domain.duties.words import count, day
from onroll.domain.packs.pack import Duty
from onroll.domain.policy.dates import next_due

YEAR = 12  # months
FIRST_DAYS = 14  # after the pack begins to apply, for what was never recorded in Onroll (ours: `first_days`)


def first_due(facts: SchoolFacts, duty: Duty, start: date | None = None) -> date:
    """By when something is due that was never recorded: two weeks after the pack applies, or after `start`."""
    return max(facts.since, start or facts.since) + timedelta(days=duty.number("first_days", FIRST_DAYS))


def holds_until(recorded_on: date, duty: Duty) -> date:
    """The last day on which something recorded still holds."""
    return next_due(recorded_on, duty.number("months", YEAR))


def never(
    facts: SchoolFacts,
    duty: Duty,
    on: date,
    said: str,
    looked: tuple[Looked, ...] = (),
    start: date | None = None,
) -> Judged:
    """The answer where nothing is recorded that holds."""
    due_on = first_due(facts, duty, start)
    return Judged(still_open(due_on, on), f"{said} It is due by {day(due_on)}.", due_on, looked)


def comes_round(recorded_on: date, duty: Duty, on: date, said: str, looked: tuple[Looked, ...]) -> Judged:
    """Met for so many months from the day on which it was recorded, overdue from then on."""
    until, months = holds_until(recorded_on, duty), count(duty.number("months", YEAR), "month")
    if on <= until:
        return Judged(Status.MET, f"{said} That holds for {months}, until {day(until)}.", until, looked)
    return Judged(Status.OVERDUE, f"{said} That held for {months}, until {day(until)}.", until, looked)
