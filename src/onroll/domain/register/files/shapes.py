"""Find the header of a brought register, its shape, and which column is what.

A `ColumnMap` is what a school saves: it names columns by their headings, so that it fits the next file too.
A `Layout` is that map laid over one file: which row, which places. `guess` makes both from headings alone;
`fit` lays a saved map over a file.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Self

from onroll.domain.register.files.datetext import (
    DayHeading,
    looks_like_a_date,
    read_day_heading,
    read_session,
)
from onroll.domain.register.files.headings import Role, doubles_of, is_summary, plain, roles_of
from onroll.domain.schoolcalendar import Session

ROWS_TO_LOOK_AT = 50
"""A header is looked for in this many rows from the top; give `guess` and `fit` at least as many."""

_MARK_ROLES = (Role.DATE, Role.SESSION, Role.MARK)
_NAME_ROLES = (Role.SURNAME, Role.FORENAME, Role.DOB)
_FEWEST = 2


class Shape(StrEnum):
    """How a file lays out its marks. The value is kept in saved mappings."""

    LONG = "long"  # a line for each mark
    WIDE_SESSION = "wide-session"  # a line for each pupil, a column for each session
    WIDE_DAY = "wide-day"  # a line for each pupil, a column for each day with two marks in a cell

    @property
    def words(self) -> str:
        """The shape as a label names it."""
        return {
            Shape.LONG: "One line for each mark",
            Shape.WIDE_SESSION: "One line for each pupil, one column for each session",
            Shape.WIDE_DAY: "One line for each pupil, one column for each day, two marks in a cell",
        }[self]


class Heading(NamedTuple):
    """A column by its heading, as `plain` leaves it; `nth` tells equal headings apart, from 0."""

    text: str
    nth: int = 0


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which heading plays which role, in files of one shape. Columns of days are found anew in each file."""

    shape: Shape
    columns: Mapping[Role, Heading]

    def to_json(self) -> dict[str, object]:
        """Plain values to keep; `from_json` gives an equal map back."""
        return {
            "shape": str(self.shape),
            "columns": {str(role): [heading.text, heading.nth] for role, heading in self.columns.items()},
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, object]) -> Self:
        """The map that was kept. Raises ValueError for anything else."""
        columns = kept.get("columns")
        try:
            pairs = dict(columns)  # type: ignore[call-overload] # what is kept may be anything
            found = {Role(role): Heading(str(text), int(nth)) for role, (text, nth) in pairs.items()}
        except TypeError as wrong:
            raise ValueError("a column is kept as its heading and a number") from wrong
        return cls(Shape(str(kept.get("shape"))), found)

    @classmethod
    def of(cls, shape: Shape, headings: Sequence[str], places: Mapping[Role, int]) -> Self:
        """The map that says which place among the headings plays which role."""
        texts = [plain(heading) for heading in headings]
        return cls(
            shape, {role: Heading(texts[at], texts[:at].count(texts[at])) for role, at in places.items()}
        )

    def by_upn_alone(self) -> Self:
        """The map without the other columns that say who a pupil is."""
        kept = (Role.UPN, *_MARK_ROLES)
        return type(self)(self.shape, {role: at for role, at in self.columns.items() if role in kept})


