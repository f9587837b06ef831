"""Which sessions a file speaks of, and how many marks it has in each week."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from onroll.domain.register.comparison import marked
from onroll.domain.register.place_sums import PlaceSums
from onroll.domain.schoolcalendar import (
    GRID_LENGTH,
    Session,
    SessionAt,
    grid_position,
    school_year,
    session_at,
)

_TO_BIT = bytes(1 if char else 0 for char in range(256))


class Week(NamedTuple):
    """How many marks a file has in the week that begins on a Monday."""

    monday: date
    marks: int


class Coverage:
    """Adds up the marks of a file, a pupil's school year at a time."""

    def __init__(self) -> None:
        self._sums: dict[int, PlaceSums] = {}
        self._asked: dict[int, set[int]] = {}

    def ask(self, on: date, session: Session) -> None:
        """Take note that the file has a place for a session, though it may be blank for everybody."""
        self._asked.setdefault(school_year(on), set()).add(grid_position(on, session))

    def add(self, year: int, marks: str) -> None:
        """Count the marks of one pupil's school year."""
        self._sums.setdefault(year, PlaceSums()).add(int.from_bytes(marked(marks), "little"))

    def mask(self, year: int) -> bytes:
        """GRID_LENGTH bytes: 0xFF at each session that the file has a mark or a place for, else 0x00."""
        asked = self._asked.get(year, ())
        return bytes(0xFF if marks or place in asked else 0x00 for place, marks in enumerate(self._of(year)))

    def stored(self) -> dict[str, str]:
        """The masks of all years, short enough to keep with the import; `stored_mask` reads them."""
        return {str(year): _packed(self.mask(year)) for year in self._years()}

    def weeks(self) -> list[Week]:
        """The weeks from the first mark to the last, those without a mark between them included."""
        by_monday: dict[date, int] = {}
        for at, marks in self._sessions():
            monday = at.date - timedelta(days=at.date.weekday())
            by_monday[monday] = by_monday.get(monday, 0) + marks
        if not by_monday:
            return []
        first, last = min(by_monday), max(by_monday)
        mondays = (first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1))
        return [Week(monday, by_monday.get(monday, 0)) for monday in mondays]

    def ends(self) -> tuple[date, date] | None:
        """The first and the last date with a mark; None when there is no mark."""
        dates = self.dates()
        return (dates[0], dates[-1]) if dates else None

    def dates(self) -> list[date]:
        """The dates with a mark, in order."""
        return sorted({at.date for at, _ in self._sessions()})

    def _sessions(self) -> list[tuple[SessionAt, int]]:
        return [
            (session_at(year, place), self._of(year)[place])
            for year in self._years()
            for place in range(GRID_LENGTH)
            if self._of(year)[place]
        ]

    def _years(self) -> list[int]:
        return sorted({*self._sums, *self._asked})

    def _of(self, year: int) -> list[int]:
        return self._sums[year].counts() if year in self._sums else [0] * GRID_LENGTH


def stored_mask(stored: Mapping[str, str], year: int) -> bytes:
    """The mask of a year from what `Coverage.stored` gave; nothing is covered in a year that is not there."""
    bits = f"{int(stored.get(str(year), '0'), 16):b}"
    return bytes(0xFF if bit == "1" else 0x00 for bit in reversed(bits)).ljust(GRID_LENGTH, b"\0")


def _packed(mask: bytes) -> str:
    bits = "".join("1" if bit else "0" for bit in reversed(mask.translate(_TO_BIT)))
    return f"{int(bits, 2):x}"
