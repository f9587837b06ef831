"""Gather the lines of a roll into pupils: several lines may speak of one, with a contact or a time on roll each.

Lines that contradict each other are not used, none of them: which is right cannot be known.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from onroll.domain.names import folded
from onroll.domain.register.files.headings import plain
from onroll.domain.register.files.lines import Rows
from onroll.domain.register.pupil_match import Named
from onroll.domain.roll.columns import RollLayout
from onroll.domain.roll.given import ContactGiven, Note, NoteKind, PupilGiven
from onroll.domain.roll.lines import LineReader
from onroll.domain.roll.targets import Field

MOST_PUPILS = 10_000
"""Pupils in one roll: twice the largest school. It bounds the memory."""

MOST_LEFT_OUT = 5_000
MOST_ALIKE = 100
"""Cells to look at for one and the same reason; how many more there are is said once."""

MOST_CONTACTS_OF_ONE = 20

_Key: TypeAlias = tuple[str, ...]
_FACTS = (
    *("upn", "former_upn", "admission", "surname", "forename", "known_as", "born_on", "year_group"),
    *("tutor_group", "sen", "ehcp"),
)
_FACT_WORDS = {
    "upn": Field.UPN, "former_upn": Field.FORMER_UPN, "admission": Field.ADMISSION, "surname": Field.SURNAME,
    "forename": Field.FORENAME, "known_as": Field.KNOWN_AS, "born_on": Field.BORN_ON,
    "year_group": Field.YEAR_GROUP, "tutor_group": Field.TUTOR_GROUP, "sen": Field.SEN, "ehcp": Field.EHCP,
}  # fmt: skip


class RollStopped(Exception):
    """The file cannot be a roll; says at which line that was seen, and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line, self.reason = line, reason


@dataclass(frozen=True, slots=True)
class Roll:
    """A file as read: its pupils in the order of their first lines, and what a person must see."""

    pupils: tuple[PupilGiven, ...]
    notes: tuple[Note, ...]
    lines: int
    """Lines of data; blank ones and headings that came again left out."""


def read_roll(rows: Rows, layout: RollLayout, on: date) -> Roll:
    """Read all lines below the header. Raises RollStopped for what is far too large or nowhere readable."""
    gathering = _Gathering(LineReader(layout, on))
    for number, row in enumerate(rows, 1):
        if number > layout.skip:
            gathering.add(row, rows.line(row))
    return gathering.roll()


@dataclass(slots=True)
class _Group:
    """The lines of one pupil."""

    first: PupilGiven
    others: list[PupilGiven] = field(default_factory=list)
    clash: str = ""  # why none of them is used

    def lines(self) -> Iterator[PupilGiven]:
        yield self.first
        yield from self.others


class _Gathering:
    def __init__(self, reader: LineReader) -> None:
        self._reader = reader
        self._groups: dict[_Key, _Group] = {}
        self._notes: list[Note] = []
        self._alike: Counter[tuple[str, str]] = Counter()
        self._left_out = 0
        self._above: _Key | None = None
        self._lines = 0
        self._headings = [plain(heading) for heading in reader.layout.headings if plain(heading)]

    def add(self, row: Sequence[str], line: int) -> None:
        cells = [cell for cell in row if cell.strip()]
        if not cells or [plain(cell) for cell in cells] == self._headings or _is_total(cells):
            return
        self._lines += 1
        if self._above and self._reader.goes_on(row):
            contacts, notes = self._reader.contacts(row, line)
            above = self._groups[self._above]
            above.others.append(replace(_silent(above.first, line), contacts=contacts))
        else:
            given, notes = self._reader.read(row, line)
            self._above = self._kept(given) if given else None
        self._note(notes)
        if self._left_out > MOST_LEFT_OUT:
            raise RollStopped(line, "Too many lines cannot be read. Check which column is which.")

    def roll(self) -> Roll:
        self._find_clashes()
        pupils = []
        for group in self._groups.values():
            if group.clash:
                self._notes += [_left_out(one, group.clash) for one in group.lines()]
            else:
                pupils.append(_merged(group))
        used = {line.line for group in self._groups.values() if not group.clash for line in group.lines()}
        notes = [one for one in self._notes if one.kind is NoteKind.LEFT_OUT or one.line in used]
        notes += [
            Note(
                NoteKind.LOOK,
                0,
                column,
                f"{reason} So are {times - MOST_ALIKE:,} more lines.",
                times=times - MOST_ALIKE,
            )
            for (column, reason), times in self._alike.items()
            if times > MOST_ALIKE
        ]
        return Roll(tuple(pupils), tuple(sorted(notes, key=lambda note: note.line)), self._lines)

    def _note(self, notes: Iterable[Note]) -> None:
        for note in notes:
            if note.kind is NoteKind.LEFT_OUT:
                self._left_out += 1
            else:
                self._alike[note.column, note.reason] += 1
                if self._alike[note.column, note.reason] > MOST_ALIKE:
                    continue
            self._notes.append(note)

    def _kept(self, given: PupilGiven) -> _Key:
        key = _key(given)
        group = self._groups.get(key)
        if group is None:
            if len(self._groups) >= MOST_PUPILS:
                raise RollStopped(
                    given.line,
                    f"There are more than {MOST_PUPILS:,} pupils in the file. A roll is of one school.",
                )
            self._groups[key] = _Group(given)
        else:
            group.others.append(given)
        return key

    def _find_clashes(self) -> None:
        by_admission: dict[str, list[_Group]] = {}
        by_name: dict[_Key, list[_Group]] = {}
        for group in self._groups.values():
            group.clash = _clash(group)
            if group.first.admission:
                by_admission.setdefault(group.first.admission.upper(), []).append(group)
            if group.first.born_on:
                by_name.setdefault(_name_key(group.first), []).append(group)
        for groups in by_admission.values():
            _mark_all(
                groups,
                "This admission number stands on line {} too, for another pupil. Neither line is used.",
            )
        for groups in by_name.values():
            if any(not one.first.upn for one in groups):
                _mark_all(
                    groups,
                    "The same name and date of birth stand on line {} with other numbers. Neither line is used.",
                )


