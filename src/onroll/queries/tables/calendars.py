"""A school calendar from a table with the columns kind, from, to and name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onroll.domain.register.files.datetext import read_session_date
from onroll.domain.schoolcalendar import CalendarEntry, Kind
from onroll.queries.tables.problems import TableProblem
from onroll.queries.tables.table import Table

COLUMNS = ("kind", "from", "to", "name")
_NEEDED = COLUMNS[:3]
_KINDS = ", ".join(Kind)
_NO_TERM = "There is no term, so no session exists. Add a line such as term,2026-09-01,2026-12-18,Autumn."
_ROWS_TO_LOOK_AT = 20


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """The entries that could be read, and what is wrong with the lines that could not."""

    entries: tuple[CalendarEntry, ...]
    problems: tuple[TableProblem, ...] = ()


class _BadCell(Exception):
    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


def read_calendar(tables: Sequence[Table]) -> CalendarFile:
    """Read the first table that has the columns, in any order.

    Raises TableProblem when none has, or when it holds no term: then no session would exist.
    """
    for table in tables:
        found = _columns(table)
        if found:
            return _read(table, *found)
    file = tables[0].file if tables else ""
    raise TableProblem(
        file, f"There is no line with the headings {','.join(COLUMNS)}. Add it above the entries."
    )


def _columns(table: Table) -> tuple[int, dict[str, int]] | None:
    for index, row in enumerate(table.head(_ROWS_TO_LOOK_AT)):
        headings = [cell.strip().lower() for cell in row]
        if all(name in headings for name in _NEEDED):
            return index, {name: headings.index(name) for name in COLUMNS if name in headings}
    return None


def _read(table: Table, header: int, columns: dict[str, int]) -> CalendarFile:
    entries, problems = [], []
    with table.rows() as rows:
        for number, row in enumerate(rows):
            if number <= header or not any(cell.strip() for cell in row):
                continue
            cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
            try:
                entries.append(_entry(cells))
            except _BadCell as bad:
                problems.append(TableProblem(table.file, bad.message, line=rows.line(row), column=bad.column))
    if not problems and not any(entry.kind is Kind.TERM for entry in entries):
        raise TableProblem(
            table.file,
            "There is no term, so no session exists. Add a line such as term,2026-09-01,2026-12-18.",
        )
    return CalendarFile(tuple(entries), tuple(problems))


def _entry(cells: dict[str, str]) -> CalendarEntry:
    kind = "-".join(cells["kind"].lower().replace("_", " ").replace("-", " ").split())
    if kind not in set(Kind):
        raise _BadCell("kind", f'"{cells["kind"]}" is not a kind of day. Write one of {_KINDS}.')
    first = _date(cells["from"], "from")
    last = _date(cells["to"], "to") if cells["to"] else first
    if last < first:
        raise _BadCell("to", "The entry ends before it begins. Put the earlier date under from.")
    return CalendarEntry(Kind(kind), first, last, cells.get("name", ""))


def _date(text: str, column: str) -> date:
    on = read_session_date(text)
    if on is None:
        raise _BadCell(
            column, f'"{text}" is not a date. Write it like 2026-09-01.' if text else "The date is missing."
        )
    return on
