"""Read a brought register into grids, once through and fast; `rejects` goes through it again to say what was wrong.

What is kept grows with the pupils, school years and sessions of the file, never with its lines.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from onroll.domain.register.codes import NO_MARK
from onroll.domain.register.comparison import NO_MARKS, marked, places_on
from onroll.domain.register.files.codebook import EMPTY, UNKNOWN, CodeBook
from onroll.domain.register.files.headings import Role
from onroll.domain.register.files.lines import (
    Entry,
    Flaw,
    Furniture,
    Identity,
    LongLines,
    PupilKey,
    PupilRow,
    Rows,
)
from onroll.domain.register.files.shapes import Layout, Shape
from onroll.domain.register.files.wide import Run, Slot, WideLines, has_fault, without_faults
from onroll.domain.schoolcalendar import GRID_LENGTH, SessionAt, session_at

MOST_REGISTERS = 300_000
"""Pupils times school years in one file: four times the largest authority. It bounds the memory."""

_MOST_UNKNOWN = 1000
_MOST_TEXTS = 2 * MOST_REGISTERS
_LONGEST = 12
_NOWHERE = -1
_BLANK = NO_MARKS.encode("ascii")


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

    def __init__(self, layout: Layout, rows: Rows) -> None:
        self.reading = Reading(layout)
        self.identity = Identity(layout)
        self._rows = rows
        self._registers = 0

    def pupil(self, key: PupilKey, row: list[str]) -> None:
        """Take note of a pupil of whom a line can be read."""
        if key not in self.reading.pupils:
            self.reading.pupils[key] = self.identity.pupil(row, key, self._rows.line(row))

    def grid(self, year: int, key: PupilKey, row: list[str]) -> bytearray:
        """The pupil's grid of a school year, a new one when there was none."""
        grids = self.reading.registers.setdefault(year, {})
        grid = grids.get(key)
        if grid is None:
            self._registers += 1
            if self._registers > MOST_REGISTERS:
                raise ReadingStopped(
                    self._rows.line(row),
                    f"The file names more than {MOST_REGISTERS:,} pupils. Check which column holds the UPN.",
                )
            grid = grids[key] = bytearray(_BLANK)
        return grid

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

    def line(self, row: list[str]) -> int:
        """The line of the file on which the row begins."""
        return self._rows.line(row)


def never(_: date) -> bool:
    """The `half_day` of somebody who does not know the calendar."""
    return False


def read_marks(
    rows: Rows, layout: Layout, book: CodeBook, *, half_day: Callable[[date], bool] = never
) -> Reading:
    """Read every mark of a file. `half_day` says of a date that it has a morning only (see `daycells`).

    Raises ReadingStopped for a file that names more pupils than there can be.
    """
    if layout.shape is Shape.LONG:
        return _LongReader(rows, layout, book).read(data_rows(rows, layout))
    return _read_wide(rows, layout, book, half_day)


def data_rows(rows: Iterable[list[str]], layout: Layout) -> Iterator[list[str]]:
    """The rows below the header."""
    found = iter(rows)
    for _ in range(layout.skip):
        next(found, None)
    return found


