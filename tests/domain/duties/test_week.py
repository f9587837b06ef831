"""How a day's list is grouped."""

from datetime import date

import pytest

from onroll.domain.duties.finding import Status
from onroll.domain.duties.putting_off import until_problem
from onroll.domain.duties.week import Group, Week, group_of, week_of
from onroll.domain.schoolcalendar import CalendarEntry, Kind, Layer, SchoolCalendar

TERMS = SchoolCalendar([
    CalendarEntry(Kind.TERM, date(2026, 11, 2), date(2026, 12, 18), "", Layer.SCHOOL),
    CalendarEntry(Kind.INSET, date(2026, 11, 27), date(2026, 11, 27), "", Layer.SCHOOL),
    CalendarEntry(Kind.TERM, date(2027, 1, 4), date(2027, 2, 12), "", Layer.SCHOOL),
])  # fmt: skip


@pytest.mark.parametrize(("on", "week"), [
    pytest.param("2026-11-16", Week(date(2026, 11, 22)), id="a Monday looks to its Friday"),
    pytest.param("2026-11-19", Week(date(2026, 11, 22)), id="a Thursday too"),
    pytest.param("2026-11-20", Week(date(2026, 11, 29), date(2026, 11, 23)), id="a Friday looks at the next week"),
    pytest.param("2026-11-21", Week(date(2026, 11, 29), date(2026, 11, 23)), id="and so does a Saturday"),
    pytest.param("2026-11-26", Week(date(2026, 12, 6), date(2026, 11, 30)), id="a training day is no school day"),
    pytest.param("2026-12-18", Week(date(2027, 1, 10), date(2027, 1, 4)), id="the last day before Christmas"),
    pytest.param("2026-12-28", Week(date(2027, 1, 10), date(2027, 1, 4)), id="in the holidays"),
    pytest.param("2027-02-12", Week(date(2027, 2, 14)), id="after the calendar's end there is only this week"),
])  # fmt: skip
def test_the_week_is_the_schools_own(on, week):
    assert week_of(TERMS, date.fromisoformat(on)) == week


def test_without_a_calendar_it_is_the_week_of_the_wall():
    assert week_of(SchoolCalendar([]), date(2026, 11, 20)) == Week(date(2026, 11, 22))


ON, WEEK = date(2026, 11, 18), Week(date(2026, 11, 22))
GROUPS = [
    pytest.param(Status.OVERDUE, "2026-11-10", Group.OVERDUE, id="overdue at the last sweep"),
    pytest.param(Status.DUE, "2026-11-17", Group.OVERDUE, id="its date passed since the sweep"),
    pytest.param(Status.DUE, "2026-11-18", Group.TODAY, id="due today"),
    pytest.param(Status.DUE, None, Group.TODAY, id="due without a date"),
    pytest.param(Status.DUE, "2026-11-19", Group.WEEK, id="due tomorrow"),
    pytest.param(Status.DUE, "2026-11-22", Group.WEEK, id="due on the week's last day"),
    pytest.param(Status.DUE, "2026-11-23", Group.LATER, id="due after it"),
    pytest.param(Status.NEEDS_JUDGEMENT, None, Group.TODAY, id="somebody must say something first"),
    pytest.param(Status.NEEDS_JUDGEMENT, "2026-11-01", Group.TODAY, id="and its date does not matter"),
    pytest.param(Status.BREACHED, "2026-11-01", Group.MISSED, id="too late"),
]


@pytest.mark.parametrize(("status", "due_on", "group"), [
    *GROUPS,
    pytest.param(Status.MET, "2026-11-01", None, id="met asks for nothing"),
    pytest.param(Status.NOT_APPLICABLE, None, None, id="nor does what does not apply"),
])  # fmt: skip
def test_a_finding_has_its_group(status, due_on, group):
    assert group_of(status, date.fromisoformat(due_on) if due_on else None, ON, WEEK) is group


@pytest.mark.parametrize(("until", "problem"), [
    pytest.param("2026-11-17", "Enter a day after today", id="yesterday"),
    pytest.param("2026-11-18", "Enter a day after today", id="today"),
    pytest.param("2026-11-19", "", id="tomorrow"),
    pytest.param("2026-12-16", "", id="in four weeks"),
    pytest.param("2026-12-17", "Enter a day within the next four weeks", id="a day more"),
])  # fmt: skip
def test_a_duty_is_put_off_for_four_weeks_at_the_most(until, problem):
    assert until_problem(date.fromisoformat(until), ON) == problem
