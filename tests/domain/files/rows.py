"""Rows without a file, as `queries.tables` would hand them over, and short ways to read and to look at them."""

from collections.abc import Iterator, Sequence

from onroll.domain.register import CODE_OF_CHAR, NO_MARK
from onroll.domain.register.files import (
    CodeBook,
    Fault,
    Layout,
    Problem,
    Reading,
    guess,
    problems,
    read_marks,
    verdict,
)
from onroll.domain.schoolcalendar import SchoolCalendar, Session, SessionAt, session_at
from tests.domain.reference import REFERENCE


class ListRows:
    """Rows of a list. `between` is what stands between the cells where a row is handed over as one text."""

    def __init__(self, rows: Sequence[Sequence[str]], between: str = "") -> None:
        self._rows = [list(row) for row in rows]
        self._between = between
        self._number = 0

    def __iter__(self) -> Iterator[list[str]]:
        for number, row in enumerate(self._rows, 1):
            self._number = number
            yield list(row)

    def line(self, _: Sequence[str]) -> int:
        return self._number

    def split(self, before: int) -> Iterator[tuple[list[str], str, str]]:
        between = self._between or "\x1f"
        for row in self:
            cells = between.join(row).split(between, before) if self._between else row
            yield cells[:before], between.join(cells[before:]), between


def table(text: str) -> list[list[str]]:
    """Rows from lines with commas; nothing is trimmed."""
    return [line.split(",") for line in text.split("\n")]


def half_day(calendar: SchoolCalendar):
    """What a caller who knows the calendar tells the reader."""
    return lambda on: calendar.is_session(on, Session.AM) and not calendar.is_session(on, Session.PM)


def layout_of(rows: Sequence[Sequence[str]]) -> Layout:
    """The layout that is guessed; the guess must be complete."""
    layout = guess(rows).layout
    assert layout is not None
    return layout


def read(
    rows: Sequence[Sequence[str]], *, between: str = "", calendar: SchoolCalendar = REFERENCE
) -> Reading:
    """Read rows with exact codes, as the guess lays them out."""
    source = ListRows(rows, between)
    return read_marks(source, layout_of(rows), CodeBook(), half_day=half_day(calendar))


def marks(reading: Reading) -> dict[str, dict[SessionAt, str]]:
    """The codes that may be used, by pupil and session."""
    found: dict[str, dict[SessionAt, str]] = {key.value: {} for key in reading.pupils}
    for key in reading.pupils:
        for year, grid in reading.years(key).items():
            codes = {
                session_at(year, at): CODE_OF_CHAR[char] for at, char in enumerate(grid) if char != NO_MARK
            }
            found[key.value] |= codes
    return found


def rejected(rows: Sequence[Sequence[str]], *, calendar: SchoolCalendar = REFERENCE) -> list[Problem]:
    """What is not used of rows, against a calendar."""
    reading = read(rows, calendar=calendar)
    return list(
        problems(
            ListRows(rows),
            reading,
            CodeBook(),
            verdicts=verdicts(reading, calendar),
            words=lambda fault, at: f"{fault} {at.date} {at.session}",
            half_day=half_day(calendar),
        )
    )


def verdicts(reading: Reading, calendar: SchoolCalendar):
    """Conflicts, and marks without a session, told apart the slow and obvious way."""
    found = {}
    for year, grids in reading.registers.items():
        mask = calendar.mask(year)
        for key, grid in grids.items():
            contested = reading.conflicts.get((year, key), {})
            outside = [
                at
                for at in range(len(grid))
                if not mask[at] and (chr(grid[at]) not in ".-#Z" or at in contested)
            ]
            if outside or contested:
                found[year, key] = verdict({Fault.NO_SESSION: outside, Fault.CONFLICT: contested})
    return found
