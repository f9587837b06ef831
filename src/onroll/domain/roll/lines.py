"""Read one line of a brought roll: who the pupil is, what it says of them, and which cells cannot be used."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from onroll.domain.identifiers import UPN_LETTERS, normal_upn, upn_check_letter, upn_problem
from onroll.domain.register.files.datetext import FIRST_YEAR, read_date
from onroll.domain.register.pupil_match import Named
from onroll.domain.roll import values
from onroll.domain.roll.columns import RollLayout
from onroll.domain.roll.given import ContactGiven, Note, NoteKind, PupilGiven
from onroll.domain.roll.targets import Field, Part, Target
from onroll.domain.roll.times import Dates

_OLDEST = 30
_YEARS_AHEAD = 2
_LONGEST_NUMBER = 20
_LONGEST_GROUP = 40
_LONGEST_RELATIONSHIP = 40
_LONGEST_CONTACT = 160


class Line(NamedTuple):
    """One line: what it says of a pupil (None: it cannot be used), and what a person must see."""

    given: PupilGiven | None
    notes: list[Note]


class LineReader:
    """Reads the lines of one file. `on` is the day it is read: nobody is born after it."""

    def __init__(self, layout: RollLayout, on: date) -> None:
        self.layout = layout
        self._on = on
        self._numbers = sorted({target.contact for target in layout.columns if target.contact})

    def read(self, row: Sequence[str], line: int) -> Line:
        """What the line says. A line that is not used has one note of that kind at the least."""
        cells = _Cells(row, line, self.layout)
        given = self._pupil(cells)
        left_out = any(note.kind is NoteKind.LEFT_OUT for note in cells.notes)
        if not left_out:
            return Line(given, cells.notes)
        who = given.named
        return Line(None, [note._replace(who=who) for note in cells.notes])

    def contacts(self, row: Sequence[str], line: int) -> tuple[tuple[ContactGiven, ...], list[Note]]:
        """The contacts of a line that goes on with the pupil above it."""
        cells = _Cells(row, line, self.layout)
        return tuple(self._contacts(cells)), cells.notes

    def goes_on(self, row: Sequence[str]) -> bool:
        """Whether the line holds contacts only, and so belongs to the pupil on the line above."""
        filled = [target for target, at in self.layout.columns.items() if at < len(row) and row[at].strip()]
        return bool(filled) and all(target.contact for target in filled)

    def _pupil(self, cells: "_Cells") -> PupilGiven:
        surname, forename = _name(cells)
        upn, mistyped = _upn(cells, Field.UPN)
        former, _ = _upn(cells, Field.FORMER_UPN)
        born_on = self._born_on(cells)
        admission = cells.limited(Field.ADMISSION, _LONGEST_NUMBER)
        if (surname or forename) and not (upn or admission or born_on):
            cells.leave_out(
                "", "Nothing but a name: a UPN, an admission number or a date of birth is needed."
            )
        emptied = [one for one in (Field.KNOWN_AS, Field.TUTOR_GROUP) if values.is_nothing(cells.of(one))]
        return PupilGiven(
            line=cells.line,
            surname=surname,
            forename=forename,
            upn=upn,
            upn_mistyped=mistyped,
            former_upn=former,
            admission=admission,
            known_as="" if Field.KNOWN_AS in emptied else cells.limited(Field.KNOWN_AS, values.LONGEST_NAME),
            born_on=born_on,
            year_group=_year_group(cells),
            tutor_group=""
            if Field.TUTOR_GROUP in emptied
            else cells.limited(Field.TUTOR_GROUP, _LONGEST_GROUP),
            sen=_sen(cells),
            ehcp=cells.yes(Target(Field.EHCP)),
            dates=self._dates(cells),
            contacts=tuple(self._contacts(cells)),
            emptied=frozenset(map(str, emptied)),
        )

    def _born_on(self, cells: "_Cells") -> date | None:
        on = cells.date(Field.BORN_ON)
        if on and not (on < self._on and on.year > self._on.year - _OLDEST):
            cells.leave_out(Field.BORN_ON.words, "This cannot be a pupil's date of birth.")
            return None
        return on

    def _dates(self, cells: "_Cells") -> tuple[Dates, ...]:
        joined, left = cells.date(Field.JOINED_ON), cells.date(Field.LEFT_ON)
        for field_, on in ((Field.JOINED_ON, joined), (Field.LEFT_ON, left)):
            if on and not FIRST_YEAR <= on.year <= self._on.year + _YEARS_AHEAD:
                cells.leave_out(field_.words, "This date is too far away to be right.")
        return (Dates(joined, left),) if joined or left else ()

    def _contacts(self, cells: "_Cells") -> Iterator[ContactGiven]:
        for number in self._numbers:
            contact = _contact(cells, number)
            if contact:
                yield contact


@dataclass(slots=True)
class _Cells:
    """The cells of one line, by what they hold, and the notes made on the way."""

    row: Sequence[str]
    line: int
    layout: RollLayout
    notes: list[Note] = field(default_factory=list)

    def text(self, target: Target) -> str:
        at = self.layout.columns.get(target)
        return values.tidy(self.row[at]) if at is not None and at < len(self.row) else ""

    def of(self, what: Field) -> str:
        return self.text(Target(what))

    def leave_out(self, column: str, reason: str) -> None:
        self.notes.append(Note(NoteKind.LEFT_OUT, self.line, column, reason))

    def look(self, column: str, reason: str) -> None:
        self.notes.append(Note(NoteKind.LOOK, self.line, column, reason))

    def limited(self, what: Field, longest: int) -> str:
        text = self.of(what)
        if len(text) <= longest:
            return text
        self.look(what.words, f"This is longer than {longest} characters and was left out.")
        return ""

    def date(self, what: Field) -> date | None:
        text = self.of(what)
        on = read_date(text)
        if text and on is None:
            self.leave_out(
                what.words, "This is not a date that can be read. Write it like 07/09/2026 or 2026-09-07."
            )
        return on

    def yes(self, target: Target) -> bool | None:
        text = self.text(target)
        answer = values.read_yes(text)
        if text and answer is None:
            self.look(target.words, "This is neither yes nor no and was left out.")
        return answer


def who(layout: RollLayout, row: Sequence[str]) -> Named:
    """Whom a line means, as far as can be read, for a line that is not used."""
    cells = _Cells(row, 0, layout)
    upn, _ = _upn(cells, Field.UPN)
    return Named(upn, cells.of(Field.ADMISSION), *_name(cells), read_date(cells.of(Field.BORN_ON)))


def shown(layout: RollLayout, row: Sequence[str], line: int, on: date) -> Mapping[Target, str]:
    """Why cells of a line would not be used as they stand, by target; for the first rows of a preview."""
    read = LineReader(layout, on).read(row, line)
    columns = {target.words: target for target in layout.columns}
    return {columns[note.column]: note.reason for note in read.notes if note.column in columns}


def _name(cells: _Cells) -> tuple[str, str]:
    surname, forename = cells.of(Field.SURNAME), cells.of(Field.FORENAME)
    both = cells.of(Field.NAME)
    if both and not (surname and forename):
        split = values.split_name(both)
        if split is None:
            cells.leave_out(Field.NAME.words, "Write the surname, a comma and the forename.")
            return surname, forename
        surname, forename = split
    if not surname and not forename:
        cells.leave_out("", "There is no pupil's name on this line.")
        return "", ""
    for what, name in ((Field.SURNAME, surname), (Field.FORENAME, forename)):
        if not name:
            cells.leave_out(what.words, f"There is no {what.words.lower()}.")
        elif len(name) > values.LONGEST_NAME:
            cells.leave_out(what.words, f"This is longer than {values.LONGEST_NAME} characters.")
    return surname, forename


def _upn(cells: _Cells, what: Field) -> tuple[str, bool]:
    """A UPN, and whether only its check letter is wrong. A former one that is wrong is left out, as is what is none."""
    upn = normal_upn(cells.of(what))
    problem = upn_problem(upn) if upn else None
    if problem is None:
        return upn, False
    mistyped = what is Field.UPN and _has_form(upn)
    cells.look(what.words, problem if mistyped else f"{problem} It was left out.")
    return (upn, True) if mistyped else ("", False)


def _has_form(upn: str) -> bool:
    try:
        upn_check_letter(upn[1:])
    except ValueError:
        return False
    return upn[0] in UPN_LETTERS


def _year_group(cells: _Cells) -> str:
    text = cells.limited(Field.YEAR_GROUP, _LONGEST_GROUP)
    return "" if values.is_nothing(text) else text


def _sen(cells: _Cells) -> str:
    text = cells.of(Field.SEN)
    status = values.read_sen(text) if text else ""
    if status is None:
        cells.look(Field.SEN.words, "This is no SEN status and was left out. Write N, K or E.")
    return status or ""


def _contact(cells: _Cells, number: int) -> ContactGiven | None:
    def text(part: Part) -> str:
        return cells.text(Target(part, number))

    name = text(Part.NAME) or " ".join(filter(None, (text(Part.FORENAME), text(Part.SURNAME))))
    if not name:
        if any(text(part) for part in (Part.RELATIONSHIP, Part.PHONE, Part.EMAIL)):
            cells.look(Target(Part.NAME, number).words, "This contact has no name and was left out.")
        return None
    if len(name) > _LONGEST_CONTACT:
        cells.look(Target(Part.NAME, number).words, "This name is too long; the contact was left out.")
        return None
    return ContactGiven(
        name=name,
        relationship=text(Part.RELATIONSHIP)[:_LONGEST_RELATIONSHIP],
        responsibility=cells.yes(Target(Part.RESPONSIBILITY, number)),
        lives_with=cells.yes(Target(Part.LIVES_WITH, number)),
        phone=_phone(cells, Target(Part.PHONE, number)),
        email=_email(cells, Target(Part.EMAIL, number)),
        priority=values.read_priority(text(Part.PRIORITY)) or (number if len(_numbers(cells)) > 1 else None),
    )


def _numbers(cells: _Cells) -> set[int]:
    return {target.contact for target in cells.layout.columns if target.contact}


def _phone(cells: _Cells, target: Target) -> str:
    text = cells.text(target)
    phone = values.read_phone(text) if text else ""
    if phone is None:
        cells.look(target.words, "This is no telephone number and was left out.")
    return phone or ""


def _email(cells: _Cells, target: Target) -> str:
    text = cells.text(target)
    email = values.read_email(text) if text else ""
    if email is None:
        cells.look(target.words, "This is no e-mail address and was left out.")
    return email or ""
