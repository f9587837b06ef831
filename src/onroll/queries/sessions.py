"""A pupil's sessions as pages show them: day by day, with what each counts as."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from onroll.domain.register import CODE_OF_CHAR, NO_MARK, Rule
from onroll.domain.schoolcalendar import (
    GRID_LENGTH,
    SchoolCalendar,
    Session,
    grid_position,
    school_year,
    year_end,
    year_start,
)

_NO_MARKS = NO_MARK * GRID_LENGTH


class Marked(NamedTuple):
    """One session: its national code ("" where no mark is held, "-" where the register was not taken)."""

    code: str
    counts: bool


class MarkedDay(NamedTuple):
    """One school day; a half that is no session is None."""

    on: date
    am: Marked | None
    pm: Marked | None


class DayAt(NamedTuple):
    """Where the marks of a school day stand: its school year, and a place in the grid for each half."""

    on: date
    year: int
    am: int | None
    pm: int | None


# Kept by calendar, which never changes: an edited one is another.
@lru_cache(maxsize=256)
def last_days(calendar: SchoolCalendar, as_of: date, how_many: int) -> tuple[DayAt, ...]:
    """The last school days up to a date, oldest first."""
    return tuple(_day_at(calendar, on) for on in calendar.last_school_days(as_of, how_many))


@lru_cache(maxsize=256)
def days_of_year(calendar: SchoolCalendar, year: int) -> tuple[DayAt, ...]:
    """Every school day of a school year, in the order of time."""
    dates = dict.fromkeys(at.date for at in calendar.sessions(year_start(year), year_end(year)))
    return tuple(_day_at(calendar, on) for on in dates)


def marked_days(years: Mapping[int, str], days: Iterable[DayAt], rule: Rule) -> tuple[MarkedDay, ...]:
    """What is held of a pupil for each of these days."""
    said = _said_under(rule)
    found = []
    for on, year, am, pm in days:
        marks = years.get(year, _NO_MARKS)
        found.append(
            MarkedDay(on, None if am is None else said[marks[am]], None if pm is None else said[marks[pm]])
        )
    return tuple(found)


def _day_at(calendar: SchoolCalendar, on: date) -> DayAt:
    places = (grid_position(on, half) if calendar.is_session(on, half) else None for half in Session)
    return DayAt(on, school_year(on), *places)


@lru_cache(maxsize=64)
def _said_under(rule: Rule) -> dict[str, Marked]:
    """What each stored character says under a rule, made once for all pupils."""
    said = {char: Marked(code, code in rule.adds) for char, code in CODE_OF_CHAR.items()}
    return said | {NO_MARK: Marked("", counts=False)}
