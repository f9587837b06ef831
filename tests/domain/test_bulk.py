"""Counting many at once gives each pupil the answer they would have alone, and costs a fraction."""

from collections.abc import Sequence
from time import process_time

import pytest

from onroll.domain.register import HEALTH, STATUTORY, Count, Register, Window, count, count_many
from onroll.domain.schoolcalendar import SchoolCalendar, SessionAt, session_at
from tests.domain.reference import REFERENCE, THREE_YEARS, day, register, spread

PRESENT = spread("/", "2026-09-03", "2027-07-20")
A_FEW_DAYS = Register(register(PRESENT, spread("I", "2026-10-05", "2026-10-07")))
RUNNING = Register(register(PRESENT, spread("I", "2027-01-11", "2027-01-15")))
REACHED = Register(register(PRESENT, spread("I", "2026-10-05", "2026-10-23")))
ADDED_UP = Register(register(PRESENT, *(spread("I", f"2026-11-{on:02}") for on in range(3, 28, 2))))
CARRIED = Register(register(spread("I", "2026-07-20", "2026-07-21", THREE_YEARS), spread("I", "2026-09-03")))
ENDED_LAST_YEAR = Register(register(spread("/", "2026-07-20", "2026-07-21", THREE_YEARS), PRESENT))
NO_MARKS = Register({})
LEFT = Register(A_FEW_DAYS.years, (Window(None, day("2026-10-06")),))
CAME = Register(REACHED.years, (Window(day("2026-10-12")),))
NEVER = Register(REACHED.years, ())
CAST = [A_FEW_DAYS, RUNNING, REACHED, ADDED_UP, CARRIED, ENDED_LAST_YEAR, NO_MARKS, LEFT, CAME, NEVER]


def one_by_one(registers: Sequence[Register], as_of: str, threshold: float = 15) -> list[Count]:
    return [
        count(HEALTH, pupil.years, THREE_YEARS, day(as_of), threshold, windows=pupil.windows)
        for pupil in registers
    ]


@pytest.mark.parametrize(
    "as_of", ["2026-08-20", "2026-09-03", "2026-10-23", "2027-01-15", "2027-07-31", "2028-03-01"]
)
@pytest.mark.parametrize("threshold", [0.5, 3, 15])
def test_each_pupil_gets_their_own_answer_in_order(as_of, threshold):
    registers = (CAST * 3)[::-1]
    found = count_many(HEALTH, registers, THREE_YEARS, day(as_of), threshold)
    assert found == one_by_one(registers, as_of, threshold)


def test_batches_join_without_a_seam():
    registers = CAST * 250
    found = count_many(HEALTH, registers, THREE_YEARS, day("2027-01-15"))
    assert found == one_by_one(CAST, "2027-01-15") * 250


def test_nobody_is_counted_as_nobody():
    assert count_many(HEALTH, [], REFERENCE, day("2027-01-15")) == []


def test_a_calendar_without_terms_counts_nothing():
    found = count_many(HEALTH, CAST, SchoolCalendar([]), day("2027-01-15"))
    assert found == [Count(0.0, 0.0, 0.0)] * len(CAST)


def test_marks_that_do_not_fill_the_grid_are_refused():
    with pytest.raises(ValueError, match="732 marks"):
        count_many(HEALTH, [*CAST, Register({2026: "I"})], REFERENCE, day("2027-01-15"))


def test_a_threshold_is_checked_as_for_one():
    with pytest.raises(ValueError, match="positive number of half days"):
        count_many(HEALTH, CAST, REFERENCE, day("2027-01-15"), 0)


def test_it_costs_a_fraction_of_a_plain_loop():
    """On an idle machine the ratio is about 12; the claim leaves room for a busy one."""
    registers = [REACHED, *[ENDED_LAST_YEAR] * 4, *[A_FEW_DAYS] * 15] * 100
    plain, bulk = 1e9, 1e9
    for _ in range(3):
        started = process_time()
        expected = [plain_loop(register.years[2026], REFERENCE) for register in registers]
        halfway = process_time()
        found = count_many(STATUTORY, registers, REFERENCE, day("2027-07-20"))
        plain, bulk = min(plain, halfway - started), min(bulk, process_time() - halfway)
    assert [figures(answer) for answer in found] == expected
    assert plain / bulk > 3


def figures(answer: Count) -> tuple[float, float, float, SessionAt | None, SessionAt | None]:
    return (
        answer.days,
        answer.spell_days,
        answer.longest_spell_days,
        answer.reached_consecutive,
        answer.reached_cumulative,
    )


def plain_loop(
    marks: str, calendar: SchoolCalendar
) -> tuple[float, float, float, SessionAt | None, SessionAt | None]:
    """The plainest count of I there is, a mark at a time, without a forecast."""
    total = spell = longest = 0
    consecutive = cumulative = None
    mask = calendar.mask(2026)
    for place, mark in enumerate(marks):
        if not mask[place]:
            continue
        if mark == "I":
            total += 1
            spell += 1
        elif mark not in "QXZ#abcdefg.-":
            spell = 0
        longest = max(longest, spell)
        if spell >= 30 and consecutive is None:
            consecutive = session_at(2026, place)
        if total >= 30 and cumulative is None:
            cumulative = session_at(2026, place)
    return total / 2, spell / 2, longest / 2, consecutive, cumulative