class MarkColumn(NamedTuple):
    """A column of marks: its place, its heading, its date, and its session unless it holds both."""

    at: int
    heading: str
    date: date
    session: Session | None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is in one file."""

    shape: Shape
    skip: int
    """Rows above the first line of data, the header included."""
    headings: tuple[str, ...]
    columns: Mapping[Role, int]
    days: tuple[MarkColumn, ...] = ()
    unread: tuple[int, ...] = ()
    """Columns meant as dates by their headings, which cannot be read: their marks are not used."""

    @property
    def ends_at(self) -> int:
        """The number of cells that a full line has at the least."""
        return 1 + max([*self.columns.values(), *(day.at for day in self.days)])


class Header(NamedTuple):
    """One row of headings, or two merged into one."""

    first: int
    rows: int
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """What was made of the rows at the top of a file."""

    header: Header | None
    column_map: ColumnMap | None
    layout: Layout | None = None
    missing: tuple[Role, ...] = ()
    """Roles that nothing was found for. UPN stands for any way to tell who the pupil is."""
    doubts: Mapping[Role, list[int]] = field(default_factory=dict)
    """Roles that several columns could play, with all their places; the first was not always taken."""

    @property
    def complete(self) -> bool:
        """Whether the file can be read with this guess."""
        return self.layout is not None

    @property
    def summary(self) -> bool:
        """Whether the file holds totals for each pupil instead of marks."""
        return self.header is not None and not self.complete and is_summary(self.header.headings)

    @property
    def fingerprint(self) -> str:
        """The same for all files with these headings, whatever their dates: the key to keep a map under."""
        headings = self.header.headings if self.header else ()
        fixed = [plain(heading) for heading in headings if not _is_day(heading)]
        return hashlib.sha256("\n".join(fixed).encode()).hexdigest()


def guess(rows: Sequence[Sequence[str]]) -> Guess:
    """Find the header among the first rows and say what each column is.

    Where no row will do, the answer names the likeliest row and what it lacks.
    """
    best = Guess(None, None, missing=(Role.UPN, *_MARK_ROLES))
    most = _FEWEST - 1
    for header in _headers(rows):
        places = roles_of(header.headings)
        days = [read_day_heading(heading) for heading in header.headings]
        found = _laid(header, _shape_of(places, days), places, days)
        if found.complete:
            return found
        if len(places) > most:
            best, most = found, len(places)
    return best


def fit(column_map: ColumnMap, rows: Sequence[Sequence[str]]) -> Guess:
    """Lay a saved map over the first rows of a file. Incomplete when no row has all of its headings."""
    best = Guess(None, column_map, missing=tuple(column_map.columns))
    for header in _headers(rows):
        places = _resolved(column_map, header.headings)
        missing = tuple(role for role in column_map.columns if role not in places)
        if not missing:
            found = _laid(
                header, column_map.shape, places, [read_day_heading(text) for text in header.headings]
            )
            if found.complete:
                return found
            missing = found.missing
        if len(missing) < len(best.missing):
            best = Guess(header, column_map, missing=missing)
    return best


def _headers(rows: Sequence[Sequence[str]]) -> Iterator[Header]:
    for index, row in enumerate(rows[:ROWS_TO_LOOK_AT]):
        if index + 1 < len(rows):
            merged = _merged(row, rows[index + 1])
            if merged:
                yield Header(index, 2, merged)
        if any(cell.strip() for cell in row):
            yield Header(index, 1, tuple(" ".join(cell.split()) for cell in row))


def _merged(top: Sequence[str], bottom: Sequence[str]) -> tuple[str, ...] | None:
    """One row of headings from a row of dates and a row of AM and PM beneath; None when they are not that."""
    headings, running, met = [], "", False
    for index in range(max(len(top), len(bottom))):
        above, below = (" ".join(row[index].split()) if index < len(row) else "" for row in (top, bottom))
        running = above or running
        if below and looks_like_a_date(running):
            if read_session(below) is None:
                if above:
                    return None
                running = ""
            else:
                met = True
                headings.append(f"{running} {below}")
                continue
        headings.append(below or above)
    return tuple(headings) if met else None


def _shape_of(places: Mapping[Role, int], days: Sequence[DayHeading | None]) -> Shape:
    if all(role in places for role in _MARK_ROLES) or not any(days):
        return Shape.LONG
    return Shape.WIDE_SESSION if any(day and day.session for day in days) else Shape.WIDE_DAY


def _laid(
    header: Header, shape: Shape, places: Mapping[Role, int], found: Sequence[DayHeading | None]
) -> Guess:
    if shape is not Shape.LONG:
        places = {role: at for role, at in places.items() if role not in _MARK_ROLES}
    missing: list[Role] = [] if _says_who(places) else [Role.UPN]
    days: tuple[MarkColumn, ...] = ()
    unread: tuple[int, ...] = ()
    if shape is Shape.LONG:
        missing += [role for role in _MARK_ROLES if role not in places]
    else:
        days, unread = _day_columns(header, shape, places, found)
        missing += [] if days else [Role.DATE]
    layout = (
        None if missing else Layout(shape, header.first + header.rows, header.headings, places, days, unread)
    )
    column_map = ColumnMap.of(shape, header.headings, places)
    return Guess(header, column_map, layout, tuple(missing), doubles_of(header.headings))


def _says_who(places: Mapping[Role, int]) -> bool:
    return Role.UPN in places or Role.ADMISSION in places or all(role in places for role in _NAME_ROLES)


def _day_columns(
    header: Header, shape: Shape, places: Mapping[Role, int], found: Sequence[DayHeading | None]
) -> tuple[tuple[MarkColumn, ...], tuple[int, ...]]:
    days, unread = [], []
    taken = frozenset(places.values())
    for at, (heading, day) in enumerate(zip(header.headings, found, strict=True)):
        if at in taken:
            continue
        if day and (day.session is None) == (shape is Shape.WIDE_DAY):
            days.append(MarkColumn(at, heading, day.date, day.session))
        elif day or looks_like_a_date(heading):
            unread.append(at)
    return tuple(days), tuple(unread)


def _resolved(column_map: ColumnMap, headings: Sequence[str]) -> dict[Role, int]:
    where: dict[Heading, int] = {}
    met: dict[str, int] = {}
    for index, heading in enumerate(headings):
        text = plain(heading)
        where[Heading(text, met.get(text, 0))] = index
        met[text] = met.get(text, 0) + 1
    return {role: where[heading] for role, heading in column_map.columns.items() if heading in where}


def _is_day(heading: str) -> bool:
    return looks_like_a_date(heading) or read_day_heading(heading) is not None
