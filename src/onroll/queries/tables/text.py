"""CSV in any of the encodings and with any of the separators that schools' systems use."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import BinaryIO, Protocol

from onroll.domain.register.files.lines import Rows
from onroll.queries.tables.problems import TableProblem
from onroll.queries.tables.survey import survey
from onroll.queries.tables.table import Table

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
            yield _QuotedRows(reader) if facts.quoted else _Rows(reader, lines, facts.delimiter)
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


class _QuotedRows:
    """Rows whose cells may run over several lines."""

    def __init__(self, reader: _Reader) -> None:
        self._reader = reader

    def __iter__(self) -> Iterator[list[str]]:
        return self._reader

    def line(self, row: Sequence[str]) -> int:
        """The line on which the row begins."""
        text = "".join(row)
        return self._reader.line_num - max(text.count("\n"), text.count("\r"))

    def plain(self) -> tuple[Iterator[str], str] | None:
        """None: the lines are not the rows."""
        return None


class _Rows(_QuotedRows):
    """Rows of one line each."""

    def __init__(self, reader: _Reader, lines: Iterator[str], delimiter: str) -> None:
        super().__init__(reader)
        self._lines, self._delimiter = lines, delimiter

    def line(self, row: Sequence[str]) -> int:
        """The line that was read last, which is the row's."""
        return self._reader.line_num

    def plain(self) -> tuple[Iterator[str], str] | None:
        """The lines as they stand."""
        return self._lines, self._delimiter
