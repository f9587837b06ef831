"""What a school calendar is made of: dated entries, each on a layer."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum


class Kind(StrEnum):
    """What an entry says about its dates; the values are the words of a calendar file."""

    TERM = "term"
    HOLIDAY = "holiday"
    INSET = "inset"
    BANK_HOLIDAY = "bank-holiday"
    CLOSURE = "closure"
    AM_ONLY = "am-only"


CLOSING = frozenset({Kind.HOLIDAY, Kind.INSET, Kind.BANK_HOLIDAY, Kind.CLOSURE})
"""The kinds that take both sessions of a date away."""


class Layer(IntEnum):
    """Whom an entry speaks for; a higher number is more specific."""

    NATION = 0
    TRUST = 1
    SCHOOL = 2
    YEAR_GROUP = 3
    PUPIL = 4


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One statement about the dates from `first` to `last`, both included.

    Raises ValueError when they are the wrong way round.
    """

    kind: Kind
    first: date
    last: date
    name: str = ""
    layer: Layer = Layer.SCHOOL

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a calendar entry ends ({self.last}) before it begins ({self.first})")
