"""Go through a register a second time and say, line by line, what was not used and why.

The first reading keeps no lines, so that a file of any length fits in memory; this one is made only when
there is something to say, and hands its findings out one at a time.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias

from onroll.domain.register.codes import CODE_OF_CHAR
from onroll.domain.register.comparison import SILENT
from onroll.domain.register.files.codebook import EMPTY, UNKNOWN, CodeBook, quoted, why_unknown
from onroll.domain.register.files.daycells import why_not_read
from onroll.domain.register.files.lines import Fault, Flaw, Furniture, Identity, LongLines, PupilKey, Rows
from onroll.domain.register.files.reader import data_rows, never
from onroll.domain.register.files.reading import Reading
from onroll.domain.register.files.shapes import Layout, Shape
from onroll.domain.register.files.wide import CellFault, Slot, WideLines, has_fault, without_faults
from onroll.domain.schoolcalendar import GRID_LENGTH, SessionAt, session_at

_SILENT = frozenset(map(ord, SILENT))
_PLACED = (Fault.NO_SESSION, Fault.OFF_ROLL, Fault.FUTURE, Fault.CONFLICT)

Verdicts: TypeAlias = Mapping[tuple[int, PupilKey], bytes]
"""For the school years and pupils that have any, what `verdict` made of their places."""

Words: TypeAlias = Callable[[Fault, SessionAt], str]
"""Says why a session is not used; never asked about a conflict, nor about a line that cannot be read."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One line, or one cell of a wide file, that is not used."""

    line: int
    fault: Fault
    reason: str
    column: int | None = None
    """The place of the column to look at, from 0; None when it is the whole line."""
    heading: str = ""
    cells: tuple[str, ...] = ()
    """The line as it stands; of a wide file only the cells that name the pupil, and the one at fault."""
    key: PupilKey | None = None
    """How the line names its pupil, where it does."""


class _Met(NamedTuple):
    """A cell that gave a contested session its mark."""

    line: int
    column: int
    char: int


def verdict(faults: Mapping[Fault, Iterable[int]]) -> bytes:
    """GRID_LENGTH bytes that say which places of a register are not used, and why.

    Only faults of a place: no session, off roll, in the future, in conflict; the first of these wins.
    """
    grid = bytearray(GRID_LENGTH)
    for number, fault in reversed(list(enumerate(_PLACED, 1))):
        for place in faults.get(fault, ()):
            grid[place] = number
    return bytes(grid)


def problems(
    rows: Rows,
    reading: Reading,
    book: CodeBook,
    *,
    verdicts: Verdicts,
    words: Words,
    strangers: Container[PupilKey] = frozenset(),
    half_day: Callable[[date], bool] = never,
) -> Iterator[Problem]:
    """Every line or cell that is not used, in the order of the file.

    `rows` are those of the file that `reading` was read from, with the same `book` and `half_day`.
    `strangers` are the pupils whom nobody knows: each of their lines is named, and nothing else about it.
    """
    judge = _Judge(reading, verdicts, words)
    if reading.layout.shape is Shape.LONG:
        return _long(rows, judge, book, strangers)
    return _wide(rows, judge, book, strangers, half_day)


class _Judge:
    """Says of one readable mark whether it is used, and remembers who spoke first where cells disagree."""

    def __init__(self, reading: Reading, verdicts: Verdicts, words: Words) -> None:
        self.layout = reading.layout
        self._reading = reading
        self._verdicts = verdicts
        self._words = words
        self._first: dict[tuple[int, PupilKey, int], _Met] = {}

    def has_any(self, year: int, key: PupilKey) -> bool:
        """Whether anything of this register is not used."""
        return (year, key) in self._verdicts

    def of(self, year: int, key: PupilKey, place: int, met: _Met) -> tuple[Fault, str] | None:
        """Why the mark is not used; None when it is, or when it says nothing."""
        found = self._verdicts.get((year, key))
        if met.char == EMPTY or found is None or not found[place]:
            return None
        fault = _PLACED[found[place] - 1]
        if fault is Fault.CONFLICT:
            return fault, self._against(year, key, place, met)
        return None if met.char in _SILENT else (fault, self._words(fault, session_at(year, place)))

    def _against(self, year: int, key: PupilKey, place: int, met: _Met) -> str:
        first = self._first.setdefault((year, key, place), met)
        other = first if first.char != met.char else _Met(*self._reading.conflicts[year, key][place])
        where = f"line {other.line}"
        if self.layout.shape is not Shape.LONG:
            where += f", column {other.column + 1}"
        here, there = (CODE_OF_CHAR[chr(char)] for char in (met.char, other.char))
        return f"The same session has two marks: {here} here, {there} on {where}. Neither is used."


