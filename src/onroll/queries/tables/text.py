"""CSV in any of the encodings and with any of the separators that schools' systems use."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from typing import BinaryIO, Protocol

from onroll.domain.register.files.lines import Rows
from onroll.queries.tables.problems import TableProblem
from onroll.queries.tables.survey import survey
from onroll.queries.tables.table import Table

_BETWEEN = "\x1f"
_NOT_CLOSED = "A quotation mark is opened here and not closed."


class TextTable(Table):
    """A CSV file. Its bytes are surveyed once, when it is opened."""

    def __init__(self, stream: BinaryIO, file: str) -> None:
        super().__init__(file)
        self._stream = stream
        self._facts = survey(stream, file)

    @contextmanager
    def rows(self) -> Iterator[Rows]:
        """The rows from the top; iterating them runs in C. Raises TableProblem for a cell without end."""
        facts = self._facts
        self._stream.seek(facts.start)
        lines = io.TextIOWrapper(self._stream, facts.encoding, newline="")
        reader = csv.reader(lines, delimiter=facts.delimiter)
        try:
            rows = _QuotedRows if facts.quoted else _Rows
            yield rows(reader, lines, facts.delimiter)
        except csv.Error as wrong:
            raise TableProblem(self.file, _NOT_CLOSED, line=self._last_good_line(lines) + 1) from wrong
        finally:
            lines.detach()

    def _last_good_line(self, lines: io.TextIOWrapper) -> int:
        """The line before the one on which the cell without end begins."""
        lines.seek(self._facts.start)
        reader, last = csv.reader(lines, delimiter=self._facts.delimiter), 0
        with suppress(csv.Error):
            for _ in reader:
                last = reader.line_num
        return last


class _Reader(Protocol):
    """What `csv.reader` gives."""

    @property
    def line_num(self) -> int: ...

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


class _Rows:
    """Rows of one line each: nothing in the file is in quotation marks."""

    def __init__(self, reader: _Reader, lines: Iterator[str], delimiter: str) -> None:
        self._reader, self._lines, self._delimiter = reader, lines, delimiter
        self._number = 0

    def __iter__(self) -> Iterator[list[str]]:
        return self._reader

    def line(self, row: Sequence[str]) -> int:
        """The line that was read last, which is the row's."""
        return self._number or self._reader.line_num

    def split(self, before: int) -> Iterator[tuple[list[str], str, str]]:
        """Each line, cut as often as is asked for."""
        delimiter = self._delimiter
        for number, line in enumerate(self._lines, 1):
            self._number = number
            cells = line.rstrip("\r\n").split(delimiter, before)
            yield cells, cells.pop() if len(cells) > before else "", delimiter


class _QuotedRows(_Rows):
    """Rows whose cells may be in quotation marks, and may run over several lines."""

    def line(self, row: Sequence[str]) -> int:
        """The line on which the row begins."""
        if self._number:
            return self._number
        text = "".join(row)
        return self._reader.line_num - max(text.count("\n"), text.count("\r"))

    def split(self, before: int) -> Iterator[tuple[list[str], str, str]]:
        """Each row. The usual lines are cut as they stand; what is between their cells is made one sign."""
        following = 1
        for line in self._lines:
            self._number, following = following, following + 1
            cut = self._cut(line.rstrip("\r\n"), before)
            if cut is None:
                reader = csv.reader(chain([line], self._lines), delimiter=self._delimiter)
                row = next(reader, [])
                following = self._number + reader.line_num
                cut = row[:before], _BETWEEN.join(row[before:]), _BETWEEN
            yield cut

    def _cut(self, line: str, before: int) -> tuple[list[str], str, str] | None:
        """A line cut without reading it; None when its quotation marks are not simple."""
        delimiter = self._delimiter
        if '"' not in line:
            cells, between = line.split(delimiter, before), delimiter
        elif line[0] == line[-1] == '"' and len(line) > 1 and _BETWEEN not in line:
            inner = line[1:-1].replace(f'"{delimiter}"', _BETWEEN)
            if '"' in inner:
                return None
            cells, between = inner.split(_BETWEEN, before), _BETWEEN
        else:
            head, _, tail = line.rpartition('"')
            cells = next(csv.reader([f'{head}"'], delimiter=delimiter))
            if line.count('"') % 2 or not tail.startswith(delimiter) or len(cells) > before:
                return None
            cells += tail[1:].split(delimiter, before - len(cells))
            between = delimiter
        return cells, cells.pop() if len(cells) > before else "", between
