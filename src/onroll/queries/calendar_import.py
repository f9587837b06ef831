"""What bringing in a calendar file would do to a school's calendar, line by line, before anything is done."""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import BinaryIO

from django.db.models import Q

from onroll.domain.schoolcalendar import CalendarEntry, Kind, school_year
from onroll.domain.schoolcalendar.calendarfile import YEAR_GROUP, name_problem, write_calendar
from onroll.queries.calendars import bank_holidays
from onroll.queries.tables import TableProblem, brought
from onroll.queries.tables.calendars import CalendarFile, CalendarLine, read_calendar
from onroll.records.schools.models import CalendarDay, YearGroup

What = tuple[Kind, object, object, int | None]  # kind, first, last, year group id


class LineState(StrEnum):
    """What one line of the file is to the calendar."""

    NEW = "new"
    SAME = "same"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class LineProblem:
    """Why a line of the file, or without a line number the whole file, cannot be used."""

    line: int | None
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One good line, the year group it speaks for, and the entry it meets in the calendar."""

    line: int
    entry: CalendarEntry
    year_group_id: int | None
    year_group: str
    state: LineState
    row_id: int | None = None  # the entry that is there already
    was: str = ""  # its name, where the file has another


@dataclass(frozen=True, slots=True)
class Leaving:
    """An entry that stands now, is not in the file, and would be withdrawn."""

    row_id: int
    entry: CalendarEntry
    year_group: str


@dataclass(slots=True)
class Plan:
    """What would happen. `seen` names the state of the calendar that the plan was made on."""

    seen: str
    lines: list[PlannedLine] = field(default_factory=list)
    problems: list[LineProblem] = field(default_factory=list)
    leaving: list[Leaving] = field(default_factory=list)

    @property
    def changes_anything(self) -> bool:
        """Whether carrying it out would write anything."""
        return bool(self.leaving) or any(line.state is not LineState.SAME for line in self.lines)

    def count(self, state: str) -> int:
        """How many lines are in a state."""
        return sum(line.state == state for line in self.lines)


def read_file(stream: BinaryIO, name: str) -> CalendarFile:
    """What a brought CSV or XLSX file says. One that is no calendar at all has that as its only problem."""
    try:
        with brought(stream, name) as tables:
            return read_calendar(tables, needs_term=False)
    except TableProblem as problem:
        return CalendarFile((), (problem,))


def read_text(text: str) -> CalendarFile:
    """What the text of a calendar file says."""
    return read_file(io.BytesIO(text.encode()), "")


def text_of(file: CalendarFile) -> str:
    """The good lines of a file as a text that `read_text` reads alike."""
    return write_calendar((line.entry, line.year_group) for line in file.lines)


def plan(school_id: int, trust_id: int | None, file: CalendarFile, *, replace_year: int | None) -> Plan:
    """Compare a file with the calendar. Two queries.

    With `replace_year` the school's own entries that begin in that school year and are not in the file are
    to be withdrawn; the trust's entries and the nation's bank holidays are never touched.
    """
    owners = Q(school_id=school_id)
    if trust_id is not None:
        owners |= Q(trust_id=trust_id)
    rows = list(CalendarDay.objects.filter(owners, withdrawn_at=None).order_by("first_on", "id"))
    groups = list(YearGroup.objects.filter(school_id=school_id))
    made = Plan(seen=_state_of(rows), problems=_problems(file))
    own = {_what(row): row for row in rows if row.school_id == school_id}
    given = {_what(row) for row in rows if row.school_id is None}
    met: set[int] = set()
    for line in file.lines:
        group = _group(line, groups, made)
        if line.year_group and group is None:
            continue
        planned = _planned(line, group, own, given)
        made.lines.append(planned)
        if planned.row_id is not None:
            met.add(planned.row_id)
    if replace_year is not None:
        made.leaving = [
            Leaving(row.pk, _entry(row), _name(row.year_group_id, groups))
            for row in own.values()
            if row.pk not in met and school_year(row.first_on) == replace_year
        ]
    made.problems.sort(key=lambda problem: problem.line or 0)
    return made


def _problems(file: CalendarFile) -> list[LineProblem]:
    """What is wrong with the file before any calendar is looked at."""
    found = [LineProblem(problem.line, problem.column, problem.message) for problem in file.problems]
    seen: dict[tuple[CalendarEntry, str], int] = {}
    for line in file.lines:
        if problem := name_problem(line.entry.name):
            found.append(LineProblem(line.line, "name", f"{problem}."))
        what = (replace(line.entry, name=""), line.year_group.casefold())
        earlier = seen.setdefault(what, line.line)
        if earlier != line.line:
            found.append(LineProblem(line.line, "", f"The line says the same as line {earlier}."))
    if not found and not file.lines:
        found.append(LineProblem(None, "", "The file has headings, but no entry below them."))
    return found


def _planned(
    line: CalendarLine, group: YearGroup | None, own: dict[What, CalendarDay], given: set[What]
) -> PlannedLine:
    entry, group_id = line.entry, group.pk if group else None
    what = (entry.kind, entry.first, entry.last, group_id)
    row = own.get(what)
    state = LineState.NEW
    if row is not None:
        state = LineState.SAME if row.name == entry.name else LineState.RENAMED
    elif what in given or (group is None and _is_bank_holiday(entry)):
        state = LineState.SAME
    was = row.name if row is not None and state is LineState.RENAMED else ""
    return PlannedLine(
        line.line, entry, group_id, group.name if group else "", state, row.pk if row else None, was
    )


def _group(line: CalendarLine, groups: Iterable[YearGroup], made: Plan) -> YearGroup | None:
    asked = line.year_group.casefold()
    if not asked:
        return None
    for group in groups:
        if asked in (group.code.casefold(), group.name.casefold()):
            return group
    made.problems.append(
        LineProblem(line.line, YEAR_GROUP, f'The school has no year group "{line.year_group[:40]}".')
    )
    return None


def _is_bank_holiday(entry: CalendarEntry) -> bool:
    days = {day.first for day in bank_holidays(entry.first.year)}
    return entry.kind is Kind.BANK_HOLIDAY and entry.first == entry.last and entry.first in days


def _what(row: CalendarDay) -> What:
    return Kind(row.kind), row.first_on, row.last_on, row.year_group_id


def _entry(row: CalendarDay) -> CalendarEntry:
    return CalendarEntry(Kind(row.kind), row.first_on, row.last_on, row.name)


def _name(group_id: int | None, groups: Iterable[YearGroup]) -> str:
    return next((group.name for group in groups if group.pk == group_id), "")


def _state_of(rows: Iterable[CalendarDay]) -> str:
    return hashlib.sha256(",".join(str(row.pk) for row in rows).encode()).hexdigest()[:16]