def _mark_all(groups: Sequence[_Group], words: str) -> None:
    if len(groups) > 1:
        for group in groups:
            other = next(one for one in groups if one is not group)
            group.clash = group.clash or words.format(other.first.line)


def _key(given: PupilGiven) -> _Key:
    if given.upn:
        return ("upn", given.upn)
    if given.admission:
        return ("admission", given.admission.upper())
    return _name_key(given)


def _name_key(given: PupilGiven) -> _Key:
    return ("name", folded(given.surname), folded(given.forename), str(given.born_on))


def _clash(group: _Group) -> str:
    """Why the lines cannot be of one pupil; empty when they can."""
    first = group.first
    for other in group.others:
        for fact in _FACTS:
            one, two = _comparable(first, fact), _comparable(other, fact)
            if one not in ("", None) and two not in ("", None) and one != two:
                return (
                    f"Lines {first.line} and {other.line} are of one pupil but differ: {_FACT_WORDS[fact].words}. "
                    "Neither is used."
                )
    return ""


def _comparable(given: PupilGiven, fact: str) -> object:
    value = getattr(given, fact)
    return folded(value) if isinstance(value, str) else value


def _merged(group: _Group) -> PupilGiven:
    """One pupil from all lines: each fact from the first line that has it, every contact, every time on roll."""
    facts = {
        fact: next(
            (getattr(one, fact) for one in group.lines() if getattr(one, fact) not in ("", None)), None
        )
        for fact in _FACTS
    }
    merged = replace(group.first, **{fact: value for fact, value in facts.items() if value is not None})
    if not group.others:
        return replace(merged, contacts=_contacts(merged.contacts))
    dates = dict.fromkeys(one for given in group.lines() for one in given.dates)
    contacts = _contacts(contact for given in group.lines() for contact in given.contacts)
    return replace(merged, dates=tuple(dates), contacts=contacts)


def _contacts(given: Iterable[ContactGiven]) -> tuple[ContactGiven, ...]:
    """Contacts once each: what one line leaves open another may say."""
    by_name: dict[str, ContactGiven] = {}
    for contact in given:
        key = folded(contact.name)
        before = by_name.get(key)
        by_name[key] = contact if before is None else _both(before, contact)
    return tuple(by_name.values())[:MOST_CONTACTS_OF_ONE]


def _both(one: ContactGiven, other: ContactGiven) -> ContactGiven:
    return ContactGiven(
        one.name,
        one.relationship or other.relationship,
        other.responsibility if one.responsibility is None else one.responsibility,
        other.lives_with if one.lives_with is None else one.lives_with,
        one.phone or other.phone,
        one.email or other.email,
        one.priority or other.priority,
    )


def _silent(given: PupilGiven, line: int) -> PupilGiven:
    return PupilGiven(line, given.surname, given.forename)


def _left_out(given: PupilGiven, reason: str) -> Note:
    return Note(NoteKind.LEFT_OUT, given.line, "", reason, given.named)


def _is_total(cells: Sequence[str]) -> bool:
    return len(cells) <= 3 and cells[0].strip().lower().startswith(("total", "count", "grand total"))


def named_in(notes: Iterable[Note]) -> list[Named]:
    """Whom lines mean that are not used: these pupils are in the file all the same."""
    return [note.who for note in notes if note.kind is NoteKind.LEFT_OUT and any(note.who)]