class _LongReader:
    """The fast way through a long file: four look-ups a line of texts met before, else `_slowly`."""

    def __init__(self, rows: Rows, layout: Layout, book: CodeBook) -> None:
        self._rows = rows
        self._collector = Collector(layout, rows)
        self._lines = LongLines(layout, book)
        self._furniture = Furniture(layout)
        self._known = book.known
        self._date, self._session = layout.columns[Role.DATE], layout.columns[Role.SESSION]
        self._who = layout.columns.get(Role.UPN, layout.columns.get(Role.ADMISSION, _NOWHERE))
        self._days: dict[str, tuple[dict[str, bytearray], int]] = {}
        self._halves: dict[str, int] = {}
        self._grids: dict[int, dict[str, bytearray]] = {}

    def read(self, data: Iterable[list[str]]) -> Reading:
        """Fill a reading with every line."""
        days, halves, known, slowly, empty = self._days, self._halves, self._known, self._slowly, EMPTY
        on, who, session, mark = self._date, max(self._who, 0), self._session, self._lines.mark_column
        total = 0
        for total, row in enumerate(data, 1):  # noqa: B007 - the number of lines is wanted
            try:
                grids, start = days[row[on]]
                grid = grids[row[who]]
                place = start + halves[row[session]]
                char = known[row[mark]]
            except (KeyError, IndexError):
                slowly(row)
                continue
            if grid[place] == empty:
                grid[place] = char
            elif grid[place] != char:
                slowly(row)
        reading = self._collector.reading
        reading.lines = total - reading.passed_over
        return reading

    def _slowly(self, row: list[str]) -> None:
        collector = self._collector
        reading = collector.reading
        if self._furniture.is_passed_over(row):
            reading.passed_over += 1
            return
        entry = self._lines.read(row)
        if isinstance(entry, Flaw):
            reading.flawed = True
            return
        collector.pupil(entry.key, row)
        grid = collector.grid(entry.year, entry.key, row)
        reading.dates.add(entry.on)
        self._remember(row, entry, grid)
        if entry.char == UNKNOWN:
            collector.rejected(entry.on, self._lines.raw_mark(row))
        elif grid[entry.place] == EMPTY:
            grid[entry.place] = entry.char
        elif entry.char not in (EMPTY, grid[entry.place]):
            rival = Rival(self._rows.line(row), self._lines.mark_column, entry.char)
            collector.disagree(entry.year, entry.key, entry.place, rival)

    def _remember(self, row: list[str], entry: Entry, grid: bytearray) -> None:
        """Keep the texts of the line, so that the next line with them is read the fast way."""
        half = entry.place % 2
        grids = self._grids.setdefault(entry.year, {})
        for texts in (self._days, grids):
            if len(texts) > _MOST_TEXTS:  # a column without end of texts must not fill the memory
                texts.clear()
        self._days[row[self._date]] = (grids, entry.place - half)
        self._halves[row[self._session]] = half
        if self._who != _NOWHERE and not row[self._who].isspace() and row[self._who]:
            grids[row[self._who]] = grid


def _read_wide(rows: Rows, layout: Layout, book: CodeBook, half_day: Callable[[date], bool]) -> Reading:
    collector, lines, furniture = (
        Collector(layout, rows),
        WideLines(layout, book, half_day),
        Furniture(layout),
    )
    reading = collector.reading
    for row in data_rows(rows, layout):
        if furniture.is_passed_over(row):
            reading.passed_over += 1
            continue
        reading.lines += 1
        key = collector.identity.key(row)
        if key is None:
            reading.flawed = True
            continue
        collector.pupil(key, row)
        marks = lines.read(row)
        if has_fault(marks):
            for fault in lines.faults(row, marks):
                collector.rejected(fault.slot.column.date, fault.unknown or "")
            marks = without_faults(marks)
        for layer in lines.layers:
            for year, runs in layer.items():
                _lay(collector, (year, key), row, marks, runs, lines.slots)
    if reading.pupils:
        reading.flawed = reading.flawed or bool(layout.unread)
        reading.dates.update(column.date for column in layout.days)
    return reading


def _lay(
    collector: Collector,
    register: tuple[int, PupilKey],
    row: list[str],
    marks: bytes,
    runs: list[Run],
    slots: Sequence[Slot],
) -> None:
    """Put a line's marks into a grid, run by run where the grid is blank, else cell by cell."""
    grid = collector.grid(*register, row)
    is_new = grid == _BLANK
    for first, last, place in runs:
        piece, end = marks[first:last], place + last - first
        if is_new:
            grid[place:end] = piece
        elif grid[place:end] != piece:
            for at, char in enumerate(piece, place):
                if grid[at] == EMPTY:
                    grid[at] = char
                elif char not in (EMPTY, grid[at]):
                    column = slots[first + at - place].column.at
                    collector.disagree(*register, at, Rival(collector.line(row), column, char))
