"""The share missed lately, and the codes that made up a count."""

import pytest

from onroll.domain.register import HEALTH, STATUTORY, Window, breakdown, missed_share
from onroll.domain.schoolcalendar import SchoolCalendar
from tests.domain.reference import REFERENCE, day, entry, reference_with, register, spread

TWENTY_DAYS = spread("/", "2026-10-05", "2026-11-06")
"""Monday 5 October to Friday 6 November: 19 school days; the 20th back is Friday 2 October."""


@pytest.mark.parametrize(
    ("marks", "share"),
    [
        pytest.param({}, (38, 0, 0), id="a session without a mark is not a possible one"),
        pytest.param(spread("/", "2026-10-02"), (40, 0, 0), id="20 school days are 40 sessions"),
        pytest.param(spread("I", "2026-10-02"), (40, 2, 0), id="illness is missed"),
        pytest.param(spread("O", "2026-10-02"), (40, 0, 2), id="absence without leave is missed"),
        pytest.param(spread("K", "2026-10-02"), (40, 0, 0), id="attending elsewhere is not missed"),
        pytest.param(spread("Y4", "2026-10-02"), (38, 0, 0), id="a closed school is not possible"),
        pytest.param(spread("D", "2026-10-02"), (38, 0, 0), id="nor is the other school"),
        pytest.param(spread("-", "2026-10-02"), (38, 0, 0), id="nor a session not taken"),
        pytest.param(spread("I", "2026-10-01"), (38, 0, 0), id="the 21st day back is not looked at"),
        pytest.param(spread("I", "2026-11-09"), (38, 0, 0), id="nor is tomorrow"),
    ],
)
def test_the_share_of_the_last_20_school_days(marks, share):
    found = missed_share(register(TWENTY_DAYS, marks), REFERENCE, day("2026-11-06"))
    assert (found.possible, found.authorised, found.unauthorised) == share
    assert (found.first_on, found.last_on) == (day("2026-10-02"), day("2026-11-06"))


def test_the_share_is_a_part_of_the_possible_sessions():
    found = missed_share(
        register(TWENTY_DAYS, spread("I", "2026-11-03", "2026-11-06 AM")), REFERENCE, day("2026-11-06")
    )
    assert (found.missed, found.part) == (7, 7 / 38)


@pytest.mark.parametrize(
    ("calendar", "years"),
    [
        pytest.param(REFERENCE, {}, id="no marks"),
        pytest.param(SchoolCalendar([]), register(TWENTY_DAYS), id="no calendar"),
    ],
)
def test_nothing_possible_has_no_share(calendar, years):
    found = missed_share(years, calendar, day("2026-11-06"))
    assert (found.possible, found.missed, found.part) == (0, 0, None)


def test_sessions_before_a_pupil_came_were_not_possible():
    came = (Window(day("2026-11-03")),)
    assert missed_share(register(TWENTY_DAYS), REFERENCE, day("2026-11-06"), windows=came).possible == 8


def test_a_morning_is_a_school_day_of_one_session():
    calendar = reference_with(entry("am-only", "2026-11-06"))
    assert missed_share(register(TWENTY_DAYS), calendar, day("2026-11-06"), 2).possible == 3


def test_a_count_is_broken_down_by_code():
    years = register(
        spread("I", "2026-10-05", "2026-10-06"),
        spread("M", "2026-10-07 AM", "2026-10-07 AM"),
        spread("C2", "2026-10-08"),
        spread("O", "2026-10-09"),
        spread("I", "2026-10-12"),
    )
    assert breakdown(HEALTH, years, REFERENCE, day("2026-10-09")) == {"M": 0.5, "C2": 1, "I": 2}
    assert breakdown(STATUTORY, years, REFERENCE, day("2026-10-12")) == {"I": 3}


def test_the_breakdown_is_of_this_school_year():
    years = register(spread("I", "2026-10-05"))
    assert breakdown(STATUTORY, years, REFERENCE, day("2027-09-05")) == {}
