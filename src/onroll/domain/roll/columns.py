"""Find the header of a brought roll and which column is what.

A `RollMap` is what a school saves: it names columns by their headings. A `RollLayout` is that map laid over
one file. `guess` makes both from headings; `fit` lays a saved map over a file.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from onroll.domain.register.files.headings import plain
from onroll.domain.register.files.shapes import ROWS_TO_LOOK_AT, Heading
from onroll.domain.roll.guessing import carried, targets_of
from onroll.domain.roll.targets import Field, Target

_NUMBERS = (Field.UPN, Field.ADMISSION, Field.BORN_ON)
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class RollMap:
    """Which heading holds what."""

    columns: Mapping[Target, Heading]

    def to_json(self) -> dict[str, object]:
        """Plain values to keep; `from_json` gives an equal map back."""
        return {
            "columns": {target.key: [heading.text, heading.nth] for target, heading in self.columns.items()}
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, object]) -> Self:
        """The map that was kept. Raises ValueError for anything else."""
        columns = kept.get("columns")
        try:
            pairs = dict(columns)  # type: ignore[call-overload] # what is kept may be anything
            return cls(
                {Target.from_key(key): Heading(str(text), int(nth)) for key, (text, nth) in pairs.items()}
            )
        except TypeError as wrong:
            raise ValueError("a column is kept as its heading and a number") from wrong

    @classmethod
    def of(cls, headings: Sequence[str], places: Mapping[Target, int]) -> Self:
        """The map that says what stands at which place among the headings."""
        texts = [plain(heading) for heading in headings]
        return cls({target: Heading(texts[at], texts[:at].count(texts[at])) for target, at in places.items()})


class RollHeader(NamedTuple):
    """One row of headings, or two merged into one; `first` is its place among the rows of the file, from 0."""

    first: int
    rows: int
    headings: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """The same for all files with these headings: the key to keep a map under."""
        return hashlib.sha256("\n".join(map(plain, self.headings)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class RollLayout:
    """Where everything is in one file."""

    skip: int
    """Rows above the first line of data, the header included."""
    headings: tuple[str, ...]
    columns: Mapping[Target, int]

    def has(self, field: Field) -> bool:
        """Whether the file has a column of this."""
        return Target(field) in self.columns

    @property
    def has_contacts(self) -> bool:
        """Whether any column is about a contact."""
        return any(target.contact for target in self.columns)


@dataclass(frozen=True, slots=True)
class RollGuess:
    """What was made of the rows at the top of a file."""

    header: RollHeader | None
    places: Mapping[Target, int]
    missing: tuple[str, ...] = ()
    """What the file must have and no column was found for, in words."""

    @property
    def layout(self) -> RollLayout | None:
        """Where everything is; None while something is missing."""
        if self.header is None or self.missing:
            return None
        return RollLayout(self.header.first + self.header.rows, self.header.headings, self.places)

    @property
    def column_map(self) -> RollMap:
        """The map to keep."""
        return RollMap.of(self.header.headings if self.header else (), self.places)


def missing_from(targets: Iterable[Target]) -> tuple[str, ...]:
    """What columns with these targets still lack to be a roll, in words; empty when they do."""
    have = {target.what for target in targets if not target.contact}
    lacks = []
    if Field.NAME not in have:
        lacks += [field.words for field in (Field.SURNAME, Field.FORENAME) if field not in have]
    if not have.intersection(_NUMBERS):
        lacks.append("UPN, admission number or date of birth")
    return tuple(lacks)


def guess(rows: Sequence[Sequence[str]]) -> RollGuess:
    """Find the header among the first rows and say what each column is.

    Where no row will do, the answer holds the likeliest row and what it lacks.
    """
    best, most = RollGuess(None, {}, missing_from(())), _FEWEST - 1
    for header in _headers(rows):
        places = targets_of(header.headings)
        found = RollGuess(header, places, missing_from(places))
        if not found.missing:
            return found
        if len(places) > most:
            best, most = found, len(places)
    return best


def fit(column_map: RollMap, rows: Sequence[Sequence[str]]) -> RollGuess:
    """Lay a saved map over the first rows of a file; something is missing when no row has all of its headings."""
    best, fewest = RollGuess(None, {}, missing_from(())), len(column_map.columns) + 1
    for header in _headers(rows):
        places = _resolved(column_map, header.headings)
        absent = [target for target in column_map.columns if target not in places]
        if not absent:
            return RollGuess(header, places, missing_from(places))
        if len(absent) < fewest:
            words = tuple(target.words for target in absent)
            best, fewest = RollGuess(header, places, words), len(absent)
    return best


def _resolved(column_map: RollMap, headings: Sequence[str]) -> dict[Target, int]:
    where: dict[Heading, int] = {}
    met: dict[str, int] = {}
    for index, heading in enumerate(headings):
        text = plain(heading)
        where[Heading(text, met.get(text, 0))] = index
        met[text] = met.get(text, 0) + 1
    return {target: where[heading] for target, heading in column_map.columns.items() if heading in where}


def _headers(rows: Sequence[Sequence[str]]) -> Iterator[RollHeader]:
    for index, row in enumerate(rows[:ROWS_TO_LOOK_AT]):
        if not any(cell.strip() for cell in row):
            continue
        if index + 1 < len(rows):
            merged = carried(row, rows[index + 1])
            if merged:
                yield RollHeader(index, 2, merged)
        yield RollHeader(index, 1, tuple(" ".join(cell.split()) for cell in row))
