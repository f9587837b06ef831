"""What a register tells a case: when the child went away, and when they came back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

# School days with an absence for health reasons, in a row, from which it is told. A day at the dentist is not.
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class DayHeld:
    """A school day of which a mark is held, and whether any of its sessions was missed for health reasons."""

    on: date
    away: bool


@dataclass(frozen=True, slots=True)
class Absence:
    """School days missed in a row. `back_on`: the next day with marks, none of them missed; None while it lasts."""

    first_on: date
    school_days: int
    back_on: date | None = None


def absences(days: Iterable[DayHeld], shortest: int = SHORTEST) -> Iterator[Absence]:
    """Absences of at least so many school days, oldest first. `days` are in the order of time.

    A school day without any mark neither ends an absence nor adds to it: nobody knows.
    """
    first_on: date | None = None
    length = 0
    for day in days:
        if day.away:
            first_on = first_on or day.on
            length += 1
            continue
        if first_on and length >= shortest:
            yield Absence(first_on, length, day.on)
        first_on, length = None, 0
    if first_on and length >= shortest:
        yield Absence(first_on, length)
