"""A roll as a test writes it: lines of cells under headings."""

from collections.abc import Iterator, Sequence
from datetime import date

from onroll.domain.roll.columns import guess
from onroll.domain.roll.gathering import Roll, read_roll
from onroll.domain.roll.given import NoteKind, PupilGiven

ON = date(2026, 11, 23)


class Lines:
    """Rows that know their line, as `queries.tables` gives them."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._rows = rows
        self._at = 0

    def __iter__(self) -> Iterator[list[str]]:
        for row in self._rows:
            self._at += 1
            yield list(row)

    def line(self, row: Sequence[str]) -> int:
        return self._at


def roll(text: str) -> Roll:
    """What a comma-separated text holds, its header found by guessing."""
    rows = [[cell.strip() for cell in line.split(",")] for line in text.strip().splitlines()]
    layout = guess(rows).layout
    assert layout is not None
    return read_roll(Lines(rows), layout, ON)


def only(text: str) -> PupilGiven:
    """The one pupil of a text."""
    (pupil,) = roll(text).pupils
    return pupil


def left_out(text: str) -> list[tuple[int, str, str]]:
    """Line, column and reason of what is not used."""
    return [
        (note.line, note.column, note.reason) for note in roll(text).notes if note.kind is NoteKind.LEFT_OUT
    ]


def looks(text: str) -> list[tuple[int, str, str]]:
    """Line, column and reason of what is to be looked at."""
    return [(note.line, note.column, note.reason) for note in roll(text).notes if note.kind is NoteKind.LOOK]
