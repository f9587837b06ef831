"""A calendar as a file: read it line by line, saying of each bad line which column is wrong and why; write it."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from onroll.domain.schoolcalendar.entries import CalendarEntry, Kind, Layer

COLUMNS = ("kind", "from", "to", "name")
YEAR_GROUP = "year-group"
NAME_LENGTH = 80
MAX_LINES = 2000
EARLIEST, LATEST = 2000, 2099
"""Years beyond these are slips of the finger."""

_DATE_SHAPES = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y")
_DELIMITERS = (",", ";", "\t")
# A cell that begins like this is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """One good line. `year_group` is as written ("9", "Year 9"); empty means everybody."""

    line: int
    entry: CalendarEntry
    year_group: str = ""


@dataclass(frozen=True, slots=True)
class CalendarProblem:
    """What is wrong with one line. `column` is the heading; empty when the whole line is at fault."""

    line: int
    column: str
    reason: str


@dataclass(slots=True)
class CalendarFile:
    """What a file holds: the lines that can be used, and what is wrong with the others."""

    lines: list[CalendarLine] = field(default_factory=list)
    problems: list[CalendarProblem] = field(default_factory=list)


class _Wrong(Exception):
    """A cell that cannot be used: its column and the reason."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def text_of(data: bytes) -> str:
    """The text of a file in UTF-8 (with or without BOM), UTF-16 with BOM, or cp1252.

    Raises ValueError, in words for the page, when it is no text at all.
    """
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(ord(char) < 32 and char not in "\t\r\n\f" for char in text):
            return text
    raise ValueError("This is not a text file. Save the calendar as CSV and choose that file")


def read_calendar(text: str) -> CalendarFile:
    """Read a calendar file with the columns kind, from, to, name and, if there is one, year-group.

    Columns may stand in any order and others are passed over. Dates are ISO or dd/mm/yyyy, both ends
    included; an empty `to` means one day. Empty lines are passed over.
    """
    found = CalendarFile()
    places: dict[str, int] | None = None
    seen: dict[tuple[CalendarEntry, str], int] = {}
    for number, row in _rows(text, found):
        if places is None:
            places = _headings(row, number, found)
            if found.problems:
                return found
            continue
        if number > MAX_LINES:
            found.problems.append(CalendarProblem(number, "", f"A calendar has at most {MAX_LINES} lines"))
            break
        try:
            line = _line(number, row, places)
        except _Wrong as wrong:
            found.problems.append(CalendarProblem(number, wrong.column, wrong.reason))
            continue
        earlier = seen.setdefault((line.entry, line.year_group), number)
        if earlier != number:
            found.problems.append(CalendarProblem(number, "", f"The line says the same as line {earlier}"))
            continue
        found.lines.append(line)
    if places is None:
        found.problems.append(CalendarProblem(1, "", "The file is empty"))
    return found


def _rows(text: str, found: CalendarFile) -> Iterator[tuple[int, list[str]]]:
    """Every row with something in it, and the number of the line on which it begins."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 1
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                yield number, row
            number = rows.line_num + 1
    except csv.Error as error:
        found.problems.append(CalendarProblem(number, "", f"The line cannot be read: {error}"))


def _headings(row: Sequence[str], number: int, found: CalendarFile) -> dict[str, int]:
    places = {_folded(cell): place for place, cell in reversed(list(enumerate(row)))}
    for column in COLUMNS[:3]:
        if column not in places:
            found.problems.append(
                CalendarProblem(
                    number, column, f'The first line has no column "{column}". It must name {_named(COLUMNS)}'
                )
            )
    return places


def _line(number: int, row: Sequence[str], places: Mapping[str, int]) -> CalendarLine:
    cells = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
    kind = _kind(cells["kind"])
    first = _date("from", cells["from"])
    last = _date("to", cells["to"]) if cells["to"] else first
    if last < first:
        raise _Wrong("to", f"The last day ({last}) is before the first ({first})")
    name = " ".join(cells.get("name", "").split())
    problem = name_problem(name)
    if problem:
        raise _Wrong("name", problem)
    group = cells.get(YEAR_GROUP, "")
    layer = Layer.YEAR_GROUP if group else Layer.SCHOOL
    return CalendarLine(number, CalendarEntry(kind, first, last, name, layer), group)


def name_problem(name: str) -> str | None:
    """What is wrong with the name of an entry; None when it can be kept and written to a spreadsheet."""
    if len(name) > NAME_LENGTH:
        return f"The name is longer than {NAME_LENGTH} characters"
    if name.startswith(_FORMULA):
        return f"A name cannot begin with {name[0]!r}, which a spreadsheet would take for a formula"
    return None


def _kind(cell: str) -> Kind:
    if not cell:
        raise _Wrong("kind", f"The kind is missing. It is one of {_named(Kind)}")
    try:
        return Kind(_folded(cell))
    except ValueError:
        raise _Wrong("kind", f'"{cell[:40]}" is no kind of entry. It is one of {_named(Kind)}') from None


def _date(column: str, cell: str) -> date:
    if not cell:
        raise _Wrong(column, "The date is missing. Write it like 2026-09-03")
    for shape in _DATE_SHAPES:
        try:
            on = datetime.strptime(cell, shape).date()  # noqa: DTZ007 - a date has no time zone
        except ValueError:
            continue
        if not EARLIEST <= on.year <= LATEST:
            raise _Wrong(column, f"The year {on.year} cannot be right")
        return on
    raise _Wrong(column, f'"{cell[:40]}" is no date. Write it like 2026-09-03')


def _folded(cell: str) -> str:
    return "-".join(cell.replace("_", " ").replace("-", " ").lower().split())


def _named(words: Iterable[str]) -> str:
    *rest, last = words
    return f"{', '.join(rest)} and {last}"


def _delimiter(text: str) -> str:
    """The delimiter that the first line with anything in it uses most."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=heading.count)


def write_calendar(lines: Iterable[tuple[CalendarEntry, str]]) -> str:
    """A file that `read_calendar` reads back, from entries each with its year group ("" for everybody).

    The year-group column is there only when an entry needs it.
    """
    rows = list(lines)
    with_groups = any(group for _, group in rows)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*COLUMNS, YEAR_GROUP] if with_groups else COLUMNS)
    for entry, group in rows:
        cells = [entry.kind.value, entry.first.isoformat(), entry.last.isoformat(), entry.name]
        writer.writerow([*cells, group] if with_groups else cells)
    return out.getvalue()
