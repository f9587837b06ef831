"""The checklist of edge cases at the end of the specification's rules, each as a small register."""

import pytest

from onroll.domain.compulsory_age import compulsory_age
from onroll.domain.register import HEALTH, STATUTORY, Register, Window, count, count_many, narrowed
from onroll.domain.schoolcalendar import Layer
from tests.domain.reference import (
    REFERENCE,
    THREE_YEARS,
    at,
    day,
    entry,
    reference_with,
    register,
    spread,
)

ILL_A_WEEK = spread("I", "2026-10-05", "2026-10-09")


def joined(first: str, last: str = "") -> tuple[Window, ...]:
    return (Window(day(first), day(last) if last else None),)


def test_a_pupil_who_joins_mid_year_starts_at_this_school():
    """Marks from before, brought in by mistake, are not theirs."""
    answer = count(
        STATUTORY, register(ILL_A_WEEK), REFERENCE, day("2026-10-09"), windows=joined("2026-10-08")
    )
    assert (answer.days, answer.spell_days, answer.spell_since) == (2, 2, day("2026-10-08"))


def test_a_pupil_who_leaves_and_returns_keeps_the_total_of_both_times():
    away = (Window(None, day("2026-10-06")), Window(day("2026-11-03"), None))
    years = register(ILL_A_WEEK, spread("/", "2026-10-12"), spread("I", "2026-11-03"))
    answer = count(STATUTORY, years, REFERENCE, day("2026-11-03"), windows=away)
    assert (answer.days, answer.spell_days) == (3, 3)


def test_a_pupil_never_on_roll_has_no_count():
    assert count(STATUTORY, register(ILL_A_WEEK), REFERENCE, day("2026-10-09"), windows=()).days == 0


def test_a_pupil_of_two_schools_is_not_ill_while_expected_at_the_other():
    years = register(ILL_A_WEEK, spread("D", "2026-10-08", "2026-10-09"))
    answer = count(STATUTORY, years, REFERENCE, day("2026-10-09"))
    assert (answer.days, answer.spell_days, answer.longest_spell_days) == (3, 0, 3)


@pytest.mark.parametrize("told", ["by the mark Y4", "by the calendar"])
def test_a_snow_day_inside_a_spell_neither_adds_nor_ends_it(told):
    by_mark = told == "by the mark Y4"
    calendar = REFERENCE if by_mark else reference_with(entry("closure", "2026-10-07", name="Snow"))
    years = register(ILL_A_WEEK, spread("Y4", "2026-10-07") if by_mark else {})
    answer = count(STATUTORY, years, calendar, day("2026-10-09"))
    assert (answer.days, answer.spell_days) == (4, 4)


def test_an_inset_day_moved_after_the_marks_came_in_moves_the_count():
    years = register(spread("I", "2026-10-05", "2026-10-23"))
    assert count(STATUTORY, years, REFERENCE, day("2026-11-03")).reached_cumulative == at("2026-10-23 PM")
    moved = reference_with(entry("inset", "2026-10-16"))
    answer = count(STATUTORY, years, moved, day("2026-11-03"))
    assert (answer.days, answer.spell_days, answer.reached_cumulative) == (14, 14, None)


def test_a_closure_of_one_year_group_is_nothing_to_the_others():
    closed = reference_with(entry("closure", "2026-10-07", layer=Layer.YEAR_GROUP))
    assert count(STATUTORY, register(ILL_A_WEEK), closed, day("2026-10-09")).days == 4
    assert count(STATUTORY, register(ILL_A_WEEK), REFERENCE, day("2026-10-09")).days == 5


@pytest.mark.parametrize(
    ("born", "statutory_days"),
    [
        pytest.param("2011-05-01", 5, id="year 10"),
        pytest.param("2009-05-01", 0, id="a sixth-former"),
        pytest.param("2008-09-20", 0, id="aged 18"),
    ],
)
def test_the_statutory_count_is_for_compulsory_school_age(born, statutory_days):
    of_age = narrowed(joined("2020-09-01"), compulsory_age(day(born)))
    years = register(ILL_A_WEEK)
    assert count(STATUTORY, years, REFERENCE, day("2026-10-09"), windows=of_age).days == statutory_days
    assert count(HEALTH, years, REFERENCE, day("2026-10-09"), windows=joined("2020-09-01")).days == 5


def test_a_pupil_who_turned_16_counts_until_the_last_friday_of_june():
    of_age = narrowed(None, compulsory_age(day("2011-01-15")))
    years = register(spread("I", "2027-06-21", "2027-07-02"))
    answer = count(STATUTORY, years, THREE_YEARS, day("2027-07-02"), windows=of_age)
    assert (answer.days, answer.spell_days, answer.forecast_on) == (5, 5, None)


def test_a_child_begins_to_count_on_the_prescribed_day():
    of_age = narrowed(None, compulsory_age(day("2021-12-10")))
    years = register(spread("I", "2026-12-17", "2026-12-18"), spread("I", "2027-01-05"))
    assert count(STATUTORY, years, REFERENCE, day("2027-01-05"), windows=of_age).days == 1


def test_marks_entered_late_count_as_if_they_had_been_in_time():
    in_time = register(ILL_A_WEEK)
    before = register(ILL_A_WEEK, spread("-", "2026-10-07"))
    assert count(STATUTORY, before, REFERENCE, day("2026-10-09")).days == 4
    after = register(ILL_A_WEEK, spread("-", "2026-10-07"), spread("I", "2026-10-07"))
    assert count(STATUTORY, after, REFERENCE, day("2026-10-09")) == count(
        STATUTORY, in_time, REFERENCE, day("2026-10-09")
    )


def test_a_correction_from_o_to_i_joins_two_spells():
    truant = register(ILL_A_WEEK, spread("O", "2026-10-07"))
    answer = count(STATUTORY, truant, REFERENCE, day("2026-10-09"))
    assert (answer.days, answer.spell_days) == (4, 2)
    corrected = register(ILL_A_WEEK, spread("O", "2026-10-07"), spread("I", "2026-10-07"))
    assert count(STATUTORY, corrected, REFERENCE, day("2026-10-09")).spell_days == 5


def test_29_february_is_a_school_day_like_any_other():
    years = register(spread("I", "2028-02-28", "2028-03-01", THREE_YEARS))
    answer = count(STATUTORY, years, THREE_YEARS, day("2028-03-01"), 2)
    assert (answer.days, answer.reached_cumulative) == (3, at("2028-02-29 PM"))


def test_a_pupil_admitted_in_an_afternoon_has_no_morning():
    years = register(spread("I", "2026-10-05 PM", "2026-10-06"))
    answer = count(STATUTORY, years, REFERENCE, day("2026-10-06"), windows=joined("2026-10-05"))
    assert (answer.days, answer.spell_days) == (1.5, 1.5)


def test_twins_with_one_register_each_are_not_mixed_up():
    ill, well = register(ILL_A_WEEK), register(spread("/", "2026-10-05", "2026-10-09"))
    answers = count_many(
        STATUTORY, [Register(years) for years in (ill, well, well, ill, well)], REFERENCE, day("2026-10-09")
    )
    assert [answer.days for answer in answers] == [5, 0, 0, 5, 0]
