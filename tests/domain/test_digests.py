"""Who is written to, how often, and on which days."""

from datetime import date

import pytest

from onroll.domain.digests import (
    Counts,
    Rhythm,
    default_rhythm,
    is_due,
    is_for_digests,
    is_written,
    reached_on,
)
from onroll.domain.permissions import Role
from onroll.domain.schoolcalendar import CalendarEntry, Kind, Layer, SchoolCalendar

TERMS = SchoolCalendar([
    CalendarEntry(Kind.TERM, date(2026, 11, 2), date(2026, 12, 18), "", Layer.SCHOOL),
    CalendarEntry(Kind.INSET, date(2026, 11, 2), date(2026, 11, 2), "", Layer.SCHOOL),
    CalendarEntry(Kind.TERM, date(2027, 1, 4), date(2027, 2, 12), "", Layer.SCHOOL),
])  # fmt: skip


@pytest.mark.parametrize(("on", "daily", "weekly"), [
    pytest.param("2026-11-16", True, True, id="Monday"),
    pytest.param("2026-11-17", True, False, id="Tuesday"),
    pytest.param("2026-11-21", False, False, id="Saturday"),
    pytest.param("2026-11-02", False, False, id="a Monday on which staff train"),
    pytest.param("2026-11-03", True, True, id="the Tuesday after it begins the week"),
    pytest.param("2026-11-04", True, False, id="and the Wednesday does not"),
    pytest.param("2026-12-21", False, False, id="a Monday in the holidays"),
    pytest.param("2027-01-04", True, True, id="the first Monday back"),
])  # fmt: skip
def test_digests_go_out_on_school_days(on, daily, weekly):
    day = date.fromisoformat(on)
    assert (is_due(Rhythm.DAILY, TERMS, day), is_due(Rhythm.WEEKLY, TERMS, day)) == (daily, weekly)
    assert not is_due(Rhythm.NEVER, TERMS, day)


@pytest.mark.parametrize(("roles", "rhythm", "may"), [
    pytest.param([Role.DEPUTY_HEAD], Rhythm.WEEKLY, True, id="who oversees the school hears on Monday"),
    pytest.param([Role.PROGRESS_LEADER], Rhythm.NEVER, True, id="others hear nothing unless they choose"),
    pytest.param([Role.TEACHER, Role.SAFEGUARDING_LEAD], Rhythm.WEEKLY, True, id="one such role is enough"),
    pytest.param([Role.ADMINISTRATOR, Role.CLERK], Rhythm.NEVER, False, id="Today is not for everybody"),
])  # fmt: skip
def test_what_holds_until_somebody_chooses(roles, rhythm, may):
    assert (default_rhythm(roles), is_for_digests(roles)) == (rhythm, may)


@pytest.mark.parametrize(("rhythm", "counts", "written"), [
    pytest.param(Rhythm.DAILY, Counts(), False, id="a day with nothing"),
    pytest.param(Rhythm.DAILY, Counts(week=1), True, id="a day with something"),
    pytest.param(Rhythm.WEEKLY, Counts(), True, id="a week with nothing is said"),
])  # fmt: skip
def test_an_empty_digest_is_written_once_a_week_only(rhythm, counts, written):
    assert is_written(rhythm, counts) is written


@pytest.mark.parametrize(("due_on", "after", "reached"), [
    pytest.param("2026-11-09", 5, "2026-11-16", id="a week of school days later"),
    pytest.param("2026-11-13", 1, "2026-11-16", id="weekends do not count"),
    pytest.param("2026-12-16", 5, "2027-01-06", id="nor do holidays"),
    pytest.param("2026-11-09", 0, "2026-11-09", id="at once"),
    pytest.param("2027-02-11", 5, None, id="beyond the calendar's end"),
])  # fmt: skip
def test_overdue_days_are_school_days(due_on, after, reached):
    day = reached_on(date.fromisoformat(due_on), after, TERMS)
    assert day == (date.fromisoformat(reached) if reached else None)
