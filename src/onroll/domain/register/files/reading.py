"""What was read from a register: a grid for each pupil and school year.

What is kept grows with the pupils, school years and sessions of the file, never with its lines.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from onroll.domain.register.codes import NO_MARK
from onroll.domain.register.comparison import NO_MARKS, marked, places_on
from onroll.domain.register.files.lines import Identity, PupilKey, PupilRow
from onroll.domain.register.files.shapes import Layout
from onroll.domain.schoolcalendar import GRID_LENGTH, SessionAt, session_at

MOST_REGISTERS = 300_000
"""Pupils times school years in one file: four times the largest authority. It bounds the memory."""

_MOST_UNKNOWN = 1000
_LONGEST = 12


class ReadingStopped(Exception):
    """The file cannot be a register; says at which line that was seen, and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line, self.reason = line, reason


class Rival(NamedTuple):
    """The first cell that gives a session another mark than the file gave it before."""

    line: int
    column: int
    char: int


@dataclass(slots=True)
class Reading:
    """What a file says, a grid for each pupil and school year, before any calendar is asked."""

    layout: Layout
    pupils: dict[PupilKey, PupilRow] = field(default_factory=dict)
    """Every pupil of whom a line could be read, in the order of the file."""
    registers: dict[int, dict[PupilKey, bytearray]] = field(default_factory=dict)
    """By school year and pupil. Where lines contradict each other the first mark stands here: ask `marks`."""
    conflicts: dict[tuple[int, PupilKey], dict[int, Rival]] = field(default_factory=dict)
    """The places of a register for which lines contradict each other."""
    lines: int = 0
    """Lines of data, those that were passed over left out."""
    passed_over: int = 0
    """Blank lines, totals, and headers that came again."""
    flawed: bool = False
    """Whether a line or a cell could not be read, or had an unknown code: `rejects` tells which."""
    unknown: Counter[str] = field(default_factory=Counter)
    """How often each unknown code was met; rare ones may be missing when there are more than 1,000."""
    dates: set[date] = field(default_factory=set)
    """Dates of the lines that could be read, or of the columns."""
    rejected_on: set[date] = field(default_factory=set)
    """Dates for which a mark cannot be read or is no code."""

    @property
    def is_empty(self) -> bool:
        """Whether no line could be read."""
        return not self.pupils

    def marks(self, year: int, key: PupilKey) -> str:
        """A register as it may be used: conflicts left blank. Blank for a year the file says nothing about."""
        grid = self.registers.get(year, {}).get(key)
        if grid is None:
            return NO_MARKS
        marks = grid.decode("ascii")
        for place in self.conflicts.get((year, key), ()):
            marks = f"{marks[:place]}{NO_MARK}{marks[place + 1 :]}"
        return marks

    def years(self, key: PupilKey) -> dict[int, str]:
        """A pupil's registers by school year, conflicts left blank."""
        return {year: self.marks(year, key) for year, grids in self.registers.items() if key in grids}

    def marked(self, year: int) -> Iterator[SessionAt]:
        """Sessions of a school year for which any cell holds a mark, conflicts and `-` included."""
        union = 0
        for grid in self.registers[year].values():
            union |= int.from_bytes(marked(grid.decode("ascii")), "little")
        for place in places_on(union.to_bytes(GRID_LENGTH, "little")):
            yield session_at(year, place)


class Collector:
    """Fills a `Reading`: hands out grids, and notices when two cells disagree."""

    def __init__(self, layout: Layout) -> None:
        self.reading = Reading(layout)
        self.identity = Identity(layout)
        self._registers = 0

    def pupil(self, key: PupilKey, cells: Sequence[str], line: Callable[[Sequence[str]], int]) -> None:
        """Take note of a pupil of whom a line can be read."""
        if key not in self.reading.pupils:
            self.reading.pupils[key] = self.identity.pupil(cells, key, line(cells))

    def room(self, line: int) -> None:
        """Make sure that one more register may be added. Raises ReadingStopped when there are too many."""
        self._registers += 1
        if self._registers > MOST_REGISTERS:
            reason = f"The file names more than {MOST_REGISTERS:,} pupils. Check which column holds the UPN."
            raise ReadingStopped(line, reason)

    def disagree(self, year: int, key: PupilKey, place: int, rival: Rival) -> None:
        """Take note that a cell contradicts the grid; only the first such cell of a session is kept."""
        self.reading.conflicts.setdefault((year, key), {}).setdefault(place, rival)

    def rejected(self, on: date, raw: str) -> None:
        """Take note of a mark that cannot be used; of its text too, when it is no code."""
        self.reading.flawed = True
        self.reading.rejected_on.add(on)
        texts, text = self.reading.unknown, raw.strip()
        if text and len(text) <= _LONGEST and (text in texts or len(texts) < _MOST_UNKNOWN):
            texts[text] += 1
