"""What a file speaks of, and how much it says in each week."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from onroll.domain.register import NO_MARK
from onroll.domain.register.coverage import Coverage, Week, stored_mask
from onroll.domain.schoolcalendar import GRID_LENGTH, Session, grid_position

registers = st.text("I/.....", min_size=GRID_LENGTH, max_size=GRID_LENGTH)


def register(**marks: str) -> str:
    """A year with marks by "d2026_09_07_AM"."""
    grid = [NO_MARK] * GRID_LENGTH
    for at, mark in marks.items():
        year, month, day, session = at[1:].split("_")
        grid[grid_position(date(int(year), int(month), int(day)), Session(session))] = mark
    return "".join(grid)


def coverage(*registers: tuple[int, str]) -> Coverage:
    found = Coverage()
    for year, marks in registers:
        found.add(year, marks)
    return found


def test_weeks_run_from_the_first_mark_to_the_last_with_the_empty_ones_between():
    found = coverage(
        (2026, register(d2026_09_07_AM="/", d2026_09_11_PM="I", d2026_09_23_AM="/")),
        (2026, register(d2026_09_07_AM="L")),
    )
    assert found.weeks() == [
        Week(date(2026, 9, 7), 3),
        Week(date(2026, 9, 14), 0),
        Week(date(2026, 9, 21), 1),
    ]
    assert found.ends() == (date(2026, 9, 7), date(2026, 9, 23))


def test_a_week_may_run_over_the_end_of_a_school_year():
    found = coverage((2025, register(d2026_07_31_AM="/")), (2026, register(d2026_08_01_AM="/")))
    assert found.weeks() == [Week(date(2026, 7, 27), 2)]


def test_a_file_without_a_mark_covers_nothing():
    found = coverage((2026, NO_MARK * GRID_LENGTH))
    assert (found.weeks(), found.ends()) == ([], None)
    assert stored_mask(found.stored(), 2026) == b"\0" * GRID_LENGTH


def test_a_session_that_the_file_has_a_place_for_is_covered_though_nobody_has_a_mark():
    found = coverage((2026, register(d2026_09_07_AM="/")))
    found.ask(date(2026, 9, 7), Session.PM)
    found.ask(date(2026, 7, 31), Session.AM)
    assert list(found.stored()) == ["2025", "2026"]
    assert found.mask(2026).count(0xFF) == 2
    assert found.weeks() == [Week(date(2026, 9, 7), 1)]
    assert found.ends() == (date(2026, 9, 7), date(2026, 9, 7))


def test_more_pupils_than_a_byte_can_count_are_counted():
    found = coverage(*[(2026, register(d2026_09_07_AM="/"))] * 600)
    assert found.weeks() == [Week(date(2026, 9, 7), 600)]


@given(st.lists(registers, min_size=1, max_size=5))
def test_the_stored_mask_is_the_mask(given):
    found = coverage(*((2026, marks) for marks in given))
    plain = bytes(
        0xFF if any(marks[place] != NO_MARK for marks in given) else 0 for place in range(GRID_LENGTH)
    )
    assert found.mask(2026) == plain
    assert stored_mask(found.stored(), 2026) == plain
    assert stored_mask(found.stored(), 2025) == b"\0" * GRID_LENGTH
