"""What the specification says of the count, sentence by sentence."""

import pytest

from onroll.domain.register import HEALTH, STATUTORY, Count, Rule, count
from onroll.domain.schoolcalendar import SchoolCalendar
from tests.domain import oracle
from tests.domain.reference import REFERENCE, at, day, entry, reference_with, register, spread

APPOINTMENTS_PASS = Rule("statutory", frozenset({"I"}), frozenset({"M"}))
ILL_BEFORE, ILL_AFTER = spread("I", "2026-10-05", "2026-10-06"), spread("I", "2026-10-08", "2026-10-09")


def test_a_register_without_marks_counts_nothing():
    nothing = Count(0.0, 0.0, 0.0, None, None, None, None)
    assert count(STATUTORY, {}, REFERENCE, day("2026-10-09")) == nothing
    assert count(STATUTORY, register(), SchoolCalendar([]), day("2026-10-09")) == nothing


@pytest.mark.parametrize(
    ("marks", "days"),
    [
        pytest.param(spread("I", "2026-10-05 AM", "2026-10-05 AM"), 0.5, id="a morning is half a day"),
        pytest.param(spread("I", "2026-10-05 PM", "2026-10-05 PM"), 0.5, id="an afternoon is half a day"),
        pytest.param(spread("I", "2026-10-05"), 1, id="both are one day"),
        pytest.param(spread("I", "2026-10-09 PM", "2026-10-12 AM"), 1, id="two halves round a weekend"),
    ],
)
def test_half_days_count_half(marks, days):
    answer = count(STATUTORY, register(marks), REFERENCE, day("2026-10-30"))
    assert (answer.days, answer.spell_days, answer.longest_spell_days) == (days, days, days)


@pytest.mark.parametrize("code", oracle.ALL_CODES)
def test_what_a_code_between_two_spells_of_illness_does(code):
    """Attending, attending elsewhere, D and any other absence end the spell; the rest stand by."""
    years = register(ILL_BEFORE, spread(code, "2026-10-07"), ILL_AFTER)
    answer = count(STATUTORY, years, REFERENCE, day("2026-10-09"))
    expected = 5 if code == "I" else 2 if code in oracle.ENDS_A_SPELL else 4
    assert answer.spell_days == answer.longest_spell_days == expected
    assert answer.days == (5 if code == "I" else 4)


@pytest.mark.parametrize("code", [None, "-"], ids=["no mark", "not taken"])
def test_a_session_not_taken_neither_adds_nor_breaks(code):
    between = spread(code, "2026-10-07") if code else {}
    answer = count(STATUTORY, register(ILL_BEFORE, between, ILL_AFTER), REFERENCE, day("2026-10-09"))
    assert (answer.days, answer.spell_days) == (4, 4)


@pytest.mark.parametrize(
    ("rule", "days", "spell_days"),
    [
        pytest.param(STATUTORY, 4, 2, id="M ends a spell of the statutory count"),
        pytest.param(APPOINTMENTS_PASS, 4, 4, id="unless the school's setting lets it pass"),
        pytest.param(HEALTH, 5, 5, id="M counts for health"),
    ],
)
def test_an_appointment_inside_an_illness(rule, days, spell_days):
    years = register(ILL_BEFORE, spread("M", "2026-10-07"), ILL_AFTER)
    answer = count(rule, years, REFERENCE, day("2026-10-09"))
    assert (answer.days, answer.spell_days) == (days, spell_days)


@pytest.mark.parametrize("code", ["L", "K", "D", "Y4", "#", "Z", "X"])
def test_a_code_that_the_rule_adds_adds_whatever_its_category(code):
    years = register(spread(code, "2026-10-05"))
    assert count(Rule("own", frozenset({code})), years, REFERENCE, day("2026-10-05")).spell_days == 1


def test_a_holiday_inside_a_spell_does_not_end_it():
    years = register(spread("I", "2026-10-19", "2026-11-06"))
    answer = count(STATUTORY, years, REFERENCE, day("2026-11-06"))
    assert (answer.days, answer.spell_days) == (9, 9)
    assert answer.spell_since == day("2026-10-19")


def test_a_single_morning_present_ends_a_spell():
    years = register(spread("I", "2026-10-05", "2026-10-09"), spread("/", "2026-10-08 AM", "2026-10-08 AM"))
    answer = count(STATUTORY, years, REFERENCE, day("2026-10-09"))
    assert (answer.days, answer.spell_days, answer.longest_spell_days) == (4.5, 1.5, 3)
    assert answer.spell_since == day("2026-10-08")


