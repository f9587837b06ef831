"""Invented marks: mostly present, the odd cold, and a few children who are ill for long."""

import random
from datetime import date, timedelta

from onroll.domain.register import CHAR_OF_CODE, NO_MARK
from onroll.domain.schoolcalendar import (
    GRID_LENGTH,
    CalendarEntry,
    Kind,
    SchoolCalendar,
    Session,
    grid_position,
    school_year,
)

_C2 = CHAR_OF_CODE["C2"]
# Weeks of each term from the first Monday of September: (name, first week, weeks).
_TERMS = (("1", 0, 7), ("2", 8, 7), ("3", 17, 6), ("4", 24, 6), ("5", 32, 6), ("6", 39, 7))


def terms(year: int) -> list[CalendarEntry]:
    """An ordinary six-term year, with two staff training days."""
    september = date(year, 9, 1)
    monday = september + timedelta(days=-september.weekday() % 7)
    entries = []
    for name, week, weeks in _TERMS:
        first = monday + timedelta(weeks=week)
        last = first + timedelta(weeks=weeks) - timedelta(days=3)
        entries.append(CalendarEntry(Kind.TERM, first, last, f"Term {name}"))
        if name in {"1", "3"}:
            entries.append(CalendarEntry(Kind.INSET, first, first, "Staff training"))
    last_day = entries[-1].last
    entries.append(CalendarEntry(Kind.AM_ONLY, last_day, last_day, "End of the summer term"))
    return entries


class Marker:
    """Makes the marks of one school's pupils for one school year, up to a date."""

    def __init__(self, calendar: SchoolCalendar, year: int, marks_to: date, chance: random.Random) -> None:
        self.chance = chance
        mask = calendar.mask(year)
        end = GRID_LENGTH if school_year(marks_to) != year else grid_position(marks_to, Session.PM) + 1
        self.places = [place for place in range(end) if mask[place]]
        self.present = bytearray(NO_MARK * GRID_LENGTH, "ascii")
        for place in self.places:
            self.present[place] = ord("\\/"[place % 2 == 0])

    def ordinary(self) -> bytearray:
        """A year with a few short absences."""
        grid, chance = bytearray(self.present), self.chance
        for _ in range(min(int(chance.expovariate(0.9)), 6)):
            self.spell(grid, chance.randrange(len(self.places)), chance.choice((1, 2, 2, 2, 3, 4, 4, 6)), "I")
        if chance.random() < 0.35:
            self.spell(grid, chance.randrange(len(self.places)), 1, "M")
        for code, share in (("L", 0.5), ("U", 0.12), ("V", 0.2), ("C", 0.05), ("G", 0.04), ("N", 0.06)):
            if chance.random() < share:
                self.spell(grid, chance.randrange(len(self.places)), chance.choice((1, 1, 2)), code)
        return grid

    def long_illness(self, sessions: int) -> bytearray:
        """Ill for the last so many sessions, still running; before that an ordinary year."""
        grid = self.ordinary()
        start = max(len(self.places) - sessions, 0)
        self.spell(grid, start, sessions, "I")
        if sessions > 6:
            self.spell(grid, start + 5, 1, "M")
        return grid

    def on_and_off(self, days_a_week: int) -> bytearray:
        """A condition that takes the same days of most weeks: nothing long, much in all."""
        grid = self.ordinary()
        for index in range(0, len(self.places) - 10, 10):
            if self.chance.random() < 0.75:
                self.spell(grid, index, days_a_week * 2, "I")
        return grid

    def part_time(self, weeks: int) -> bytearray:
        """Mornings only for the last so many weeks."""
        grid = self.ordinary()
        for place in self.places[-weeks * 10 :]:
            if place % 2:
                grid[place] = ord(_C2)
        return grid

    def spell(self, grid: bytearray, start: int, sessions: int, code: str) -> None:
        """Write one code over a run of the school's sessions."""
        for place in self.places[start : start + sessions]:
            grid[place] = ord(code)

    def one(self, kind: int) -> str:
        """One pupil's marks. `kind` runs from 0 to 59, so that three pupils in sixty have a lasting health need."""
        chance = self.chance
        if not self.places:
            return NO_MARK * GRID_LENGTH
        if kind == 7:
            grid = self.long_illness(chance.choice((8, 14, 18, 22, 24, 26, 28, 29, 34, 46)))
        elif kind == 23:
            grid = self.on_and_off(chance.choice((1, 1, 2)))
        elif kind == 41:
            grid = self.part_time(chance.choice((2, 3, 5)))
        else:
            grid = self.ordinary()
        return grid.decode("ascii")
