"""What the roll room says of facts, lines and decisions."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from onroll.domain.register.files.datetext import read_date
from onroll.domain.roll import values
from onroll.domain.roll.comparison import CONTACT, TIME_ON_ROLL, Difference
from onroll.domain.roll.given import PupilGiven
from onroll.domain.roll.targets import Field, Part, Target
from onroll.pages.registers.words import Words
from onroll.pages.wording import medium_date

_SEN = {"N": "No special educational needs", "K": "SEN support", "E": "Education, health and care plan"}
_DATES = (Field.BORN_ON, Field.JOINED_ON, Field.LEFT_ON)
_YES_NO = (Field.EHCP, Part.RESPONSIBILITY, Part.LIVES_WITH)
_YES_NO_KEYS = (Field.EHCP, f"{CONTACT}-{Part.RESPONSIBILITY}", f"{CONTACT}-{Part.LIVES_WITH}")


LISTS: Mapping[str, Words] = MappingProxyType(
    {
        "new": Words(
            "new pupil",
            "new pupils",
            "New pupils",
            "No pupil of the school has their numbers, or their name and date of birth.",
        ),
        "changed": Words(
            "pupil changed",
            "pupils changed",
            "Pupils of whom something changes",
            "Each fact with what is held now and what the file says. A blank cell never erases anything.",
        ),
        "same": Words(
            "as before",
            "as before",
            "Pupils who stay as they are",
            "The file says of them what is held already.",
        ),
    }
)

PROBLEMS: Mapping[str, Words] = MappingProxyType(
    {
        "left-out": Words(
            "line not used",
            "lines not used",
            "Lines that are not used",
            "Nothing of these lines is written. Their pupils count as named in the file, so nobody is asked whether "
            "they have left. Put the lines right in your school’s system and bring the roll in again.",
        ),
        "look": Words(
            "cell to look at",
            "cells to look at",
            "Cells to look at",
            "The rest of these lines is used.",
        ),
    }
)


class Shown(NamedTuple):
    """One fact that changes, in words."""

    fact: str
    old: str
    new: str


def differences(told: tuple[Difference, ...]) -> list[Shown]:
    """What changes of a pupil, in words."""
    return [
        Shown(field_words(one), value_words(one.field, one.old), value_words(one.field, one.new))
        for one in told
    ]


def field_words(one: Difference) -> str:
    """Which fact changes: "Year group", "Contact Ann Quill, phone"."""
    if one.field == TIME_ON_ROLL:
        return "Time on roll"
    if one.field == CONTACT:
        return f"Contact {one.of}"
    if one.of:
        return f"Contact {one.of}, {Part(one.field.removeprefix(f'{CONTACT}-')).words}"
    return Field(one.field).words


def value_words(key: str, text: str) -> str:
    """A fact's stored text in words: a date written out, a status with its meaning."""
    if key == TIME_ON_ROLL and text:
        first, _, last = text.partition("/")
        until = f" to {_medium(last)}" if last else ""
        return f"From {_medium(first)}{until}"
    if text and key in _DATES:
        return _medium(text)
    if key == Field.SEN:
        return _SEN.get(text, text)
    return text.capitalize() if key in _YES_NO_KEYS else text


def as_read(target: Target, text: str) -> str:
    """A cell of a file as it is read, in words; what cannot be read stays as it stands."""
    if target.what in _DATES:
        on = read_date(text)
        return medium_date(on) if on else text
    if target.what in _YES_NO:
        answer = values.read_yes(text)
        return text if answer is None else ("Yes" if answer else "No")
    if target.what == Field.SEN:
        return _SEN.get(values.read_sen(text) or "", text) if text else ""
    if target.what == Field.YEAR_GROUP:
        code = values.year_code(text)
        return values.year_name(code) if code else text
    return text


def given_name(given: PupilGiven) -> str:
    """The name that pages show of a pupil of a file."""
    return f"{given.known_as or given.forename} {given.surname}"


def dates_words(given: PupilGiven) -> str:
    """When a pupil of a file joined and left."""
    said = []
    for joined, left in given.dates:
        if joined:
            said.append(f"joined {medium_date(joined)}")
        if left:
            said.append(f"left {medium_date(left)}")
    return ", ".join(said)


def _medium(iso: str) -> str:
    return medium_date(date.fromisoformat(iso))
