"""What stands on one line of a brought register: who the pupil is, and, in a long file, which mark it gives."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol

from onroll.domain.identifiers import normal_upn
from onroll.domain.names import folded
from onroll.domain.register.files.codebook import CodeBook, quoted
from onroll.domain.register.files.datetext import read_date, read_session, read_session_date
from onroll.domain.register.files.headings import Role, plain
from onroll.domain.register.files.shapes import Layout
from onroll.domain.schoolcalendar import Session, grid_position, school_year

BY_UPN, BY_ADMISSION, BY_NAME = "upn", "admission", "name"

_TOTALS = re.compile(r"(grand\s+|sub[\s-]*)?totals?\b|(count|average|mean|sum|overall)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"\d[\d.,]*\s*(%|(marks?|sessions?|pupils?|lines?|rows?|days?)\b)?", re.IGNORECASE | re.ASCII
)
_MANY_DATES = 20_000
_ABOUT_THE_PUPIL = (Role.ADMISSION, Role.SURNAME, Role.FORENAME, Role.DOB, Role.YEAR_GROUP, Role.TUTOR_GROUP)


class Rows(Protocol):
    """The rows of a table, once through, as texts."""

    def __iter__(self) -> Iterator[list[str]]: ...

    def line(self, row: Sequence[str]) -> int:
        """The line of the file on which the row that was given last begins, from 1."""

    def split(self, before: int) -> Iterator[tuple[list[str], str, str]]:
        """The rows otherwise, for those who can do without the cells: the first ones, and the rest as one text.

        Gives up to `before` cells, the others as they stand, and what is between them there. To be used
        instead of the rows, not beside them.
        """


class Fault(StrEnum):
    """Why a line, or a cell of a wide file, is not used. The value is stored."""

    UNREADABLE = "unreadable"
    UNKNOWN_PUPIL = "unknown-pupil"
    UNKNOWN_CODE = "unknown-code"
    NO_SESSION = "no-session"
    OFF_ROLL = "off-roll"
    FUTURE = "future"
    CONFLICT = "conflict"


class PupilKey(NamedTuple):
    """How a file names a pupil: by UPN where it has one, else by admission number, else by name and birth date.

    `by` is BY_UPN, BY_ADMISSION or BY_NAME: plain texts, which are quicker keys than members of an enum.
    """

    by: str
    value: str


class PupilRow(NamedTuple):
    """Everything that a pupil's first line says about who they are."""

    key: PupilKey
    line: int
    upn: str = ""
    admission: str = ""
    surname: str = ""
    forename: str = ""
    dob: date | None = None
    year_group: str = ""
    tutor_group: str = ""


class Entry(NamedTuple):
    """One mark of a long file; `char` is UNKNOWN when it is no code."""

    key: PupilKey
    year: int
    place: int
    on: date
    char: int


class Flaw(NamedTuple):
    """Why a line cannot be read, and the column to look at; None when it is the whole line."""

    reason: str
    column: int | None = None


class Identity:
    """Reads from a line who the pupil is."""

    def __init__(self, layout: Layout) -> None:
        self._columns = layout.columns
        self._upn = layout.columns.get(Role.UPN)
        self._others = [
            (index, layout.columns[role])
            for index, role in enumerate(_ABOUT_THE_PUPIL)
            if role in layout.columns
        ]

    def key(self, row: Sequence[str]) -> PupilKey | None:
        """How the line names its pupil; None when it does not."""
        upn = normal_upn(row[self._upn]) if self._upn is not None and self._upn < len(row) else ""
        if upn:
            return PupilKey(BY_UPN, upn)
        admission = self._text(row, Role.ADMISSION)
        if admission:
            return PupilKey(BY_ADMISSION, admission.upper())
        names = [folded(self._text(row, role)) for role in (Role.SURNAME, Role.FORENAME)]
        born = read_date(self._text(row, Role.DOB))
        if all(names) and born:
            return PupilKey(BY_NAME, "|".join([*names, born.isoformat()]))
        return None

    def pupil(self, row: Sequence[str], key: PupilKey, line: int) -> PupilRow:
        """What the line says about its pupil."""
        said = [""] * len(_ABOUT_THE_PUPIL)
        for index, at in self._others:
            if at < len(row):
                said[index] = row[at].strip()
        admission, surname, forename, dob, year_group, tutor_group = said
        born = read_date(dob) if dob else None
        upn = key.value if key.by == BY_UPN else ""
        return PupilRow(key, line, upn, admission, surname, forename, born, year_group, tutor_group)

    def missing(self) -> Flaw:
        """The flaw of a line that does not say who the pupil is."""
        if Role.UPN in self._columns:
            return Flaw("There is no UPN.", self._columns[Role.UPN])
        if Role.ADMISSION in self._columns:
            return Flaw("There is no admission number.", self._columns[Role.ADMISSION])
        return Flaw("Surname, forename and date of birth are not all there.", self._columns[Role.SURNAME])

    def _text(self, row: Sequence[str], role: Role) -> str:
        at = self._columns.get(role)
        return row[at].strip() if at is not None and at < len(row) else ""


