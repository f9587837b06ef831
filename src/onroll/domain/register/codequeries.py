"""Marks that somebody must look at: N left too long, marks where there is no session, sessions not taken."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from onroll.domain.register.codes import CHAR_OF_CODE, CODE_OF_CHAR, NO_MARK, NOT_TAKEN
from onroll.domain.register.ground import ADD, SKIP, Ground, check_length
from onroll.domain.register.windows import Windows
from onroll.domain.schoolcalendar import SchoolCalendar, SessionAt, session_at

N_SCHOOL_DAYS = 5
"""School days within which N must give way to the right code (guidance of August 2024)."""

_SILENT = frozenset({NOT_TAKEN, "#", "Z"})
"""Codes that may stand where there is no session: they say that there is none."""


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A session still marked N, and the date by which its reason was due."""

    at: SessionAt
    due_on: date


@dataclass(frozen=True, slots=True)
class Stray:
    """A mark where the calendar has no session, and what the calendar says of it."""

    at: SessionAt
    code: str
    why: str


def n_due_on(calendar: SchoolCalendar, on: date) -> date | None:
    """The fifth school day after `on`, by which an N of that date must be explained.

    None when the calendar ends first.
    """
    return calendar.add_school_days(on, N_SCHOOL_DAYS)


def old_unexplained(
    years: Mapping[int, str], calendar: SchoolCalendar, on: date, *, windows: Windows = None
) -> list[Unexplained]:
    """The sessions of the years given that are still N when `on` is past their due date."""
    table, found = _table(CHAR_OF_CODE["N"]), []
    for at in _hits(Ground(calendar, windows, on), table, years):
        due_on = n_due_on(calendar, at.date)
        if due_on is not None and due_on < on:
            found.append(Unexplained(at, due_on))
    return found


def not_taken(
    years: Mapping[int, str], calendar: SchoolCalendar, until: date, *, windows: Windows = None
) -> list[SessionAt]:
    """The pupil's sessions of the years given, up to and including `until`, marked `-` or not at all.

    `until` is best the last date on which the school has any marks.
    """
    return list(_hits(Ground(calendar, windows, until), _table(NO_MARK + NOT_TAKEN), years))


def stray_marks(years: Mapping[int, str], calendar: SchoolCalendar) -> list[Stray]:
    """The marks of the years given that stand where the calendar has no session.

    `-`, # and Z are at home there and are left out.
    """
    table = _table("".join(char for code, char in CHAR_OF_CODE.items() if code not in _SILENT))
    found = []
    for year in sorted(years):
        check_length(years[year])
        marked, mask = years[year].encode("ascii").translate(table), calendar.mask(year)
        for place in _places(marked):
            if not mask[place]:
                at = session_at(year, place)
                found.append(Stray(at, CODE_OF_CHAR[years[year][place]], calendar.why(at.date, at.session)))
    return found


@lru_cache(maxsize=8)
def _table(chars: str) -> bytes:
    """A table for `Ground.row` that finds these stored characters."""
    return bytes(ADD[0] if chr(char) in chars else SKIP[0] for char in range(256))


def _hits(ground: Ground, table: bytes, years: Mapping[int, str]) -> Iterator[SessionAt]:
    for year in sorted(year for year in years if year <= ground.year):
        for place in _places(ground.row(table, years[year], year)):
            yield session_at(year, place)


def _places(row: bytes) -> Iterator[int]:
    place = row.find(ADD)
    while place >= 0:
        yield place
        place = row.find(ADD, place + 1)
