"""`monitored`: each month in term, somebody signs that they looked at all open cases."""

from collections.abc import Iterator
from datetime import date, timedelta

from onroll.domain.duties.evaluators.common import still_open
from onroll.domain.duties.facts import SchoolFacts
from onroll.domain.duties.finding import Judged, Looked, Status
from onroll.domain.duties.words import day, listed
from onroll.domain.packs.pack import Duty, Pack
from onroll.domain.policy.dates import next_due
from onroll.domain.schoolcalendar import SchoolCalendar

LOOK_BACK = 12  # months (`look_back_months`): what was missed longer ago is history


def monitored(facts: SchoolFacts, duty: Duty, pack: Pack, on: date) -> Judged:
    """Met when every month with a school day is signed, the current one by its last school day.

    A month in which the pack began to apply counts from that day; a month that was missed can still be signed.
    """
    looked = tuple(Looked("monitoring", one.id) for one in facts.monitorings[-1:])
    ends = dict(_months(facts, duty, on))
    unsigned = [month for month in ends if month not in facts.monitored_months]
    this_month = on.replace(day=1)
    missed = [month for month in unsigned if ends[month] < on]
    if missed:
        due_on = ends[missed[0]]
        told = listed([f"{month:%B %Y}" for month in missed])
        reason = f"The check of all open cases is not signed for {told}. The first was due by {day(due_on)}."
        return Judged(Status.OVERDUE, reason, due_on, looked)
    if unsigned:
        due_on = ends[unsigned[0]]
        reason = f"The check of all open cases for {unsigned[0]:%B %Y} is due by {day(due_on)}, its last school day."
        return Judged(still_open(due_on, on), reason, due_on, looked)
    if not ends:
        return Judged(
            Status.NOT_APPLICABLE, "No month with a school day has begun since the policy came into use here."
        )
    signed = f"The check of all open cases is signed for {max(ends):%B %Y}"
    if this_month not in ends:
        return Judged(Status.MET, f"{signed}, the last month with a school day.", None, looked)
    return Judged(Status.MET, f"{signed}.", ends[this_month], looked)


def _months(facts: SchoolFacts, duty: Duty, on: date) -> Iterator[tuple[date, date]]:
    """Each month that is owed, by its first day, with its last school day."""
    earliest = next_due(on.replace(day=1), -duty.number("look_back_months", LOOK_BACK))
    month = max(facts.since.replace(day=1), earliest)
    while month <= on:
        following = next_due(month, 1)
        first = max(month, facts.since)
        if ends := _last_school_day(facts.calendar, first, following - timedelta(days=1)):
            yield month, ends
        month = following


def _last_school_day(calendar: SchoolCalendar, first: date, last: date) -> date | None:
    return max((at.date for at in calendar.sessions(first, last)), default=None) if first <= last else None
