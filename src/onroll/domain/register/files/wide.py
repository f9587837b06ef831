"""Read the marks of one line of a wide file, all of its columns at once.

A line is turned into characters, one for each session, in the order of the columns. The common line is
turned as one text: once every cell holds as many characters as it has sessions, which blank cells and codes
of two characters are made to do, the text is encoded and translated in C. Any other line goes cell by cell
through a dictionary of the texts met so far.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import repeat
from operator import itemgetter
from typing import NamedTuple

from onroll.domain.register.codes import CODES, NO_MARK
from onroll.domain.register.files.codebook import EMPTY, UNKNOWN, CodeBook
from onroll.domain.register.files.daycells import LONE, UNREADABLE, DayCells, unknown_halves
from onroll.domain.register.files.placing import layers
from onroll.domain.register.files.shapes import Layout, MarkColumn, Shape
from onroll.domain.schoolcalendar import Session, grid_position, school_year

_BETWEEN = "\x1f"
_FAULTS = bytes((UNKNOWN, LONE, UNREADABLE))
_WITHOUT_FAULTS = bytes(EMPTY if char in _FAULTS else char for char in range(256))
_ASCII = 128
_LONG_CODES = tuple(code for code in CODES if len(code) > 1)


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
        self._take = _taker([column.at for column in layout.days])
        self._aligned = _Aligned(len(layout.days), self._halves, book)
        self._mornings = [half_day(column.date) for column in layout.days]
        self._shortest = layout.days[-1].at + 1
        self.slots = tuple(_slots(layout.days))
        self.years = layers([slot[1:] for slot in self.slots])
        """The runs of each school year; of a year more than once only where columns repeat a session."""
        self.before, self._after = _around(layout)
        """The cells before the marks of a line; 0 when the marks are not all in one piece after the others."""

    def cells(self, row: Sequence[str]) -> Sequence[str]:
        """The cells of the line that hold marks; those beyond its end are blank."""
        if len(row) < self._shortest:
            row = [*row, *repeat("", self._shortest - len(row))]
        return self._take(row)

    def read(self, row: Sequence[str]) -> bytes:
        """A character for each slot; UNKNOWN, LONE or UNREADABLE where a cell is at fault."""
        cells = self.cells(row)
        marks = self._aligned.read(_BETWEEN.join(cells), _BETWEEN)
        if marks is None:
            marks = b"".join(map(self._cells.__getitem__, cells))
        return self._settled(marks) if LONE in marks else marks

    def read_text(self, text: str, between: str) -> bytes | None:
        """What `read` gives, for the cells after the first `before` as one text.

        None when the line must be taken apart and given to `read`.
        """
        if not self.before:
            return None
        return self._aligned.read(text.rsplit(between, self._after)[0] if self._after else text, between)

    def faults(self, row: Sequence[str], marks: bytes) -> Iterator[CellFault]:
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

    def _settled(self, marks: bytes) -> bytes:
        """A lone mark on a day that has a morning only is the morning's."""
        settled = bytearray(marks)
        for index, morning in enumerate(self._mornings):
            if morning and marks[2 * index] == LONE:
                settled[2 * index : 2 * index + 2] = marks[2 * index + 1], EMPTY
        return bytes(settled)


class _Aligned:
    """Reads the cells of a line as one text when they can be made equally long."""

    def __init__(self, cells: int, halves: int, book: CodeBook) -> None:
        self._step = halves + 1
        self._length, self._marks = cells * self._step - 1, cells * halves
        self._separators: dict[str, str] = {}
        self._cells = cells
        self._blank = NO_MARK * halves
        single = bytearray(book.single())
        self._sign_is_free = single[EMPTY] == UNKNOWN
        single[EMPTY] = EMPTY  # what a blank cell is filled with; a cell that holds it is not read here
        for char, code in enumerate(_LONG_CODES, _ASCII):
            single[char] = book.char(code)
        self._table = bytes(single)

    def read(self, text: str, between: str) -> bytes | None:
        """The characters of the line; None when a cell is at fault or must be looked at by itself."""
        if NO_MARK in text or not text.isascii() or not self._sign_is_free:
            return None
        if not self._is_aligned(text, between):
            text = self._filled(text, between)
            if not self._is_aligned(text, between):
                text = _shortened(text)
                if not self._is_aligned(text, between):
                    return None
        marks = text.replace(between, "") if self._step > 2 else text[::2]
        if between in marks or len(marks) != self._marks:  # a line with a cell too many may be as long
            return None
        found = marks.encode("latin-1").translate(self._table)
        return None if UNKNOWN in found else found

    def _filled(self, text: str, between: str) -> str:
        """The text with a sign in blank cells; most of these are together at the ends of the line."""
        gap, blank = between * 2, f"{between}{self._blank}"
        if text.endswith(gap):
            length = len(text)
            text = text.rstrip(between)
            text += blank * (length - len(text))
        if gap in text:
            text = text.replace(gap, f"{blank}{between}").replace(gap, f"{blank}{between}")
        if text.startswith(between):
            text = self._blank + text
        return text + self._blank if text.endswith(between) else text

    def _is_aligned(self, text: str, between: str) -> bool:
        separators = self._separators.setdefault(between, between * (self._cells - 1))
        return len(text) == self._length and text[self._step - 1 :: self._step] == separators


def _shortened(text: str) -> str:
    """The text with one character for each code of two."""
    for char, code in enumerate(_LONG_CODES, _ASCII):
        if code in text:
            text = text.replace(code, chr(char))
    return text


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


def _around(layout: Layout) -> tuple[int, int]:
    """The cells before and after the marks of a line."""
    first, last = layout.days[0].at, layout.days[-1].at + 1
    in_one_piece = last - first == len(layout.days)
    if not in_one_piece or any(at >= first for at in layout.columns.values()):
        return 0, 0
    return first, len(layout.headings) - last


def _taker(indexes: list[int]) -> Callable[[Sequence[str]], Sequence[str]]:
    first, last = indexes[0], indexes[-1] + 1
    if last - first == len(indexes):
        return itemgetter(slice(first, last))
    return itemgetter(*indexes)


def _slots(columns: Sequence[MarkColumn]) -> Iterator[Slot]:
    for column in columns:
        for session in [column.session] if column.session else Session:
            yield Slot(column, school_year(column.date), grid_position(column.date, session))
