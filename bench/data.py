"""Generated registers of an authority: the same for everybody who is measured."""

import random
from datetime import date
from functools import lru_cache

from onroll.actions.demo.registers import Marker, terms
from onroll.domain.schoolcalendar import SchoolCalendar

YEAR = 2026
AS_OF = date(2027, 7, 21)  # a whole year of marks: 380 sessions or so


@lru_cache
def calendar() -> SchoolCalendar:
    """An ordinary school year, with the next one for forecasts."""
    return SchoolCalendar([*terms(YEAR), *terms(YEAR + 1)])


@lru_cache
def registers(pupils: int) -> list[str]:
    """So many pupils' marks of one school year."""
    marker = Marker(calendar(), YEAR, AS_OF, random.Random(7))
    return [marker.one(number % 60) for number in range(pupils)]


def sessions() -> list[int]:
    """The places on the grid at which a session exists, up to as-of."""
    mask = calendar().mask(YEAR)
    return [place for place in range(len(mask)) if mask[place]]