class Furniture:
    """Knows the lines that hold no marks and are passed over: blank ones, totals, a header that comes again.

    A line is one of totals when nothing in it names a pupil and every cell is blank, a number, a date, or
    begins with a word such as "Total"; a long line that has a date and a session too is a mark.
    """

    def __init__(self, layout: Layout) -> None:
        self._who = [layout.columns[role] for role in (Role.UPN, Role.ADMISSION) if role in layout.columns]
        self._when = [layout.columns[role] for role in (Role.DATE, Role.SESSION) if role in layout.columns]
        self._texts = frozenset(heading.lower() for heading in layout.headings)
        self._headings = [plain(heading) for heading in layout.headings if plain(heading)]

    def names_somebody(self, cells: Sequence[str]) -> bool:
        """Whether the line surely names a pupil, and so is none of ours. `cells` may be the first ones only."""
        for at in self._who:
            text = cells[at].strip() if at < len(cells) else ""
            if text and not _TOTALS.match(text) and text.lower() not in self._texts:
                return True
        return False

    def is_passed_over(self, row: Sequence[str]) -> bool:
        """Whether the line says nothing about anybody's attendance."""
        if self.names_somebody(row):
            return False
        cells = [cell.strip() for cell in row if cell and not cell.isspace()]
        return not cells or self._is_header(cells) or self._is_totals(row, cells)

    def _is_totals(self, row: Sequence[str], cells: list[str]) -> bool:
        worded = any(_TOTALS.match(cell) for cell in cells)
        when = [row[at] for at in self._when if at < len(row)]
        if len(when) == 2 and read_date(when[0]) and read_session(when[1]) and not worded:
            return False
        return all(_NUMBER.fullmatch(cell) or (worded and _goes_with_totals(cell)) for cell in cells)

    def _is_header(self, cells: list[str]) -> bool:
        return len(cells) == len(self._headings) > 1 and [plain(cell) for cell in cells] == self._headings


def _goes_with_totals(cell: str) -> bool:
    return bool(_TOTALS.match(cell) or read_date(cell) or read_session(cell))


class LongLines:
    """Reads the lines of a long file, exactly and with its reasons; texts met before cost a look-up."""

    def __init__(self, layout: Layout, book: CodeBook) -> None:
        self.identity = Identity(layout)
        self.book = book
        self._date, self._session, self._mark = (
            layout.columns[role] for role in (Role.DATE, Role.SESSION, Role.MARK)
        )
        self._needed = max(self._date, self._session, self._mark)
        self._days: dict[str, tuple[date, int, int]] = {}
        self._halves: dict[str, int] = {}

    def read(self, row: Sequence[str]) -> Entry | Flaw:
        """The mark that the line gives, or why it cannot be read."""
        if len(row) <= self._needed:
            return Flaw(
                f"The line ends after {len(row)} cells; date, session and mark need {self._needed + 1}."
            )
        key = self.identity.key(row)
        if key is None:
            return self.identity.missing()
        day = self._days.get(row[self._date]) or self._day(row[self._date])
        if day is None:
            return Flaw(_not_a_date(row[self._date]), self._date)
        half = self._halves.get(row[self._session])
        if half is None:
            session = read_session(row[self._session])
            if session is None:
                return Flaw(_not_a_session(row[self._session]), self._session)
            half = self._halves[row[self._session]] = int(session is Session.PM)
        on, year, start = day
        return Entry(key, year, start + half, on, self.book.char(row[self._mark]))

    def raw_mark(self, row: Sequence[str]) -> str:
        """The mark as the line has it."""
        return row[self._mark]

    @property
    def mark_column(self) -> int:
        """The place of the mark on a line."""
        return self._mark

    def _day(self, raw: str) -> tuple[date, int, int] | None:
        on = read_session_date(raw)
        if on is None:
            return None
        if len(self._days) >= _MANY_DATES:  # a column with the time of day has no end of texts
            self._days.clear()
        day = self._days[raw] = (on, school_year(on), grid_position(on, Session.AM))
        return day


def _not_a_date(raw: str) -> str:
    if not raw.strip():
        return "There is no date."
    return f"{quoted(raw)} is not a date that can be read. Write it like 07/09/2026 or 2026-09-07."


def _not_a_session(raw: str) -> str:
    return f"{quoted(raw)} is not a session. Write AM or PM." if raw.strip() else "There is no session."
