"""Open a brought file by what it is, not by what its name says it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from onroll.queries.tables import text
from onroll.queries.tables.problems import TableProblem
from onroll.queries.tables.table import Table

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOOK = 1 << 20
_KNOWN = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"{\\rtf": "a text document",
}
_AS_WHAT = "Export it as CSV or XLSX."


@contextmanager
def brought(source: Path | BinaryIO, name: str = "") -> Iterator[list[Table]]:
    """The tables of a file: one of a CSV, one for each sheet of a workbook. Closes what it opened.

    A stream must be seekable and stays open. `name` is how messages call the file; a path calls itself.
    Raises TableProblem when the file is missing, empty, or neither text nor a workbook.
    """
    if isinstance(source, Path):
        name = name or source.name
        try:
            stream = source.open("rb")
        except OSError as wrong:
            reason = wrong.strerror or "it cannot be opened"
            raise TableProblem(name, f"The file cannot be opened: {reason}.") from wrong
        with stream, _tables(stream, name) as tables:
            yield tables
    else:
        with _tables(source, name) as tables:
            yield tables


@contextmanager
def _tables(stream: BinaryIO, name: str) -> Iterator[list[Table]]:
    stream.seek(0)
    start = stream.read(_LOOK)
    _refuse_what_is_no_table(start, name)
    if start.startswith((_ZIP, _EMPTY_ZIP)):
        from onroll.queries.tables import workbook  # noqa: PLC0415 - half a second that a CSV need not pay

        with workbook.sheets(stream, name) as tables:
            yield tables
    else:
        yield [text.TextTable(stream, name)]


def _refuse_what_is_no_table(start: bytes, name: str) -> None:
    if not start.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise TableProblem(name, f"The file is empty. {_AS_WHAT}")
    if start.startswith(_OLD_OFFICE):
        if _ENCRYPTED in start:
            raise TableProblem(name, "The workbook has a password. Save it without one, as XLSX or CSV.")
        raise TableProblem(
            name, "This is an old Excel file (.xls). Open it in Excel and save it as XLSX or CSV."
        )
    for magic, words in _KNOWN.items():
        if start.startswith(magic):
            raise TableProblem(name, f"This is {words}, not a table. {_AS_WHAT}")
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise TableProblem(name, "This is a web page or XML. Open it in Excel and save it as XLSX or CSV.")
