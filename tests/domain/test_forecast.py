"""On which date the threshold is reached if every coming session is missed."""

import pytest

from onroll.domain.register import STATUTORY, Window, count
from onroll.domain.schoolcalendar import SchoolCalendar
from tests.domain.reference import (
    REFERENCE,
    THREE_YEARS,
    YEAR_2026,
    day,
    entry,
    reference_with,
    register,
    spread,
)

EARLIER_ILLNESS = spread("I", "2026-09-07", "2026-09-18")
ILL_TODAY = spread("I", "2026-10-05")
BETWEEN = spread("/", "2026-09-21", "2026-10-02")


def test_nothing_is_forecast_while_no_spell_runs():
    years = register(EARLIER_ILLNESS, BETWEEN)
    answer = count(STATUTORY, years, REFERENCE, day("2026-10-02"))
    assert (answer.days, answer.spell_days, answer.forecast_on) == (10, 0, None)


def test_the_total_may_come_first():
    answer = count(STATUTORY, register(EARLIER_ILLNESS, BETWEEN, ILL_TODAY), REFERENCE, day("2026-10-05"))
    assert (answer.days, answer.spell_days) == (11, 1)
    assert answer.forecast_on == day("2026-10-09")


def test_nothing_is_forecast_once_either_was_reached():
    years = register(spread("I", "2026-09-07", "2026-09-25"), spread("/", "2026-09-28"), ILL_TODAY)
    answer = count(STATUTORY, years, REFERENCE, day("2026-10-05"))
    assert answer.reached_consecutive is not None
    assert (answer.spell_days, answer.forecast_on) == (1, None)


def test_nothing_is_forecast_when_the_calendar_ends_first():
    years = register(spread("I", "2027-07-12"))
    assert count(STATUTORY, years, REFERENCE, day("2027-07-12")).forecast_on is None
    assert count(STATUTORY, years, REFERENCE, day("2027-07-12"), 7).forecast_on == day("2027-07-20")


def test_the_forecast_looks_past_31_july_on_the_strength_of_the_spell():
    """12 to 20 July is 7 days; in autumn the spell needs 8 more, from Thursday 2 September 2027."""
    years = register(spread("I", "2027-07-12", "2027-07-20"))
    answer = count(STATUTORY, years, THREE_YEARS, day("2027-07-20"))
    assert answer.forecast_on == day("2027-09-13")


def test_the_total_starts_again_at_0_on_1_august():
    """14 days are missed, a half of them in the spell: the total would reach 15 in September, but is 0 then."""
    years = register(
        spread("I", "2026-09-07", "2026-09-24"),
        spread("/", "2026-09-25", "2027-07-19"),
        spread("I", "2027-07-20 PM", "2027-07-20 PM"),
    )
    answer = count(STATUTORY, years, THREE_YEARS, day("2027-07-20"))
    assert (answer.days, answer.spell_days) == (14.5, 0.5)
    assert answer.forecast_on == day("2027-09-22")


@pytest.mark.parametrize(
    ("earlier", "threshold", "forecast_on"),
    [
        pytest.param(True, 9, "2028-07-31", id="the total reaches it in the last session of 31 July"),
        pytest.param(True, 9.5, "2028-08-08", id="on 1 August it is too late, and the spell decides"),
        pytest.param(False, 9, "2028-08-07", id="the first morning of August is a session too"),
    ],
)
def test_a_school_open_in_august_changes_year_between_two_sessions(earlier, threshold, forecast_on):
    """Ill on Wednesday 26 July 2028; the year has three days left, and the next begins on the Tuesday after."""
    calendar = SchoolCalendar([entry("term", "2028-07-03", "2028-08-31")])
    years = register(
        spread("I" if earlier else "/", "2028-07-03", "2028-07-07", calendar),
        spread("/", "2028-07-10", "2028-07-25", calendar),
        spread("I", "2028-07-26", calendar=calendar),
    )
    answer = count(STATUTORY, years, calendar, day("2028-07-26"), threshold)
    assert (answer.days, answer.spell_days) == (6 if earlier else 1, 1)
    assert answer.forecast_on == day(forecast_on)


def test_a_closure_to_come_puts_the_date_back():
    calendar = reference_with(entry("closure", "2026-10-14"))
    assert count(STATUTORY, register(ILL_TODAY), calendar, day("2026-10-05")).forecast_on == day("2026-11-03")


def test_mornings_only_to_come_are_half_days():
    calendar = reference_with(entry("am-only", "2026-10-07"), entry("am-only", "2026-10-08"))
    assert count(STATUTORY, register(ILL_TODAY), calendar, day("2026-10-05")).forecast_on == day("2026-11-03")


@pytest.mark.parametrize(
    ("last_on", "forecast_on"),
    [
        pytest.param("2026-10-23", "2026-10-23", id="on roll to the day"),
        pytest.param("2026-10-22", None, id="leaves before"),
    ],
)
def test_sessions_after_a_pupil_leaves_are_not_missed(last_on, forecast_on):
    answer = count(
        STATUTORY, register(ILL_TODAY), REFERENCE, day("2026-10-05"), windows=(Window(None, day(last_on)),)
    )
    assert answer.forecast_on == (forecast_on and day(forecast_on))


def test_a_carried_spell_at_the_threshold_is_forecast_for_the_first_session_of_the_year():
    years = register(spread("I", "2027-06-28", "2027-07-20"))
    answer = count(STATUTORY, years, THREE_YEARS, day("2027-08-20"))
    assert (answer.spell_days, answer.reached_consecutive) == (17, None)
    assert answer.forecast_on == day("2027-09-02")


def test_a_gap_of_a_whole_year_in_the_calendar_is_passed_over():
    calendar = SchoolCalendar([*YEAR_2026, entry("term", "2028-09-04", "2028-12-15")])
    years = register(spread("I", "2027-07-20"))
    assert count(STATUTORY, years, calendar, day("2027-07-20"), 1.5).forecast_on == day("2028-09-04")
