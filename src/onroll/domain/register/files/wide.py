"""Read the marks of one line of a wide file: all of its columns at once, and into the grid in runs.

A line is turned into characters, one for each session, in the order of the columns. The common line, where
every cell has as many characters as sessions, is turned by joining, encoding and translating it: three
steps in C. Any other goes cell by cell through a dictionary of the texts met so far.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import repeat
from operator import itemgetter
from typing import NamedTuple

from onroll.domain.register.files.codebook import EMPTY, UNKNOWN, CodeBook
from onroll.domain.register.files.daycells import LONE, UNREADABLE, DayCells, unknown_halves
from onroll.domain.register.files.shapes import Layout, MarkColumn, Shape
from onroll.domain.schoolcalendar import Session, grid_position, school_year

_BETWEEN = "\x1f"
_FAULTS = bytes((UNKNOWN, LONE, UNREADABLE))
_WITHOUT_FAULTS = bytes(EMPTY if char in _FAULTS else char for char in range(256))


class Run(NamedTuple):
    """Sessions that lie side by side both on the line, from `first` up to `last`, and in the grid."""

    first: int
    last: int
    place: int


class Slot(NamedTuple):
    """Where one session of a line belongs."""

    column: MarkColumn
    year: int
    place: int


class CellFault(NamedTuple):
    """A cell that holds no usable mark: where, what it holds, and the text that is no code (None: no two marks)."""

    slot: Slot
    cell: str
    unknown: str | None


class _SessionCells(dict[str, bytes]):
    """The stored character of a cell's text; unknown ones are looked up again each time."""

    def __init__(self, book: CodeBook) -> None:
        super().__init__({raw: bytes((char,)) for raw, char in book.known.items()})
        self._book = book

    def __missing__(self, raw: str) -> bytes:
        found = bytes((self._book.char(raw),))
        if raw in self._book.known:
            self[raw] = found
        return found


class WideLines:
    """Reads the lines of a wide file. `half_day` says of a date that it has a morning only."""

    def __init__(self, layout: Layout, book: CodeBook, half_day: Callable[[date], bool]) -> None:
        self._book = book
        self._halves = 2 if layout.shape is Shape.WIDE_DAY else 1
        self._cells: dict[str, bytes] = DayCells(book) if self._halves > 1 else _SessionCells(book)
        self._table = book.single()
        self._take = _taker([column.at for column in layout.days])
        self._joined_length = len(layout.days) * (self._halves + 1) - 1
        self._separators = _BETWEEN * (len(layout.days) - 1)
        self._mornings = [half_day(column.date) for column in layout.days]
        self._shortest = layout.days[-1].at + 1
        self.slots = tuple(_slots(layout.days))
        self.layers = tuple(_layers(self.slots))
        """The runs of each school year. More than one layer only where columns repeat a session."""

    def cells(self, row: list[str]) -> Sequence[str]:
        """The cells of the line that hold marks; those beyond its end are blank."""
        if len(row) < self._shortest:
            row = [*row, *repeat("", self._shortest - len(row))]
        return self._take(row)

    def read(self, row: list[str]) -> bytes:
        """A character for each slot; UNKNOWN, LONE or UNREADABLE where a cell is at fault."""
        cells = self.cells(row)
        joined = _BETWEEN.join(cells)
        step = self._halves + 1
        if len(joined) == self._joined_length and joined[self._halves :: step] == self._separators:
            marks = self._translated(joined)
            if UNKNOWN not in marks:
                return marks
        marks = b"".join(map(self._cells.__getitem__, cells))
        return self._settled(marks) if LONE in marks else marks

    def faults(self, row: list[str], marks: bytes) -> Iterator[CellFault]:
        """The cells of a line that was read to `marks` which hold no usable mark."""
        for index, cell in enumerate(self.cells(row)):
            first = index * self._halves
            chars = marks[first : first + self._halves]
            if not has_fault(chars):
                continue
            if chars[0] in (LONE, UNREADABLE):
                yield CellFault(self.slots[first], cell, None)
            elif self._halves == 1:
                yield CellFault(self.slots[first], cell, cell.strip())
            else:
                for half, text in unknown_halves(cell, chars, self._book):
                    yield CellFault(self.slots[first + half], cell, text)

    def _translated(self, joined: str) -> bytes:
        if not joined.isascii():  # no code has such a character
            return bytes((UNKNOWN,))
        text = joined[::2] if self._halves == 1 else joined.replace(_BETWEEN, "")
        return text.encode("ascii").translate(self._table)

    def _settled(self, marks: bytes) -> bytes:
        """A lone mark on a day that has a morning only is the morning's."""
        settled = bytearray(marks)
        for index, morning in enumerate(self._mornings):
            if morning and marks[2 * index] == LONE:
                settled[2 * index : 2 * index + 2] = marks[2 * index + 1], EMPTY
        return bytes(settled)


def has_fault(marks: bytes) -> bool:
    """Whether a cell of the line cannot be used."""
    return UNKNOWN in marks or LONE in marks or UNREADABLE in marks


def without_faults(marks: bytes) -> bytes:
    """The line's characters with nothing said where a cell is at fault."""
    if LONE in marks:
        marks = bytes(
            EMPTY if at and marks[at - 1] == LONE and at % 2 else char for at, char in enumerate(marks)
        )
    return marks.translate(_WITHOUT_FAULTS)


def _taker(indexes: list[int]) -> Callable[[list[str]], Sequence[str]]:
    first, last = indexes[0], indexes[-1] + 1
    if len(indexes) == 1 or indexes == list(range(first, last)):
        return itemgetter(slice(first, last))
    return itemgetter(*indexes)


def _slots(columns: Sequence[MarkColumn]) -> Iterator[Slot]:
    for column in columns:
        for session in [column.session] if column.session else Session:
            yield Slot(column, school_year(column.date), grid_position(column.date, session))


def _layers(slots: Sequence[Slot]) -> list[dict[int, list[Run]]]:
    layers: list[dict[int, list[Run]]] = []
    taken: list[set[tuple[int, int]]] = []
    for index, slot in enumerate(slots):
        depth = next((i for i, seen in enumerate(taken) if slot[1:] not in seen), len(taken))
        if depth == len(taken):
            taken.append(set())
            layers.append({})
        taken[depth].add((slot.year, slot.place))
        _extend(layers[depth].setdefault(slot.year, []), index, slot.place)
    return layers


def _extend(runs: list[Run], index: int, place: int) -> None:
    if runs and runs[-1].last == index and runs[-1].place + index - runs[-1].first == place:
        runs[-1] = runs[-1]._replace(last=index + 1)
    else:
        runs.append(Run(index, index + 1, place))
