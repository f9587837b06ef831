"""Find out what the columns of a brought file hold, by the words that schools' systems put above them."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What a column is to us. The value is kept in saved mappings."""

    UPN = "upn"
    ADMISSION = "admission"
    SURNAME = "surname"
    FORENAME = "forename"
    DOB = "dob"
    YEAR_GROUP = "year-group"
    TUTOR_GROUP = "tutor-group"
    DATE = "date"
    SESSION = "session"
    MARK = "mark"

    @property
    def words(self) -> str:
        """The role as a label names it."""
        return _WORDS[self]


_WORDS: Mapping[Role, str] = MappingProxyType(
    {
        Role.UPN: "UPN",
        Role.ADMISSION: "Admission number",
        Role.SURNAME: "Surname",
        Role.FORENAME: "Forename",
        Role.DOB: "Date of birth",
        Role.YEAR_GROUP: "Year group",
        Role.TUTOR_GROUP: "Tutor group",
        Role.DATE: "Date",
        Role.SESSION: "Session",
        Role.MARK: "Mark",
    }
)

_FOR_EACH_PUPIL = MappingProxyType(
    {
        Role.UPN: ("upn", "unique pupil number", "pupil upn", "student upn", "current upn"),
        Role.ADMISSION: (
            *("admission number", "admission no", "adno", "adm no", "adm number", "admno", "admissionnumber"),
            *("pupil number", "pupil no", "student number", "student no", "pupil id", "student id"),
        ),
        Role.SURNAME: (
            "surname",
            "last name",
            "family name",
            "legal surname",
            "preferred surname",
            "lastname",
        ),
        Role.FORENAME: (
            *("forename", "first name", "given name", "legal forename", "preferred forename", "firstname"),
            "forenames",
        ),
        Role.DOB: ("date of birth", "dob", "birth date", "d o b", "birthdate", "dateofbirth"),
        Role.YEAR_GROUP: (
            "year",
            "year group",
            "nc year",
            "yr",
            "year taught in",
            "national curriculum year",
        ),
        Role.TUTOR_GROUP: (
            *(
                "reg",
                "reg group",
                "registration group",
                "registration",
                "tutor group",
                "form",
                "tutor",
                "class",
            ),
            *("reg form", "form group"),
        ),
    }
)

_FOR_EACH_MARK = MappingProxyType(
    {
        Role.DATE: (
            *("date", "session date", "attendance date", "mark date", "register date", "day", "sessiondate"),
            "attendancedate",
        ),
        Role.SESSION: (
            *(
                "session",
                "am pm",
                "ampm",
                "session name",
                "am or pm",
                "half day",
                "part of day",
                "session type",
            ),
            *("attendance session", "time of day", "period"),
        ),
        Role.MARK: (
            *(
                "mark",
                "attendance mark",
                "session mark",
                "register mark",
                "attendance code",
                "code",
                "mark code",
            ),
            *(
                "absence code",
                "session code",
                "registration mark",
                "attendance",
                "attendancemark",
                "attendancecode",
            ),
        ),
    }
)

SYNONYMS: Mapping[Role, tuple[str, ...]] = MappingProxyType({**_FOR_EACH_PUPIL, **_FOR_EACH_MARK})
"""For each role the headings that mean it, the likeliest first, as `plain` leaves them."""

SUMMARY_WORDS = frozenset(
    {"possible", "attended", "sessions possible", "possible sessions", "attendance %", "present"}
)


def plain(heading: str) -> str:
    """A heading in lower case without punctuation: "Adm. No." and "adm no" are one."""
    return " ".join(re.sub(r"[^a-z0-9% ]+", " ", re.sub(r"[.']", "", heading.lower())).split())


def roles_of(headings: Sequence[str]) -> dict[Role, int]:
    """The column of each role that the headings name. Of two candidates the likelier word wins, then the first."""
    where: dict[str, int] = {}
    for index, heading in enumerate(headings):
        where.setdefault(plain(heading), index)
    found = {}
    for role, words in SYNONYMS.items():
        column = next((where[word] for word in words if word in where), None)
        if column is not None:
            found[role] = column
    return found


def doubles_of(headings: Sequence[str]) -> dict[Role, list[int]]:
    """Roles for which more than one column could be meant, with every such column."""
    known = {word: role for role, words in SYNONYMS.items() for word in words}
    columns: dict[Role, list[int]] = {}
    for index, heading in enumerate(headings):
        role = known.get(plain(heading))
        if role:
            columns.setdefault(role, []).append(index)
    return {role: indexes for role, indexes in columns.items() if len(indexes) > 1}


def is_summary(headings: Sequence[str]) -> bool:
    """Whether the file seems to hold totals for each pupil, not marks."""
    return any(plain(heading) in SUMMARY_WORDS for heading in headings)
