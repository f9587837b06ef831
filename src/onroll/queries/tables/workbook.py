"""XLSX workbooks, read as a stream of texts."""

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from typing import Any, BinaryIO
from zlib import error as ZlibError  # noqa: N812 - a class, whatever zlib calls it

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from onroll.domain.register.files.lines import Rows
from onroll.queries.tables.problems import TableProblem
from onroll.queries.tables.table import Table

_MEGABYTE = 1 << 20
MOST_UNPACKED = 800 * _MEGABYTE
"""A workbook that unpacks to more is refused: it may be made to fill the memory."""
MOST_TEXTS = 150 * _MEGABYTE
"""The same for the part that has to be held in memory whole, the texts that its cells share."""
_MOST_PARTS = 5000
_SHARED = "xl/sharedstrings.xml"
_BETWEEN = "\x1f"
_WORKBOOK = "xl/workbook.xml"
# SyntaxError: of XML, whichever of its two parsers the library finds on the machine.
_BROKEN = (
    *(zipfile.BadZipFile, InvalidFileException, SyntaxError, ZlibError, KeyError, ValueError, TypeError),
    *(EOFError, OSError, NotImplementedError, AttributeError, IndexError),
)
_DAMAGED = "The workbook is damaged. Open it in Excel and save it again, as XLSX or CSV."


@contextmanager
def sheets(stream: BinaryIO, name: str) -> Iterator[list[Table]]:
    """The sheets of a workbook, in its order. Raises TableProblem when it is none, or is too large."""
    _weigh(stream, name)
    stream.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of styles and extensions, which we do not read
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except _BROKEN as wrong:
        raise TableProblem(name, _DAMAGED) from wrong
    with closing(book):
        if not book.worksheets:
            raise TableProblem(name, "The workbook has no sheet with cells. Export it as CSV or XLSX.")
        yield [SheetTable(sheet, name) for sheet in book.worksheets]


class SheetTable(Table):
    """One sheet."""

    def __init__(self, sheet: Any, file: str) -> None:
        super().__init__(file, sheet.title)
        self._sheet = sheet

    @contextmanager
    def rows(self) -> Iterator[Rows]:
        """The rows from the top. Raises TableProblem at a row that is damaged."""
        yield _Rows(self._sheet, self.file)


class _Rows:
    def __init__(self, sheet: Any, file: str) -> None:
        self._sheet, self._file = sheet, file
        self._number = 0

    def __iter__(self) -> Iterator[list[str]]:
        self._sheet.reset_dimensions()  # some systems write wrong ones, and rows would be lost
        found = iter(self._sheet.iter_rows(values_only=True))
        width = 0
        while True:
            try:
                values = next(found)
            except StopIteration:
                return
            except _BROKEN as wrong:
                raise TableProblem(self._file, _DAMAGED, line=self._number + 1) from wrong
            self._number += 1
            width = max(
                width, len(values)
            )  # a row ends at its last filled cell: the rest is blank, not missing
            yield [*map(as_text, values), *[""] * (width - len(values))]

    def line(self, row: Sequence[str]) -> int:
        """The number of the row that was read last, as Excel shows it."""
        return self._number

    def split(self, before: int) -> Iterator[tuple[list[str], str, str]]:
        """Each row, joined where it need not be apart."""
        for row in self:
            yield row[:before], _BETWEEN.join(row[before:]), _BETWEEN


def as_text(value: object) -> str:
    """A cell as a text: dates in ISO, whole numbers without a fraction."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _weigh(stream: BinaryIO, name: str) -> None:
    """Refuse an archive that is no workbook or unpacks to more than we will hold."""
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = {part.filename.lower(): part.file_size for part in archive.infolist()}
    except _BROKEN as wrong:
        raise TableProblem(name, _DAMAGED) from wrong
    if _WORKBOOK not in parts:
        raise TableProblem(name, "This is a ZIP file but no Excel workbook. Export it as CSV or XLSX.")
    too_large = sum(parts.values()) > MOST_UNPACKED or parts.get(_SHARED, 0) > MOST_TEXTS
    if too_large or len(parts) > _MOST_PARTS:
        raise TableProblem(name, "The workbook is too large to be read. Export it as CSV.")
