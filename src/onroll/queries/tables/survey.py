"""Look through the bytes of a text file before it is read: is it text, in which encoding, what is between cells?

The whole file is looked at, at about a gigabyte a second, so that nothing turns up half-way through an import.
"""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from onroll.queries.tables.problems import TableProblem

_BLOCK = 1 << 20
_SAMPLE = 1 << 15
_SAMPLE_LINES = 60
_DELIMITERS = ",;\t|"
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a"))
_UTF_16 = ("utf-16-le", "utf-16-be")
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_NO_TEXT = "This is not a text file. Export it as CSV or XLSX."


@dataclass(frozen=True, slots=True)
class TextFacts:
    """How to read a text file."""

    encoding: str
    start: int
    """Bytes before the text: the mark of its encoding."""
    delimiter: str
    quoted: bool
    """Whether a cell may run over several lines."""


def survey(stream: BinaryIO, name: str) -> TextFacts:
    """Find out how to read the file. Raises TableProblem with the line at which it proves to be no text."""
    stream.seek(0)
    first = stream.read(len(codecs.BOM_UTF8))
    mark = next(filter(first.startswith, _MARKS), b"")
    codec = _MARKS.get(mark, "utf-8")
    quoted = _look(stream, name, codec)
    bad = _first_undecodable(stream, len(mark), codec)
    if bad is not None and not mark:
        codec = "cp1252"
        bad = _first_undecodable(stream, 0, codec)
    if bad is not None:
        raise TableProblem(
            name,
            "A character here cannot be read. Save the file again as 'CSV UTF-8', or export it as XLSX.",
            line=bad,
        )
    return TextFacts(codec, len(mark), _delimiter(stream, len(mark), codec), quoted)


def _look(stream: BinaryIO, name: str, codec: str) -> bool:
    """Refuse bytes that no text has, and lines without end; say whether there are quotation marks."""
    quoted = False
    for number, block in enumerate(_blocks(stream)):
        at = _first_alien(block, is_start=number == 0) if codec not in _UTF_16 else -1
        if at >= 0:
            raise TableProblem(name, _NO_TEXT, line=_line_at(stream, number * _BLOCK + at))
        if len(block) == _BLOCK and b"\n" not in block and b"\r" not in block:
            line = _line_at(stream, number * _BLOCK)
            raise TableProblem(name, f"A line is longer than a million characters. {_NO_TEXT}", line=line)
        quoted = quoted or b'"' in block
    return quoted


def _first_alien(block: bytes, *, is_start: bool) -> int:
    """Where a byte is that no text has; -1 when there is none. Further down only NUL is looked for: it is quick."""
    aliens = _CONTROL if is_start else b"\x00"
    return min((at for at in map(block.find, aliens) if at >= 0), default=-1)


def _first_undecodable(stream: BinaryIO, start: int, codec: str) -> int | None:
    """The line of the first byte that is no character; None when all are."""
    decoder = codecs.getincrementaldecoder(codec)()
    for number, block in enumerate(_blocks(stream, start)):
        if codec not in _UTF_16 and block.isascii() and not decoder.getstate()[0]:
            continue
        try:
            text = decoder.decode(block)
        except UnicodeDecodeError as wrong:
            return _line_at(stream, start + number * _BLOCK + wrong.start)
        if codec in _UTF_16 and "\x00" in text:
            return _line_at(stream, start + number * _BLOCK)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _line_at(stream, stream.tell())
    return None


def _line_at(stream: BinaryIO, position: int) -> int:
    """The line on which a byte is."""
    return 1 + sum(
        block.count(b"\n", 0, max(0, position - number * _BLOCK))
        for number, block in enumerate(_blocks(stream))
    )


def _delimiter(stream: BinaryIO, start: int, codec: str) -> str:
    """What stands between the cells: the sign that cuts the largest share of the first rows into equally many cells.

    To count the signs would not do: names and comments may hold more semicolons than a line has commas.
    """
    stream.seek(start)
    text = stream.read(_SAMPLE).decode(codec, "ignore")
    lines = text.splitlines(keepends=True)[:_SAMPLE_LINES]
    asked = lines[0].strip().strip('"') if lines else ""
    if asked.lower().startswith("sep=") and asked[4:5] in _DELIMITERS and len(asked) == len("sep=") + 1:
        return asked[4]
    return max(_DELIMITERS, key=lambda sign: _agreeing(lines, sign))


def _agreeing(lines: list[str], sign: str) -> tuple[float, int]:
    """The share of rows that have the commonest number of cells above one, and that number."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if row)
    except csv.Error:
        return 0.0, 0
    rows = widths.total()
    return max(((so_wide / rows, width) for width, so_wide in widths.items() if width > 1), default=(0.0, 0))


def _blocks(stream: BinaryIO, start: int = 0) -> Iterator[bytes]:
    stream.seek(start)
    while block := stream.read(_BLOCK):
        yield block
