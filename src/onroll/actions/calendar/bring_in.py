"""Bring a calendar file in: all of it, or none of it."""

from datetime import datetime

from onroll.actions.recounted import Doing, Outcome, recounted_change
from onroll.domain.permissions import Permission
from onroll.domain.schoolcalendar import school_year
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.queries.calendar_import import LineState, Plan, PlannedLine, plan, read_text
from onroll.records.schools.models import CalendarDay

_PROBLEMS = (
    "Some lines of the file cannot be read, so nothing was brought in. Correct the file and choose it again."
)
_STALE = "Somebody changed the calendar since you looked at this file. Choose the file again to see what it would do."


def bring_in_calendar(
    actor: Actor,
    school_id: int,
    text: str,
    *,
    replace_year: int | None,
    seen: str,
    at: datetime,
    rehearse: bool = False,
) -> Outcome:
    """Carry out the plan that was shown for this file, count again, and say what moved.

    `seen` is the plan's; a calendar that changed since is refused as stale, a file with a problem as invalid.
    """
    with recounted_change(
        actor, school_id, "calendar-brought-in", Permission.CALENDAR_EDIT, at=at, rehearse=rehearse
    ) as doing:
        made = plan(school_id, doing.school.trust_id, read_text(text), replace_year=replace_year)
        if made.problems:
            raise Refusal(Refused.INVALID, _PROBLEMS)
        if made.seen != seen:
            raise Refusal(Refused.STALE, _STALE)
        if not made.changes_anything:
            doing.nothing_to_do()
        else:
            _carry_out(doing, made, at)
            _sign(doing, made, replace_year)
    return doing.outcome


def _carry_out(doing: Doing, made: Plan, at: datetime) -> None:
    renamed = [line.row_id for line in made.lines if line.state is LineState.RENAMED]
    going = [leaving.row_id for leaving in made.leaving]
    CalendarDay.objects.filter(pk__in=[*renamed, *going]).update(withdrawn_at=at)
    CalendarDay.objects.bulk_create(
        [_row(doing, line, at) for line in made.lines if line.state is not LineState.SAME]
    )


def _row(doing: Doing, line: PlannedLine, at: datetime) -> CalendarDay:
    return CalendarDay(
        school=doing.school,
        year_group_id=line.year_group_id,
        kind=line.entry.kind,
        first_on=line.entry.first,
        last_on=line.entry.last,
        name=line.entry.name,
        recorded_at=at,
        replaces_id=line.row_id,
    )


def _sign(doing: Doing, made: Plan, replace_year: int | None) -> None:
    year = replace_year
    if year is None:
        year = min(school_year(line.entry.first) for line in made.lines)
    doing.entry.subject = f"calendar-year:{year}"
    doing.entry.detail = {
        "replaced_year": replace_year,
        "added": made.count(LineState.NEW),
        "renamed": made.count(LineState.RENAMED),
        "withdrawn": len(made.leaving),
    }
