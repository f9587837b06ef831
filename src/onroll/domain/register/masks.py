"""Masks over the grid of a school year: where a pupil is on roll, and which sessions have come."""

from datetime import date
from functools import lru_cache

from onroll.domain.register.windows import Windows, clipped
from onroll.domain.schoolcalendar import (
    GRID_LENGTH,
    Session,
    grid_position,
    school_year,
    year_end,
    year_start,
)

EVERYWHERE = b"\xff" * GRID_LENGTH
NOWHERE = bytes(GRID_LENGTH)


@lru_cache(maxsize=4096)
def on_roll_mask(windows: Windows, year: int) -> bytes:
    """0xFF at the sessions of a school year that lie in the periods, else 0x00; everywhere when none are known."""
    periods = clipped(windows, year_start(year), year_end(year))
    if periods is None:
        return EVERYWHERE
    mask = bytearray(NOWHERE)
    for first, last in periods:
        if first is not None and last is not None:
            low, high = grid_position(first, Session.AM), grid_position(last, Session.PM) + 1
            mask[low:high] = EVERYWHERE[low:high]
    return bytes(mask)


def until_mask(last: date, year: int) -> bytes:
    """0xFF at the sessions of a school year up to and including a date, else 0x00."""
    if year != school_year(last):
        return EVERYWHERE if year < school_year(last) else NOWHERE
    places = grid_position(last, Session.PM) + 1
    return EVERYWHERE[:places] + NOWHERE[places:]
