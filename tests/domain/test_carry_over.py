"""The total restarts on 1 August; a spell runs on across it."""

import pytest

from onroll.domain.register import STATUTORY, Carried, carried_spell, count
from tests.domain.reference import REFERENCE, THREE_YEARS, at, day, register, spread

SUMMER = spread("I", "2026-07-13", "2026-07-21", THREE_YEARS)
"""The last 7 school days of 2025/26."""
AUTUMN = spread("I", "2026-09-03", "2026-09-04")


def test_the_spell_runs_on_and_the_total_does_not():
    answer = count(STATUTORY, register(SUMMER, AUTUMN), THREE_YEARS, day("2026-09-04"))
    assert (answer.days, answer.spell_days, answer.longest_spell_days) == (2, 9, 9)
    assert answer.spell_since == day("2026-07-13")


def test_the_threshold_is_reached_across_the_summer():
    years = register(SUMMER, spread("I", "2026-09-03", "2026-09-30"))
    answer = count(STATUTORY, years, THREE_YEARS, day("2026-09-30"))
    assert answer.reached_consecutive == at("2026-09-14 PM")
    assert answer.reached_cumulative == at("2026-09-23 PM")


@pytest.mark.parametrize(
    ("code", "longest", "reached"),
    [
        pytest.param("-", 7, "2026-09-03 AM", id="a session not taken: the spell stands at its length"),
        pytest.param("Y1", 7, "2026-09-03 AM", id="nor possible: so too"),
        pytest.param("I", 7.5, "2026-09-03 AM", id="ill: it grows"),
        pytest.param("/", 0, None, id="present: it is over before anything is looked at"),
        pytest.param("G", 0, None, id="another absence: so too"),
    ],
)
def test_the_first_session_of_the_year_is_looked_at_like_any_other(code, longest, reached):
    first_morning = spread(code, "2026-09-03 AM", "2026-09-03 AM")
    back = spread("/", "2026-09-03 PM", "2026-09-04")
    answer = count(STATUTORY, register(SUMMER, first_morning, back), THREE_YEARS, day("2026-09-04"), 7)
    assert answer.longest_spell_days == longest
    assert answer.reached_consecutive == (reached and at(reached))
    assert (answer.spell_days, answer.reached_cumulative) == (0, None)


@pytest.mark.parametrize("on", ["2026-08-01", "2026-08-31", "2026-09-02"])
def test_before_the_first_session_a_carried_spell_runs_and_nothing_is_reached(on):
    answer = count(STATUTORY, register(SUMMER), THREE_YEARS, day(on), 7)
    assert (answer.days, answer.spell_days, answer.longest_spell_days) == (0, 7, 0)
    assert (answer.reached_consecutive, answer.reached_cumulative) == (None, None)
    assert answer.spell_since == day("2026-07-13")
    assert answer.forecast_on == day("2026-09-03")


def test_on_31_july_the_old_year_still_stands():
    answer = count(STATUTORY, register(SUMMER), THREE_YEARS, day("2026-07-31"), 7)
    assert (answer.days, answer.spell_days) == (7, 7)
    assert answer.reached_cumulative == at("2026-07-21 PM")


def test_a_spell_runs_through_a_whole_year_without_marks():
    years = register(SUMMER, spread("I", "2027-09-02", calendar=THREE_YEARS))
    answer = count(STATUTORY, years, THREE_YEARS, day("2027-09-02"))
    assert (answer.days, answer.spell_days, answer.spell_since) == (1, 8, day("2026-07-13"))


def test_a_spell_may_be_longer_than_a_year():
    years = register(
        SUMMER, spread("I", "2026-09-03", "2027-07-20"), spread("I", "2027-09-02", calendar=THREE_YEARS)
    )
    answer = count(STATUTORY, years, THREE_YEARS, day("2027-09-02"))
    assert (answer.days, answer.spell_days) == (1, 7 + 190 + 1)
    assert answer.reached_consecutive == at("2027-09-02 AM")


def test_a_spell_that_ended_last_year_is_not_carried():
    years = register(SUMMER, spread("/", "2026-07-21 PM", "2026-07-21 PM", THREE_YEARS), AUTUMN)
    answer = count(STATUTORY, years, THREE_YEARS, day("2026-09-04"))
    assert (answer.spell_days, answer.longest_spell_days, answer.spell_since) == (2, 2, day("2026-09-03"))


def test_a_break_in_any_year_ends_what_came_before_it():
    ill_in_2025 = spread("I", "2025-12-01", "2026-07-21", THREE_YEARS)
    back, ill_again = spread("/", "2026-09-03"), spread("I", "2026-09-04", "2027-07-20")
    years = register(ill_in_2025, back, ill_again)
    found = carried_spell(STATUTORY, years, THREE_YEARS, 2027)
    assert found == Carried(2 * 189, day("2026-09-04"))


def test_a_new_spell_does_not_begin_where_a_carried_one_did():
    back, ill_again = spread("/", "2026-09-03"), spread("I", "2026-09-04")
    answer = count(STATUTORY, register(SUMMER, back, ill_again), THREE_YEARS, day("2026-09-04"))
    assert (answer.spell_days, answer.spell_since) == (1, day("2026-09-04"))


def test_marks_of_a_year_the_calendar_does_not_know_carry_nothing():
    assert count(STATUTORY, register(SUMMER, AUTUMN), REFERENCE, day("2026-09-04")).spell_days == 2


def test_what_a_year_is_handed_can_be_asked_for():
    years = register(SUMMER, AUTUMN)
    assert carried_spell(STATUTORY, years, THREE_YEARS, 2026) == Carried(14, day("2026-07-13"))
    assert carried_spell(STATUTORY, years, THREE_YEARS, 2025) == Carried(0, None)