def _long(rows: Rows, judge: _Judge, book: CodeBook, strangers: Container[PupilKey]) -> Iterator[Problem]:
    lines, furniture = LongLines(judge.layout, book), Furniture(judge.layout)

    def problem(row: list[str], fault: Fault, reason: str, column: int | None) -> Problem:
        heading = "" if column is None else judge.layout.headings[column]
        return Problem(rows.line(row), fault, reason, column, heading, tuple(row), lines.identity.key(row))

    for row in data_rows(rows, judge.layout):
        if furniture.is_passed_over(row):
            continue
        entry = lines.read(row)
        if isinstance(entry, Flaw):
            yield problem(row, Fault.UNREADABLE, entry.reason, entry.column)
        elif entry.key in strangers:
            yield problem(row, Fault.UNKNOWN_PUPIL, _NOBODY, None)
        elif entry.char == UNKNOWN:
            raw = row[lines.mark_column]
            yield problem(row, Fault.UNKNOWN_CODE, why_unknown(raw), lines.mark_column)
        elif judge.has_any(entry.year, entry.key):
            met = _Met(rows.line(row), lines.mark_column, entry.char)
            found = judge.of(entry.year, entry.key, entry.place, met)
            if found:
                yield problem(row, *found, None)


def _wide(
    rows: Rows,
    judge: _Judge,
    book: CodeBook,
    strangers: Container[PupilKey],
    half_day: Callable[[date], bool],
) -> Iterator[Problem]:
    layout = judge.layout
    lines, furniture, identity = WideLines(layout, book, half_day), Furniture(layout), Identity(layout)
    years = {slot.year for slot in lines.slots}
    for number, row in enumerate(rows, 1):
        if number <= layout.skip:
            if number == layout.skip:
                yield from _unread_headings(layout, rows.line(row))
            continue
        if furniture.is_passed_over(row):
            continue
        key, line = identity.key(row), rows.line(row)
        if key is None:
            flaw = identity.missing()
            yield Problem(line, Fault.UNREADABLE, flaw.reason, cells=tuple(row))
        elif key in strangers:
            yield Problem(line, Fault.UNKNOWN_PUPIL, _NOBODY, cells=tuple(row), key=key)
        else:
            marks = lines.read(row)
            if has_fault(marks) or any(judge.has_any(year, key) for year in years):
                yield from _cells(lines, judge, book, row, line, key, marks)


def _cells(
    lines: WideLines, judge: _Judge, book: CodeBook, row: list[str], line: int, key: PupilKey, marks: bytes
) -> Iterator[Problem]:
    """The cells of one line that are not used, from left to right."""
    who = tuple(row[at] for at in judge.layout.columns.values() if at < len(row))

    def problem(slot: Slot, fault: Fault, reason: str) -> Problem:
        column = slot.column
        cell = row[column.at] if column.at < len(row) else ""
        return Problem(line, fault, reason, column.at, column.heading, (*who, cell), key)

    found = [problem(fault.slot, *_of_cell(fault, book)) for fault in lines.faults(row, marks)]
    for slot, char in zip(lines.slots, without_faults(marks), strict=True):
        placed = judge.of(slot.year, key, slot.place, _Met(line, slot.column.at, char))
        if placed:
            found.append(problem(slot, *placed))
    yield from sorted(found, key=lambda problem: problem.column or 0)


def _of_cell(fault: CellFault, book: CodeBook) -> tuple[Fault, str]:
    if fault.unknown is None:
        return Fault.UNREADABLE, why_not_read(fault.cell, book)
    reason = why_unknown(fault.unknown)
    if fault.unknown != fault.cell.strip():
        reason = f"In {quoted(fault.cell)}: {reason[0].lower()}{reason[1:]}"
    return Fault.UNKNOWN_CODE, reason


def _unread_headings(layout: Layout, line: int) -> Iterator[Problem]:
    for column in layout.unread:
        heading = layout.headings[column]
        reason = f"The heading {quoted(heading)} is not a date and session that can be read. No mark below it is used."
        yield Problem(line, Fault.UNREADABLE, reason, column, heading, (heading,))


_NOBODY = "The school has no such pupil. Bring the roll in first, or put the line right."
