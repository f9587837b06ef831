"""The sessions that exist for one pupil, as masks over the grid: the calendar's, inside the pupil's periods."""

from datetime import date, timedelta
from functools import lru_cache

from onroll.domain.register.codes import CODE_OF_CHAR, NO_MARK
from onroll.domain.register.rules import Effect, Rule
from onroll.domain.register.windows import Windows, clipped
from onroll.domain.schoolcalendar import (
    GRID_LENGTH,
    SchoolCalendar,
    Session,
    grid_position,
    school_year,
    year_end,
    year_start,
)

ADD, BREAK, SKIP = b"a", b" ", b"\0"
"""What a stored mark becomes under a rule. BREAK is white space, so that `bytes.split()` gives the spells."""

OPEN = 0xFF
UNMARKED = NO_MARK * GRID_LENGTH
"""The marks of a year of which nothing is known."""

_LETTERS = {Effect.ADDS: ADD[0], Effect.BREAKS: BREAK[0]}


@lru_cache(maxsize=64)
def effects_table(rule: Rule) -> bytes:
    """The table for `bytes.translate` that turns stored characters into ADD, BREAK and SKIP."""
    table = bytearray(256)
    for char, code in CODE_OF_CHAR.items():
        table[ord(char)] = _LETTERS.get(rule.effect(code), SKIP[0])
    return bytes(table)


def check_length(marks: str) -> None:
    """Raise ValueError unless the marks fill the grid of a school year: shorter ones would be read askew."""
    if len(marks) != GRID_LENGTH:
        raise ValueError(f"a school year has {GRID_LENGTH} marks, not {len(marks)}")


class Ground:
    """Where the marks of pupils with one calendar and the same periods are looked at, as of one day."""

    __slots__ = ("_ahead", "_calendar", "_masks", "_numbers", "as_of", "first_place", "places", "year")

    def __init__(self, calendar: SchoolCalendar, windows: Windows, as_of: date) -> None:
        self._calendar = calendar
        self.as_of = as_of
        self.year = school_year(as_of)
        self.places = grid_position(as_of, Session.PM) + 1
        self._masks: dict[int, bytes] = {}
        self._numbers: dict[int, int] = {}
        self._ahead: tuple[int, list[date], int] = (0, [], 0)
        if windows is not None:
            self._draw(windows)
        self.first_place = self.mask(self.year).find(OPEN, 0, self.places)
        """The first session of this year up to as-of; -1 when there is none."""

    def mask(self, year: int) -> bytes:
        """GRID_LENGTH bytes: 0xFF where the pupils have a session, else 0x00."""
        return self._masks.get(year) or self._calendar.mask(year)

    def row(self, table: bytes, marks: str, year: int) -> bytes:
        """What the marks of a year do, place by place up to as-of: ADD, BREAK, or SKIP.

        SKIP also stands where the pupil has no session, whatever is stored there.
        """
        check_length(marks)
        number = self._numbers.get(year)
        if number is None:
            mask = self.mask(year)
            mask = mask[: self.places] if year == self.year else mask
            number = self._numbers[year] = int.from_bytes(mask, "little")
        effects = int.from_bytes(marks.encode("ascii").translate(table), "little")
        return (effects & number).to_bytes(GRID_LENGTH, "little")

    def ahead(self, sessions: int) -> tuple[list[date], int]:
        """The dates of the next sessions after as-of, as many as asked; and how many of them are in this year.

        Fewer when the calendar, or the pupil's time in it, ends first.
        """
        wanted, dates, this_year = self._ahead
        if wanted != sessions:
            dates = self._look_ahead(sessions)
            this_year = sum(1 for on in dates if on <= year_end(self.year))
            self._ahead = (sessions, dates, this_year)
        return dates, this_year

    def _look_ahead(self, sessions: int) -> list[date]:
        dates: list[date] = []
        place, last_on = self.places - 1, self._calendar.last_on
        for year in range(self.year, school_year(last_on) + 1 if last_on else self.year):
            mask = self.mask(year)
            while len(dates) < sessions and (place := mask.find(OPEN, place + 1)) >= 0:
                dates.append(year_start(year) + timedelta(days=place // 2))
            place = -1
        return dates

    def _draw(self, windows: Windows) -> None:
        """Cut the calendar's masks down to the periods."""
        first_on, last_on = self._calendar.first_on, self._calendar.last_on
        if first_on is None or last_on is None:
            return
        for year in range(school_year(first_on), school_year(last_on) + 1):
            periods = clipped(windows, year_start(year), year_end(year))
            if periods is None:
                continue
            whole, mask = self._calendar.mask(year), bytearray(GRID_LENGTH)
            for first, last in periods:
                if first is not None and last is not None:
                    places = slice(grid_position(first, Session.AM), grid_position(last, Session.PM) + 1)
                    mask[places] = whole[places]
            self._masks[year] = bytes(mask)
