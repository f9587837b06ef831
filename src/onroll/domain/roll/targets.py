"""What a column of a roll can be: something about the pupil, or something about one of the pupil's contacts."""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Self

MOST_CONTACTS = 9
"""A roll numbers a pupil's contacts from 1 to this; more are given on further lines of the same pupil."""


class Field(StrEnum):
    """A fact about the pupil. The value is kept in saved mappings."""

    UPN = "upn"
    FORMER_UPN = "former-upn"
    ADMISSION = "admission"
    SURNAME = "surname"
    FORENAME = "forename"
    NAME = "name"
    KNOWN_AS = "known-as"
    BORN_ON = "born-on"
    YEAR_GROUP = "year-group"
    TUTOR_GROUP = "tutor-group"
    SEN = "sen"
    EHCP = "ehcp"
    JOINED_ON = "joined-on"
    LEFT_ON = "left-on"

    @property
    def words(self) -> str:
        """The fact as a label names it."""
        return FIELD_WORDS[self]


class Part(StrEnum):
    """A fact about a contact. The value is kept in saved mappings."""

    NAME = "name"
    FORENAME = "forename"
    SURNAME = "surname"
    RELATIONSHIP = "relationship"
    RESPONSIBILITY = "responsibility"
    LIVES_WITH = "lives-with"
    PHONE = "phone"
    EMAIL = "email"
    PRIORITY = "priority"

    @property
    def words(self) -> str:
        """The fact as a label names it."""
        return PART_WORDS[self]


FIELD_WORDS: Mapping[Field, str] = MappingProxyType(
    {
        Field.UPN: "UPN",
        Field.FORMER_UPN: "Former UPN",
        Field.ADMISSION: "Admission number",
        Field.SURNAME: "Surname",
        Field.FORENAME: "Forename",
        Field.NAME: "Name as “Surname, Forename”",
        Field.KNOWN_AS: "Known as",
        Field.BORN_ON: "Date of birth",
        Field.YEAR_GROUP: "Year group",
        Field.TUTOR_GROUP: "Tutor group",
        Field.SEN: "SEN status",
        Field.EHCP: "EHCP",
        Field.JOINED_ON: "Admission date",
        Field.LEFT_ON: "Leaving date",
    }
)
PART_WORDS: Mapping[Part, str] = MappingProxyType(
    {
        Part.NAME: "name",
        Part.FORENAME: "forename",
        Part.SURNAME: "surname",
        Part.RELATIONSHIP: "relationship",
        Part.RESPONSIBILITY: "parental responsibility",
        Part.LIVES_WITH: "lives with the pupil",
        Part.PHONE: "phone",
        Part.EMAIL: "e-mail",
        Part.PRIORITY: "priority",
    }
)


class Target(NamedTuple):
    """What a column holds; `contact` is 0 for the pupil's own facts, else the number of the contact."""

    what: Field | Part
    contact: int = 0

    @property
    def key(self) -> str:
        """The target as a saved mapping and a form name it: "upn", "contact-2-name"."""
        return f"contact-{self.contact}-{self.what}" if self.contact else str(self.what)

    @property
    def words(self) -> str:
        """The target as a label names it: "UPN", "Contact 2: name"."""
        return f"Contact {self.contact}: {self.what.words}" if self.contact else self.what.words

    @classmethod
    def from_key(cls, key: str) -> Self:
        """The target of a key. Raises ValueError for what is no key."""
        found = _KEY.fullmatch(key)
        return cls(Part(found[2]), int(found[1])) if found else cls(Field(key))


_KEY = re.compile(rf"contact-([1-{MOST_CONTACTS}])-(.+)")
