"""The national attendance codes of England from 19 August 2024, and the character that stores each.

Meanings are in our own words. `source` says how sure we are of the row: "confirmed" was read in a public
copy of the guidance, "recalled" was not (for most of those the meaning is confirmed, the category is not).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

NO_MARK = "."
"""The stored character that says: no mark exists for this session."""

NOT_TAKEN = "-"
"""The code and the stored character that say: the register of this session was not taken."""


class Category(StrEnum):
    """The statistical category of a code."""

    ATTENDING = "attending"
    ATTENDING_ELSEWHERE = "attending-elsewhere"
    AUTHORISED = "authorised"
    UNAUTHORISED = "unauthorised"
    NOT_POSSIBLE = "not-possible"
    NOT_COUNTED = "not-counted"


STATISTICAL: Mapping[Category, str] = MappingProxyType(
    {
        Category.ATTENDING: "Attending",
        Category.ATTENDING_ELSEWHERE: "Attending an approved educational activity elsewhere",
        Category.AUTHORISED: "Authorised absence",
        Category.UNAUTHORISED: "Unauthorised absence",
        Category.NOT_POSSIBLE: "Not a possible attendance",
        Category.NOT_COUNTED: "Not counted",
    }
)
"""The categories as a page or a table names them."""

ATTENDING = frozenset({Category.ATTENDING, Category.ATTENDING_ELSEWHERE})
ABSENT = frozenset({Category.AUTHORISED, Category.UNAUTHORISED})
POSSIBLE = ATTENDING | ABSENT
"""The categories that make up the sessions a pupil could have attended."""


@dataclass(frozen=True, slots=True)
class Code:
    """One national code: how it is stored, what it means, and how statistics treat it."""

    code: str
    char: str
    meaning: str
    category: Category
    source: str

    @property
    def ends_a_spell(self) -> bool:
        """Whether the code ends a spell when no counter counts it.

        Attending and every other absence do. A session that could not be attended does not, but D does:
        the pupil was expected, and registered, at the other school.
        """
        return self.category in POSSIBLE or self.code == "D"


@dataclass(frozen=True, slots=True)
class RetiredCode:
    """A code that schools used before August 2024; `suggested` is a start for the school's own code map."""

    code: str
    meaning: str
    suggested: str


_A, _AE, _AU = Category.ATTENDING, Category.ATTENDING_ELSEWHERE, Category.AUTHORISED
_UN, _NP, _NC = Category.UNAUTHORISED, Category.NOT_POSSIBLE, Category.NOT_COUNTED

_TABLE = (
    ("/", "/", "Present in the morning", _A, "confirmed"),
    ("\\", "\\", "Present in the afternoon", _A, "confirmed"),
    ("L", "L", "Late, before the register closed", _A, "confirmed"),
    ("K", "K", "Taught at a place arranged by the local authority", _AE, "confirmed"),
    ("V", "V", "On a school visit or trip", _AE, "confirmed"),
    ("P", "P", "At an approved sporting activity", _AE, "confirmed"),
    ("W", "W", "On approved work experience", _AE, "confirmed"),
    ("B", "B", "At another approved educational activity", _AE, "confirmed"),
    ("D", "D", "Expected at the other school where the pupil is registered", _NP, "recalled"),
    ("C1", "1", "Leave to perform or to work abroad under licence", _AU, "confirmed"),
    ("M", "M", "At a medical or dental appointment", _AU, "confirmed"),
    ("J1", "j", "At an interview for a job or a place elsewhere", _AU, "confirmed"),
    ("S", "S", "On study leave for a public exam", _AU, "confirmed"),
    ("X", "X", "Not of compulsory school age and not expected in", _NP, "recalled"),
    ("C2", "2", "Not timetabled, on a temporary part-time timetable", _AU, "confirmed"),
    ("C", "C", "Other leave, in exceptional circumstances", _AU, "confirmed"),
    ("T", "T", "Travelling with a parent for the parent's work", _AU, "recalled"),
    ("R", "R", "Religious observance", _AU, "confirmed"),
    ("I", "I", "Illness", _AU, "confirmed"),
    ("E", "E", "Suspended or excluded, no other education arranged", _AU, "confirmed"),
    ("Q", "Q", "Could not attend: access or transport not arranged", _NP, "recalled"),
    ("Y1", "a", "Could not attend: the usual transport was not available", _NP, "recalled"),
    ("Y2", "b", "Could not attend: travel was widely disrupted", _NP, "recalled"),
    ("Y3", "c", "Could not attend: part of the school was closed", _NP, "recalled"),
    ("Y4", "d", "Could not attend: the school closed unexpectedly", _NP, "recalled"),
    ("Y5", "e", "Could not attend: held in criminal justice detention", _NP, "recalled"),
    ("Y6", "f", "Could not attend: public health guidance or law", _NP, "recalled"),
    ("Y7", "g", "Could not attend: another unavoidable cause", _NP, "recalled"),
    ("G", "G", "Holiday without leave", _UN, "confirmed"),
    ("N", "N", "Reason for absence not yet known", _UN, "confirmed"),
    ("O", "O", "Absent without leave", _UN, "confirmed"),
    ("U", "U", "Arrived after the register closed", _UN, "confirmed"),
    ("Z", "Z", "Not yet on the admission register", _NC, "recalled"),
    ("#", "#", "Planned closure of the whole school", _NC, "recalled"),
)

CODES: Mapping[str, Code] = MappingProxyType({row[0]: Code(*row) for row in _TABLE})
"""Every national code in use, by itself."""

CHAR_OF_CODE: Mapping[str, str] = MappingProxyType(
    {code.code: code.char for code in CODES.values()} | {NOT_TAKEN: NOT_TAKEN}
)
"""The stored character of each code, and of `-`. NO_MARK is no code and is not here."""

CODE_OF_CHAR: Mapping[str, str] = MappingProxyType({char: code for code, char in CHAR_OF_CODE.items()})
"""The exact inverse of CHAR_OF_CODE."""

RETIRED: Mapping[str, RetiredCode] = MappingProxyType(
    {
        "H": RetiredCode("H", "Holiday agreed by the school", "C"),
        "J": RetiredCode("J", "At an interview", "J1"),
        "Y": RetiredCode("Y", "Could not attend in exceptional circumstances", "Y7"),
    }
)
"""Codes withdrawn in August 2024. They are unknown unless the school's code map says what they stand for."""


def is_blank(raw: str) -> bool:
    """Whether a cell says nothing about its session, which is not the same as `-`."""
    return not raw.strip()


def exact(raw: str) -> str | None:
    """The national code or `-` that a cell holds to the letter, spaces around it apart; None when unknown.

    A blank cell is None too: ask `is_blank` first.
    """
    code = raw.strip()
    return code if code in CHAR_OF_CODE else None


def national(raw: str, code_map: Mapping[str, str]) -> str | None:
    """The national code or `-` that a school means by a cell; None when unknown, or blank.

    The school's own map (their code to a national code) is asked first and minds case, so that a school
    may use `c` and `C` for two things. Then the national table; then both again with the cell in capitals.
    Raises ValueError when the map itself leads to no national code.
    """
    code = raw.strip()
    for attempt in (code, code.upper()):
        if attempt in code_map:
            return _mapped(attempt, code_map)
        if attempt in CHAR_OF_CODE:
            return attempt
    return None


def _mapped(raw: str, code_map: Mapping[str, str]) -> str:
    code = code_map[raw].strip()
    if code not in CHAR_OF_CODE:
        raise ValueError(f"the code map turns {raw!r} into {code!r}, which is no national code")
    return code
