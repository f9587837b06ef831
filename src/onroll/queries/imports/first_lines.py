"""The first lines of a file as they would be read: which pupil, which session, which mark, or why not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from onroll.domain.register import CODE_OF_CHAR, CODES, NOT_TAKEN
from onroll.domain.register.files import CodeBook, PupilRow, Shape
from onroll.domain.register.files.codebook import EMPTY, UNKNOWN, why_unknown
from onroll.domain.register.files.daycells import why_not_read
from onroll.domain.register.files.lines import Flaw, Furniture, Identity, LongLines
from onroll.domain.register.files.shapes import Layout
from onroll.domain.register.files.wide import WideLines, without_faults
from onroll.domain.register.pupil_match import Match, Named, PupilIndex
from onroll.domain.schoolcalendar import SessionAt, session_at

SESSIONS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class FirstMark:
    """One mark as it would be read; `problem` says why it would not be."""

    at: SessionAt | None
    code: str = ""  # "" for a blank cell
    meaning: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class FirstLine:
    """One line as it would be read."""

    line: int
    said: str  # who the file says it is
    match: Match
    marks: tuple[FirstMark, ...]
    passed_over: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """All that reading a line needs."""

    layout: Layout
    book: CodeBook
    pupils: PupilIndex
    half_day: Callable[[date], bool]


def first_lines(reader: Reader, rows: Sequence[Sequence[str]], lines: Sequence[int]) -> list[FirstLine]:
    """These lines as they would be read. `lines` are their numbers in the file."""
    marks_of = _long(reader) if reader.layout.shape is Shape.LONG else _wide(reader)
    furniture, identity = Furniture(reader.layout), Identity(reader.layout)
    found = []
    for number, row in zip(lines, rows, strict=True):
        if furniture.is_passed_over(row):
            found.append(FirstLine(number, "", Match(None, None), (), passed_over=True))
            continue
        key = identity.key(row)
        who = identity.pupil(row, key, number) if key else None
        found.append(FirstLine(number, _said(who), _match(reader, who), marks_of(row)))
    return found


def _match(reader: Reader, who: PupilRow | None) -> Match:
    if who is None:
        return Match(None, None, "The line does not say who the pupil is.")
    return reader.pupils.find(Named(who.upn, who.admission, who.surname, who.forename, who.dob))


def _said(who: PupilRow | None) -> str:
    if who is None:
        return ""
    name = f"{who.forename} {who.surname}".strip()
    return name or who.upn or who.admission


def _long(reader: Reader) -> Callable[[Sequence[str]], tuple[FirstMark, ...]]:
    lines = LongLines(reader.layout, reader.book)

    def marks_of(row: Sequence[str]) -> tuple[FirstMark, ...]:
        entry = lines.read(row)
        if isinstance(entry, Flaw):
            return (FirstMark(None, problem=entry.reason),)
        return (_mark(session_at(entry.year, entry.place), entry.char, row[lines.mark_column]),)

    return marks_of


def _wide(reader: Reader) -> Callable[[Sequence[str]], tuple[FirstMark, ...]]:
    lines = WideLines(reader.layout, reader.book, reader.half_day)

    def marks_of(row: Sequence[str]) -> tuple[FirstMark, ...]:
        read = lines.read(list(row))
        faults = {(fault.slot.year, fault.slot.place): fault for fault in lines.faults(list(row), read)}
        marks = []
        for slot, char in list(zip(lines.slots, without_faults(read), strict=True))[:SESSIONS_SHOWN]:
            at = session_at(slot.year, slot.place)
            fault = faults.get((slot.year, slot.place))
            if fault is None:
                marks.append(_mark(at, char, ""))
            elif fault.unknown is None:
                marks.append(FirstMark(at, problem=why_not_read(fault.cell, reader.book)))
            else:
                marks.append(FirstMark(at, problem=why_unknown(fault.unknown)))
        return tuple(marks)

    return marks_of


def _mark(at: SessionAt, char: int, raw: str) -> FirstMark:
    if char == UNKNOWN:
        return FirstMark(at, problem=why_unknown(raw))
    if char == EMPTY:
        return FirstMark(at, meaning="Blank: nothing is said about the session")
    code = CODE_OF_CHAR[chr(char)]
    return FirstMark(at, code, "Not taken" if code == NOT_TAKEN else CODES[code].meaning)
