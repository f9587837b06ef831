"""The fixed grid of a school year: one place for every session of every date.

A school year runs from 1 August to 31 July and is named by its first calendar year.
The grid holds all seven days of every week, so that editing a calendar moves no mark.
"""

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

GRID_LENGTH = 732
"""Places in the grid: 366 dates of two sessions. The last two stay empty in a year without 29 February."""

_AUGUST = 8


class Session(StrEnum):
    """The two halves of a school day in which a register is taken."""

    AM = "AM"
    PM = "PM"


class SessionAt(NamedTuple):
    """One session of one date; sorts in the order of time."""

    date: date
    session: Session


def school_year(on: date) -> int:
    """The school year that `on` falls in: 2026 stands for 2026/27."""
    return on.year if on.month >= _AUGUST else on.year - 1


def year_start(year: int) -> date:
    """The first day of a school year, 1 August."""
    return date(year, _AUGUST, 1)


def year_end(year: int) -> date:
    """The last day of a school year, 31 July."""
    return date(year + 1, _AUGUST - 1, 31)


def grid_position(on: date, session: Session) -> int:
    """The place of a session in the grid of the school year that `on` falls in."""
    return 2 * (on - year_start(school_year(on))).days + (session is Session.PM)


def session_at(year: int, position: int) -> SessionAt:
    """The session that stands at a place of the grid.

    Raises ValueError for a place outside the year: so are the last two in a year without 29 February.
    """
    on = year_start(year) + timedelta(days=position // 2)
    if school_year(on) != year:
        raise ValueError(f"school year {year} has no place {position} in its grid")
    return SessionAt(on, Session.PM if position % 2 else Session.AM)
