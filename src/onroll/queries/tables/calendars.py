"""A school calendar from a table with the columns kind, from, to and name, and perhaps year-group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onroll.domain.register.files.datetext import read_session_date
from onroll.domain.schoolcalendar import CalendarEntry, Kind, Layer
from onroll.domain.schoolcalendar.calendarfile import COLUMNS, MOST_LINES, YEAR_GROUP
from onroll.queries.tables.problems import TableProblem
from onroll.queries.tables.table import Table

_NEEDED = COLUMNS[:3]
_KINDS = ", ".join(Kind)
_NO_TERM = "There is no term, so no session exists. Add a line such as term,2026-09-01,2026-12-18."
_ROWS_TO_LOOK_AT = 20


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """A line that could be read. `year_group` is as written ("9", "Year 9"); empty means everybody."""

    line: int
    entry: CalendarEntry
    year_group: str = ""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """The lines that could be read, and what is wrong with those that could not."""

    lines: tuple[CalendarLine, ...]
    problems: tuple[TableProblem, ...] = ()

    @property
    def entries(self) -> tuple[CalendarEntry, ...]:
        """What the file says for the whole school."""
        return tuple(line.entry for line in self.lines if not line.year_group)


class _BadCell(Exception):
    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


def read_calendar(tables: Sequence[Table], *, needs_term: bool = True) -> CalendarFile:
    """Read the first table that has the columns, in any order.

    Raises TableProblem when none has and, unless told otherwise, when it holds no term: then no session
    would exist.
    """
    for table in tables:
        found = _columns(table)
        if found:
            calendar = _read(table, *found)
            has_term = any(entry.kind is Kind.TERM for entry in calendar.entries)
            if needs_term and not has_term and not calendar.problems:
                raise TableProblem(table.file, _NO_TERM)
            return calendar
    name = tables[0].file if tables else ""
    raise TableProblem(
        name, f"There is no line with the headings {','.join(COLUMNS)}. Add it above the entries."
    )


def _columns(table: Table) -> tuple[int, dict[str, int]] | None:
    for index, row in enumerate(table.head(_ROWS_TO_LOOK_AT)):
        headings = [_folded(cell) for cell in row]
        if all(name in headings for name in _NEEDED):
            return index, {name: headings.index(name) for name in (*COLUMNS, YEAR_GROUP) if name in headings}
    return None


def _read(table: Table, header: int, columns: dict[str, int]) -> CalendarFile:
    lines: list[CalendarLine] = []
    problems: list[TableProblem] = []
    with table.rows() as rows:
        for number, row in enumerate(rows):
            if number <= header or not any(cell.strip() for cell in row):
                continue
            cells = {name: " ".join(row[at].split()) if at < len(row) else "" for name, at in columns.items()}
            line = rows.line(row)
            if number > MOST_LINES:
                problems.append(
                    TableProblem(table.file, f"A calendar has at most {MOST_LINES} lines.", line=line)
                )
                break
            try:
                lines.append(CalendarLine(line, _entry(cells), cells.get(YEAR_GROUP, "")))
            except _BadCell as bad:
                problems.append(TableProblem(table.file, bad.message, line=line, column=bad.column))
    return CalendarFile(tuple(lines), tuple(problems))


def _entry(cells: dict[str, str]) -> CalendarEntry:
    kind = _folded(cells["kind"])
    if kind not in set(Kind):
        raise _BadCell("kind", f'"{cells["kind"]}" is not a kind of day. Write one of {_KINDS}.')
    first = _date(cells["from"], "from")
    last = _date(cells["to"], "to") if cells["to"] else first
    if last < first:
        raise _BadCell("to", "The entry ends before it begins. Put the earlier date under from.")
    layer = Layer.YEAR_GROUP if cells.get(YEAR_GROUP) else Layer.SCHOOL
    return CalendarEntry(Kind(kind), first, last, cells.get("name", ""), layer)


def _folded(cell: str) -> str:
    """A heading or a kind as it is written in code: "Year group" is year-group."""
    return "-".join(cell.lower().replace("_", " ").replace("-", " ").split())


def _date(text: str, column: str) -> date:
    on = read_session_date(text)
    if on is None:
        raise _BadCell(
            column, f'"{text}" is not a date. Write it like 2026-09-01.' if text else "The date is missing."
        )
    return on
