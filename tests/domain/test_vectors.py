"""The worked examples of the specification, on its own calendar."""

import pytest

from onroll.domain.register import HEALTH, STATUTORY, count, n_due_on, old_unexplained
from tests.domain.reference import REFERENCE, at, day, days_between, only, register, spread

WHOLE_YEAR = spread("/", "2026-09-03", "2027-07-20")


def test_v1_ill_from_monday_5_october():
    years = register(spread("I", "2026-10-05"))
    assert count(STATUTORY, years, REFERENCE, day("2026-10-05")).forecast_on == day("2026-10-23")


def test_v2_ill_from_14_october_over_half_term_and_inset():
    years = register(spread("I", "2026-10-14"))
    assert count(STATUTORY, years, REFERENCE, day("2026-10-14")).forecast_on == day("2026-11-11")


def test_v3_ill_from_an_afternoon_on_reaches_15_days_in_a_morning():
    first_afternoon = register(spread("/", "2026-10-05"), spread("I", "2026-10-05 PM"))
    assert count(STATUTORY, first_afternoon, REFERENCE, day("2026-10-05")).forecast_on == day("2026-11-03")

    all_of_it = register(spread("I", "2026-10-05 PM", "2026-11-03 PM"))
    answer = count(STATUTORY, all_of_it, REFERENCE, day("2026-11-03"))
    assert answer.reached_consecutive == answer.reached_cumulative == at("2026-11-03 AM")
    assert answer.days == 15.5


def test_v4_ill_every_monday_and_tuesday_adds_up_on_3_november():
    mondays_and_tuesdays = only(days_between(day("2026-09-07"), day("2026-11-03")), {0, 1})
    years = register(WHOLE_YEAR, *(spread("I", on.isoformat()) for on in mondays_and_tuesdays))
    answer = count(STATUTORY, years, REFERENCE, day("2026-11-03"))
    assert answer.reached_cumulative == at("2026-11-03 PM")
    assert (answer.days, answer.longest_spell_days, answer.reached_consecutive) == (15, 2, None)


def test_v5_every_afternoon_on_a_part_time_timetable_counts_for_health_alone():
    afternoons = days_between(day("2026-11-09"), day("2026-12-18"))
    years = register(
        WHOLE_YEAR, *(spread("C2", f"{on} PM") for on in afternoons if REFERENCE.school_days(on, on))
    )
    health = count(HEALTH, years, REFERENCE, day("2026-12-18"))
    assert health.reached_cumulative == at("2026-12-18 PM")
    assert (health.days, health.longest_spell_days) == (15, 0.5)
    assert count(STATUTORY, years, REFERENCE, day("2026-12-18")).days == 0


def test_r20_an_unexplained_absence_of_20_october_is_due_on_4_november():
    assert n_due_on(REFERENCE, day("2026-10-20")) == day("2026-11-04")


@pytest.mark.parametrize(
    ("on", "is_old"),
    [("2026-11-04", False), ("2026-11-05", True)],
    ids=["on the day it is due", "the day after"],
)
def test_r20_it_is_listed_once_the_date_has_passed(on, is_old):
    years = register(spread("N", "2026-10-20 AM", "2026-10-20 AM"))
    found = old_unexplained(years, REFERENCE, day(on))
    assert [(query.at, query.due_on) for query in found] == (
        [(at("2026-10-20 AM"), day("2026-11-04"))] if is_old else []
    )
