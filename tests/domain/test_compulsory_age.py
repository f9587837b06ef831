"""Between which dates a child must be educated."""

import pytest

from onroll.domain.compulsory_age import begins_on, compulsory_age, ends_on
from onroll.domain.register import Window, inside, narrowed
from onroll.domain.register.windows import clipped
from tests.domain.reference import day


@pytest.mark.parametrize(
    ("born", "begins"),
    [
        pytest.param("2021-08-31", "2026-08-31", id="a birthday on the prescribed day"),
        pytest.param("2021-09-01", "2026-12-31", id="the day after"),
        pytest.param("2021-12-31", "2026-12-31", id="on 31 December"),
        pytest.param("2022-01-01", "2027-03-31", id="on 1 January"),
        pytest.param("2022-04-01", "2027-08-31", id="on 1 April"),
        pytest.param("2020-02-29", "2025-03-31", id="on 29 February"),
    ],
)
def test_it_begins_on_the_prescribed_day_after_the_fifth_birthday(born, begins):
    assert begins_on(day(born)) == day(begins)


@pytest.mark.parametrize(
    ("born", "ends"),
    [
        pytest.param("2010-09-01", "2027-06-25", id="the eldest of a year group"),
        pytest.param("2011-08-31", "2027-06-25", id="the youngest, 16 after leaving"),
        pytest.param("2011-09-01", "2028-06-30", id="a day younger, a year more"),
        pytest.param("2008-02-29", "2024-06-28", id="born on 29 February"),
    ],
)
def test_it_ends_on_the_last_friday_of_june(born, ends):
    found = ends_on(day(born))
    assert found == day(ends)
    assert found.weekday() == 4


def test_both_ends_are_included():
    window = compulsory_age(day("2011-08-31"))
    assert window == Window(day("2016-08-31"), day("2027-06-25"))
    assert window.holds(day("2027-06-25"))
    assert not window.holds(day("2027-06-26"))


TERM = Window(day("2026-09-01"), day("2027-07-21"))


@pytest.mark.parametrize(
    ("windows", "on", "is_inside"),
    [
        pytest.param(None, "1990-01-01", True, id="no limit is known"),
        pytest.param((), "2026-10-05", False, id="never on roll"),
        pytest.param((Window(day("2026-10-05")),), "2026-10-05", True, id="the first day"),
        pytest.param((Window(day("2026-10-05")),), "2026-10-04", False, id="the day before"),
        pytest.param((Window(None, day("2026-10-05")),), "2026-10-05", True, id="the last day"),
        pytest.param((Window(None, day("2026-10-05")),), "2026-10-06", False, id="the day after"),
    ],
)
def test_a_date_is_inside_or_not(windows, on, is_inside):
    assert inside(windows, day(on)) is is_inside


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        pytest.param(None, (TERM,), id="no limit"),
        pytest.param((Window(),), (TERM,), id="open at both ends"),
        pytest.param(
            (Window(day("2027-01-04")),), (Window(day("2027-01-04"), TERM.last),), id="from a day on"
        ),
        pytest.param((Window(None, day("2026-08-31")),), (), id="left before it began"),
    ],
)
def test_periods_are_narrowed_to_another(windows, expected):
    assert narrowed(windows, TERM) == expected


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        pytest.param(None, None, id="no limit"),
        pytest.param((Window(day("2020-01-01")),), None, id="on roll throughout"),
        pytest.param((), (), id="never on roll"),
        pytest.param((Window(day("2028-01-01")),), (), id="not yet on roll"),
        pytest.param(
            (Window(day("2027-01-04")), Window(None, day("2026-10-23"))),
            (Window(TERM.first, day("2026-10-23")), Window(day("2027-01-04"), TERM.last)),
            id="left and came back, told in the wrong order",
        ),
        pytest.param(
            (Window(None, day("2026-10-23")), Window(day("2026-10-24"))),
            None,
            id="one period ends, the next begins",
        ),
    ],
)
def test_periods_are_seen_as_far_as_a_calendar_reaches(windows, expected):
    assert clipped(windows, day("2026-09-01"), day("2027-07-21")) == expected
