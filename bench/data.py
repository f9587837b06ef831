"""Generated registers of an authority, in memory and as files: the same for everybody who is measured."""

import random
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import holidays

from onroll.actions.demo.registers import Marker, terms
from onroll.domain.identifiers import upn_check_letter
from onroll.domain.register import CODE_OF_CHAR
from onroll.domain.schoolcalendar import (
    CalendarEntry,
    Kind,
    Layer,
    SchoolCalendar,
    Session,
    grid_position,
    session_at,
)

YEAR = 2026
AS_OF = date(2027, 7, 21)  # a whole year of marks: 380 sessions or so


@lru_cache
def calendar() -> SchoolCalendar:
    """An ordinary school year, with the one before and the next one for forecasts, as demonstration schools have it."""
    years = (YEAR - 1, YEAR, YEAR + 1)
    closed = holidays.country_holidays("GB", subdiv="ENG", years=(*years, YEAR + 2))
    bank_holidays = [CalendarEntry(Kind.BANK_HOLIDAY, day, day, "", Layer.NATION) for day in closed]
    return SchoolCalendar([*bank_holidays, *(one for year in years for one in terms(year))])


@lru_cache
def registers(pupils: int, year: int = YEAR) -> list[str]:
    """So many pupils' marks of one school year."""
    marker = Marker(calendar(), year, AS_OF, random.Random(7))
    return [marker.one(number % 60) for number in range(pupils)]


def sessions(year: int = YEAR) -> list[int]:
    """The places on the grid at which a session exists, up to as-of."""
    mask = calendar().mask(year)
    end = grid_position(AS_OF, Session.PM) + 1 if year == YEAR else len(mask)
    return [place for place in range(end) if mask[place]]


def upn(number: int) -> str:
    """A UPN with a right check letter, one for each number, at an establishment that no demo school has."""
    body = f"899{7000 + number // 1000:04}21{number % 1000:03}"
    return upn_check_letter(body) + body


def long_file(path: Path, pupils: int, years: Sequence[int] = (YEAR,)) -> int:
    """Write a line for each mark, and return how many there are."""
    marks = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("UPN,Date,Session,Mark\r\n")
        for year in years:
            places = _named(year)
            for number, row in enumerate(registers(pupils, year)):
                who = upn(number)
                file.writelines(
                    f"{who},{on},{half},{CODE_OF_CHAR[row[place]]}\r\n" for place, on, half in places
                )
                marks += len(places)
    return marks


def wide_file(path: Path, pupils: int) -> int:
    """Write a line for each pupil with a column for each session, and return how many marks there are."""
    places = _named(YEAR)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(["UPN", *(f"{on} {half}" for _, on, half in places)]) + "\r\n")
        for number, row in enumerate(registers(pupils)):
            file.write(
                ",".join([upn(number), *(CODE_OF_CHAR[row[place]] for place, _, _ in places)]) + "\r\n"
            )
    return pupils * len(places)


def _named(year: int) -> list[tuple[int, str, str]]:
    """Each session's place, date and half, as files name them."""
    found = ((place, session_at(year, place)) for place in sessions(year))
    return [(place, f"{at.date:%d/%m/%Y}", str(at.session)) for place, at in found]
