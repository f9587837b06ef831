"""Where a pupil is on roll, and which sessions have come."""

from datetime import date

import pytest

from onroll.domain.register import Window
from onroll.domain.register.comparison import places_on
from onroll.domain.register.masks import EVERYWHERE, NOWHERE, on_roll_mask, until_mask
from onroll.domain.schoolcalendar import Session, grid_position, session_at


def days(mask: bytes, year: int) -> list[date]:
    return sorted({session_at(year, place).date for place in places_on(mask)})


@pytest.mark.parametrize(
    ("windows", "first", "last", "number"),
    [
        pytest.param((Window(date(2026, 9, 7), date(2026, 9, 8)),), (9, 7), (9, 8), 2, id="two days"),
        pytest.param((Window(date(2025, 9, 1), date(2026, 8, 2)),), (8, 1), (8, 2), 2, id="left in the holidays"),
        pytest.param(
            (Window(date(2026, 9, 7), date(2026, 9, 7)), Window(date(2026, 9, 9), date(2026, 9, 9))),
            (9, 7), (9, 9), 2, id="left and came back",
        ),
    ],
)  # fmt: skip
def test_the_mask_is_set_inside_the_periods(windows, first, last, number):
    found = days(on_roll_mask(windows, 2026), 2026)
    assert (found[0], found[-1], len(found)) == (date(2026, *first), date(2026, *last), number)


@pytest.mark.parametrize(
    ("windows", "mask"),
    [
        pytest.param(None, EVERYWHERE, id="no limit is known"),
        pytest.param((Window(date(2020, 9, 1), None),), EVERYWHERE, id="came long ago, still here"),
        pytest.param((), NOWHERE, id="never on roll"),
        pytest.param((Window(None, date(2026, 7, 31)),), NOWHERE, id="left the day before the year began"),
    ],
)
def test_the_mask_is_all_or_nothing_where_the_periods_are(windows, mask):
    assert on_roll_mask(windows, 2026) == mask


def test_a_day_has_come_with_both_of_its_sessions():
    mask = until_mask(date(2026, 9, 7), 2026)
    last = grid_position(date(2026, 9, 7), Session.PM)
    assert (mask[last], mask[last + 1]) == (0xFF, 0)


def test_last_year_has_come_and_next_year_has_not():
    assert until_mask(date(2026, 9, 7), 2025) == EVERYWHERE
    assert until_mask(date(2026, 9, 7), 2027) == NOWHERE
