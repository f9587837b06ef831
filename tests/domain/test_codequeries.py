"""Marks that somebody must look at."""

import pytest

from onroll.domain.register import NOT_TAKEN, Stray, Window, not_taken, old_unexplained, stray_marks
from tests.domain.reference import REFERENCE, THREE_YEARS, at, day, entry, reference_with, register, spread

PRESENT = spread("/", "2026-09-03", "2026-10-09")


def test_each_session_left_at_n_is_listed():
    years = register(PRESENT, spread("N", "2026-09-10"), spread("N", "2026-10-09"))
    found = old_unexplained(years, REFERENCE, day("2026-10-09"))
    assert [query.at for query in found] == [at("2026-09-10 AM"), at("2026-09-10 PM")]
    assert {query.due_on for query in found} == {day("2026-09-17")}


def test_an_n_of_last_year_is_still_listed():
    years = register(spread("N", "2026-07-01", calendar=THREE_YEARS), PRESENT)
    assert len(old_unexplained(years, THREE_YEARS, day("2026-09-10"))) == 2


def test_an_n_is_not_old_before_five_school_days_have_been():
    years = register(spread("N", "2027-07-19"))
    assert old_unexplained(years, REFERENCE, day("2027-09-10")) == []


def test_an_n_of_a_time_when_the_pupil_was_not_on_roll_is_no_query():
    years = register(spread("N", "2026-09-10"))
    since = (Window(day("2026-09-11")),)
    assert old_unexplained(years, REFERENCE, day("2026-10-09"), windows=since) == []


def test_marks_on_days_without_sessions_are_listed_with_what_the_day_is():
    calendar = reference_with(entry("inset", "2026-09-10", name="Training"), entry("am-only", "2026-09-11"))
    years = register(PRESENT, {at("2026-09-12 AM"): "I"})
    assert stray_marks(years, calendar) == [
        Stray(at("2026-09-10 AM"), "/", "Training (staff training day)"),
        Stray(at("2026-09-10 PM"), "\\", "Training (staff training day)"),
        Stray(at("2026-09-11 PM"), "\\", "Morning only"),
        Stray(at("2026-09-12 AM"), "I", "Weekend"),
    ]


@pytest.mark.parametrize("code", [NOT_TAKEN, "#", "Z"])
def test_a_mark_that_says_there_is_no_session_is_no_stray(code):
    assert stray_marks(register({at("2026-09-12 AM"): code}), REFERENCE) == []


def test_right_marks_are_no_strays():
    assert stray_marks(register(PRESENT), REFERENCE) == []


def test_sessions_not_taken_are_listed_up_to_a_day():
    gaps = {at("2026-10-07 AM"): NOT_TAKEN}
    years = register(PRESENT, gaps)
    assert not_taken(years, REFERENCE, day("2026-10-09")) == [at("2026-10-07 AM")]
    assert not_taken(years, REFERENCE, day("2026-10-06")) == []
    assert len(not_taken(years, REFERENCE, day("2026-10-12"))) == 3


def test_sessions_before_a_pupil_came_are_not_missing():
    years = register(spread("/", "2026-10-05", "2026-10-09"))
    came = (Window(day("2026-10-05")),)
    assert not_taken(years, REFERENCE, day("2026-10-09"), windows=came) == []
    assert len(not_taken(years, REFERENCE, day("2026-10-09"))) == 44
