"""Say what each column of a roll holds, from its heading and the headings before it."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from onroll.domain.register.files.headings import plain
from onroll.domain.roll.synonyms import CLEARLY_CONTACTS, CONTACT_WORDS, FIELDS, PARTS
from onroll.domain.roll.targets import MOST_CONTACTS, Field, Target

_PART_OF = {word: part for part, words in PARTS.items() for word in words}
_FIELD_OF = {word: field for field, words in FIELDS.items() for word in words}
_RANK = {word: rank for words in PARTS.values() for rank, word in enumerate(words)}
_ORDINALS = {"first": 1, "primary": 1, "main": 1, "second": 2, "secondary": 2, "third": 3}
_GLUED = re.compile(r"\b(contact|parent|carer|guardian|priority)(\d)", re.ASCII)
_OF_RESPONSIBILITY = frozenset({"responsibility", "responsibilities", "resp"})


def targets_of(headings: Sequence[str]) -> dict[Target, int]:
    """The column of each target that the headings name. Of two candidates the likelier word wins, then the first."""
    contacts = _contact_columns(headings)
    found = _pupil_columns({at: plain(text) for at, text in enumerate(headings) if at not in contacts})
    ranks: dict[Target, int] = {}
    for at, (target, rank) in contacts.items():
        if target not in ranks or rank < ranks[target]:
            found[target], ranks[target] = at, rank
    return found


def carried(top: Sequence[str], bottom: Sequence[str]) -> tuple[str, ...] | None:
    """One row of headings from a row that names contacts and a row of their facts beneath; None for no such pair.

    "Contact 1" above "Name" and "Phone" gives "Contact 1 Name" and "Contact 1 Phone".
    """
    headings, running, met = [], "", False
    for index in range(max(len(top), len(bottom))):
        above, below = (" ".join(row[index].split()) if index < len(row) else "" for row in (top, bottom))
        if above:
            running = above if _names_only_a_contact(above) else ""
        if running and below:
            met = met or plain(below) in _PART_OF
            headings.append(f"{running} {below}")
        else:
            headings.append(below or above)
    return tuple(headings) if met else None


def _pupil_columns(headings: Mapping[int, str]) -> dict[Target, int]:
    where: dict[str, int] = {}
    for at, heading in headings.items():
        where.setdefault(heading, at)
    found: dict[Target, int] = {}
    for field, words in FIELDS.items():
        column = next((where[word] for word in words if word in where), None)
        if column is not None:
            found[Target(field)] = column
    if Target(Field.SURNAME) in found and Target(Field.FORENAME) in found:
        found.pop(Target(Field.NAME), None)
    return found


def _contact_columns(headings: Sequence[str]) -> dict[int, tuple[Target, int]]:
    """By place: the contact's fact that a column holds, and how likely its word is.

    A heading that names no contact belongs to the one that the headings just before it speak of.
    """
    found: dict[int, tuple[Target, int]] = {}
    running, met = 0, set[Field]()
    for at, heading in enumerate(headings):
        one = _parsed(heading)
        field = _FIELD_OF.get(plain(heading))
        if one.fact not in _PART_OF or not (one.named or _goes_on(one.fact, running, field, met)):
            if field:
                met.add(field)
                running = 0
            continue
        running = one.number or running or 1
        found[at] = Target(_PART_OF[one.fact], running), _RANK[one.fact]
    return found


def _goes_on(fact: str, running: int, field: Field | None, met: set[Field]) -> bool:
    """Whether a heading without a contact's name is about a contact all the same."""
    if fact in CLEARLY_CONTACTS:
        return True
    return bool(running) and (field is None or field in met)


class _Parsed(NamedTuple):
    """What a heading says: the number of a contact (0: none), the fact, and whether it speaks of a contact."""

    number: int
    fact: str
    named: bool


def _parsed(heading: str) -> _Parsed:
    words = _GLUED.sub(r"\1 \2", plain(heading)).split()
    number, rest, named = 0, list[str](), False
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else ""
        if word in CONTACT_WORDS or (word == "parental" and after not in _OF_RESPONSIBILITY):
            named = True
        elif word in _ORDINALS and after in CONTACT_WORDS:
            number = number or _ORDINALS[word]
        elif word.isascii() and word.isdigit() and 1 <= int(word) <= MOST_CONTACTS:
            number = number or int(word)
        else:
            rest.append(word)
    if named and number and words[0] == "priority":
        rest.remove("priority")  # "Priority 1 contact": who that is
    return _Parsed(number, " ".join(rest) or ("name" if named else ""), named)


def _names_only_a_contact(heading: str) -> bool:
    return _parsed(heading)[1:] == ("name", True) and "name" not in plain(heading).split()
