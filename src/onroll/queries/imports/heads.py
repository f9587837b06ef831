"""The top of a brought file: what its columns seem to be, and its first lines as they would be read."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from onroll.domain.register.files import ROWS_TO_LOOK_AT, ColumnMap, Guess, fit, guess
from onroll.domain.register.files.shapes import Header
from onroll.queries.imports import stored_file
from onroll.queries.tables import Table, brought

FIRST_LINES = 10
_LOOK = 1 << 20
_WORKBOOK = b"PK"


@dataclass(frozen=True, slots=True)
class Head:
    """The first rows of the table that holds marks, and what was made of them."""

    rows: Sequence[Sequence[str]]
    lines: Sequence[int]  # the line of the file on which each row begins
    guess: Guess
    sheet: str = ""


@contextmanager
def tables_of(upload: str, size: int) -> Iterator[list[Table]]:
    """The tables of an upload's beginning: a text file is cut after a megabyte, a workbook is not."""
    start = stored_file.beginning(upload, _LOOK + 1)
    if start.startswith(_WORKBOOK):
        with stored_file.opened(upload, size) as stream, brought(stream, "The file") as tables:
            yield tables
        return
    cut = start if len(start) <= _LOOK else start[: start.rfind(b"\n") + 1] or start
    with brought(io.BytesIO(cut), "The file") as tables:
        yield tables


def head_of(upload: str, size: int, column_map: ColumnMap | None = None) -> Head:
    """The top of the sheet that the map fits, or without a map of the one that is easiest to understand.

    Raises TableProblem for what is no table.
    """
    with tables_of(upload, size) as tables:
        heads = [_head(table, column_map) for table in tables]
    return max(heads, key=_understood)


def _head(table: Table, column_map: ColumnMap | None) -> Head:
    rows, lines = [], []
    with table.rows() as source:
        for row in source:
            rows.append(row)
            lines.append(source.line(row))
            if len(rows) >= ROWS_TO_LOOK_AT + FIRST_LINES:
                break
    found = fit(column_map, rows) if column_map else guess(rows)
    if found.header is None:  # no heading is a word that we know: the first row with two cells will be it
        found = replace(found, header=guess(rows).header or _first_row(rows))
    return Head(rows, lines, found, table.sheet)


def _first_row(rows: Sequence[Sequence[str]]) -> Header | None:
    for at, row in enumerate(rows):
        headings = tuple(" ".join(cell.split()) for cell in row)
        if sum(map(bool, headings)) > 1:
            return Header(at, 1, headings)
    return None


def _understood(head: Head) -> tuple[bool, int]:
    return head.guess.complete, -len(head.guess.missing)