@pytest.mark.parametrize(
    ("last", "reached"),
    [
        pytest.param("2026-10-23 AM", None, id="the 29th session: not yet"),
        pytest.param("2026-10-23 PM", "2026-10-23 PM", id="the 30th session"),
        pytest.param("2026-11-03 PM", "2026-10-23 PM", id="later sessions do not move it"),
    ],
)
def test_15_days_are_reached_at_the_30th_session(last, reached):
    answer = count(STATUTORY, register(spread("I", "2026-10-05", last)), REFERENCE, day("2026-11-03"))
    assert answer.reached_consecutive == answer.reached_cumulative == (reached and at(reached))
    assert (answer.forecast_on is None) is (reached is not None)


def test_a_spell_that_reached_the_threshold_stays_reached_when_it_ends():
    years = register(spread("I", "2026-10-05", "2026-10-23"), spread("/", "2026-11-03"))
    answer = count(STATUTORY, years, REFERENCE, day("2026-11-03"))
    assert answer.reached_consecutive == at("2026-10-23 PM")
    assert (answer.spell_days, answer.longest_spell_days, answer.spell_since) == (0, 15, None)


def test_the_second_spell_may_be_the_one_that_reaches():
    years = register(
        spread("I", "2026-09-07", "2026-09-11"),
        spread("/", "2026-09-14"),
        spread("I", "2026-10-05", "2026-10-23"),
    )
    answer = count(STATUTORY, years, REFERENCE, day("2026-10-23"))
    assert answer.reached_cumulative == at("2026-10-16 PM")
    assert answer.reached_consecutive == at("2026-10-23 PM")


@pytest.mark.parametrize("threshold", [0.5, 1, 2.5, 7, 14.5])
def test_any_number_of_half_days_can_be_the_threshold(threshold):
    years = register(spread("I", "2026-10-05", "2026-10-23"))
    answer = count(STATUTORY, years, REFERENCE, day("2026-10-23"), threshold)
    nth = list(REFERENCE.sessions(day("2026-10-05"), day("2026-10-23")))[int(threshold * 2) - 1]
    assert answer.reached_consecutive == answer.reached_cumulative == nth


@pytest.mark.parametrize("threshold", [0, -1, 0.25, 14.75])
def test_a_threshold_that_is_no_number_of_half_days_is_refused(threshold):
    with pytest.raises(ValueError, match="positive number of half days"):
        count(STATUTORY, {}, REFERENCE, day("2026-10-23"), threshold)


@pytest.mark.parametrize("year", [2025, 2026])
def test_marks_that_do_not_fill_the_grid_are_refused(year):
    with pytest.raises(ValueError, match="732 marks"):
        count(STATUTORY, {year: "I" * 10}, REFERENCE, day("2026-10-23"))


def test_marks_after_as_of_are_not_looked_at():
    years = register(spread("I", "2026-10-05", "2026-10-06"), spread("/", "2026-10-07"), ILL_AFTER)
    assert count(STATUTORY, years, REFERENCE, day("2026-10-06")).spell_days == 2
    assert count(STATUTORY, years, REFERENCE, day("2026-10-06")).days == 2


def test_a_spell_runs_on_while_nothing_is_marked():
    years = register(spread("I", "2026-10-05", "2026-10-06"))
    answer = count(STATUTORY, years, REFERENCE, day("2026-12-01"))
    assert (answer.days, answer.spell_days, answer.spell_since) == (2, 2, day("2026-10-05"))


def test_marks_where_the_calendar_has_no_session_are_not_looked_at():
    calendar = reference_with(entry("am-only", "2026-10-09"), entry("closure", "2026-10-07"))
    everything = dict.fromkeys(REFERENCE.sessions(day("2026-10-05"), day("2026-10-09")), "I")
    weekend = {at("2026-10-10 AM"): "/", at("2026-10-10 PM"): "I"}
    answer = count(STATUTORY, register(everything, weekend), calendar, day("2026-10-12"))
    assert (answer.days, answer.spell_days) == (3.5, 3.5)


def test_a_morning_only_day_counts_half():
    calendar = reference_with(entry("am-only", "2026-10-05"))
    years = register(spread("I", "2026-10-05", calendar=calendar))
    assert count(STATUTORY, years, calendar, day("2026-10-05")).days == 0.5
