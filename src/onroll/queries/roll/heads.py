"""The top of a brought roll: what its columns seem to be, and its first lines as they would be read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onroll.domain.register.files import ROWS_TO_LOOK_AT
from onroll.domain.roll.columns import RollGuess, RollHeader, RollMap, fit, guess
from onroll.queries.imports.heads import FIRST_LINES, tables_of
from onroll.queries.tables import Table

AT_ONCE = 256 * 1024
"""Bytes of a CSV file that is read and written while the person waits: about a thousand pupils, under a second."""


@dataclass(frozen=True, slots=True)
class RollHead:
    """The first rows of the sheet that holds the roll, and what was made of them."""

    rows: Sequence[Sequence[str]]
    lines: Sequence[int]  # the line of the file on which each row begins
    guess: RollGuess
    is_workbook: bool = False


def head_of(upload: str, size: int, column_map: RollMap | None = None) -> RollHead:
    """The top of the sheet that the map fits, or without a map of the one that is easiest to understand.

    Raises TableProblem for what is no table.
    """
    with tables_of(upload, size) as tables:
        heads = [_head(table, column_map) for table in tables]
    return max(heads, key=lambda head: (head.guess.layout is not None, len(head.guess.places)))


def table_of(tables: Sequence[Table], column_map: RollMap) -> tuple[Table, RollGuess] | None:
    """The sheet that the map fits, and how; None when it fits none."""
    for table in tables:
        found = fit(column_map, table.head(ROWS_TO_LOOK_AT))
        if found.layout is not None:
            return table, found
    return None


def _head(table: Table, column_map: RollMap | None) -> RollHead:
    rows, lines = list[list[str]](), list[int]()
    with table.rows() as source:
        for row in source:
            rows.append(row)
            lines.append(source.line(row))
            if len(rows) >= ROWS_TO_LOOK_AT + FIRST_LINES:
                break
    found = fit(column_map, rows) if column_map else guess(rows)
    if found.header is None:  # no heading is a word that we know: the first row with two cells will be it
        found = replace(found, header=_first_row(rows))
    return RollHead(rows, lines, found, is_workbook=bool(table.sheet))


def _first_row(rows: Sequence[Sequence[str]]) -> RollHeader | None:
    for at, row in enumerate(rows):
        headings = tuple(" ".join(cell.split()) for cell in row)
        if sum(map(bool, headings)) > 1:
            return RollHeader(at, 1, headings)
    return None
