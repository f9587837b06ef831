"""Read the cells of a roll: what schools write for a status, a yes, a year, and what a name or number may be."""

import re

from onroll.domain.register.files.headings import plain
from onroll.domain.register.year_groups import LADDER

LONGEST_NAME = 80
"""Characters of a forename, surname or known-as name."""

_NO_SEN = (
    *("n", "none", "no", "no sen", "no send", "no special educational need", "no special educational needs"),
    *("non sen", "not sen", "no sen provision"),
)
_SUPPORT = (
    *(
        "k",
        "sen support",
        "support",
        "send support",
        "special educational needs support",
        "sen k",
        "yes support",
    ),
)
_PLAN = (
    *(
        "e",
        "ehcp",
        "ehc plan",
        "ehc",
        "education health and care plan",
        "education health care plan",
        "sen e",
    ),
    *("plan", "ehc plan e"),
)
_SEN = {**dict.fromkeys(_NO_SEN, "N"), **dict.fromkeys(_SUPPORT, "K"), **dict.fromkeys(_PLAN, "E")}
_SEN_LETTER = re.compile(r"([NKE])\s*[-–:(=]", re.IGNORECASE)
_YES = frozenset({"yes", "y", "true", "t", "1", "x", "✓", "✔", "has pr", "full", "shared"})
_NO = frozenset({"no", "n", "false", "f", "0", "-", "–", "none"})
_NOTHING = frozenset({"-", "–", "—", "none", "n/a"})
_YEAR = re.compile(
    r"(?:year|yr|y|nc|ncy|nc year|year group)?\s*0?(\d{1,2})(?:\.0+)?", re.IGNORECASE | re.ASCII
)
_EARLY = {
    **dict.fromkeys(("r", "reception", "year r", "yr r", "rec", "year reception", "yr", "eyfs2"), "R"),
    **dict.fromkeys(("n1", "nursery 1", "nursery year 1"), "N1"),
    **dict.fromkeys(("n2", "nursery 2", "nursery", "nursery year 2"), "N2"),
}
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+", re.ASCII)
_PHONE = re.compile(r"\D*\d[\d\s().+/-]{4,}.*")


def tidy(text: str) -> str:
    """A cell with its runs of white space made one space."""
    return " ".join(text.split())


def is_nothing(text: str) -> bool:
    """Whether a cell says in so many words that there is nothing: a hyphen, "none"."""
    return text.strip().lower() in _NOTHING


def read_sen(text: str) -> str | None:
    """N, K or E from a status or its words; None for what is none of them."""
    if is_nothing(text):
        return "N"
    lettered = _SEN_LETTER.match(text.strip())
    return lettered[1].upper() if lettered else _SEN.get(plain(text))


def read_yes(text: str) -> bool | None:
    """Yes or no from what schools write for them; None for neither."""
    word = text.strip().lower()
    if word in _YES:
        return True
    return False if word in _NO else None


def year_code(text: str) -> str | None:
    """The national curriculum year ("9", "R", "N1") that a cell means; None when it means none."""
    text = tidy(text)
    early = _EARLY.get(text.lower())
    if early:
        return early
    found = _YEAR.fullmatch(text)
    code = str(int(found[1])) if found else ""
    return code if code in LADDER else "R" if code == "0" else None


def year_name(code: str) -> str:
    """What a year group with this code is called where the school has not named it."""
    if code.isdigit():
        return f"Year {code}"
    return "Reception" if code == "R" else f"Nursery {code[1:]}"


def year_position(code: str) -> int:
    """Where the year group stands among the others: Year 9 ninth, Reception before Year 1."""
    return LADDER.index(code) - LADDER.index("R")


def read_email(text: str) -> str | None:
    """An e-mail address; None for what cannot be one."""
    text = text.strip()
    return text if _EMAIL.fullmatch(text) and len(text) <= 254 else None


def read_phone(text: str) -> str | None:
    """A telephone number as written, with a word beside it if there is one; None for what cannot be one."""
    text = tidy(text)
    return text if _PHONE.fullmatch(text) and len(text) <= 40 else None


def read_priority(text: str) -> int | None:
    """A contact's place in the order of calling, from 1; None for what is none."""
    digits = text.strip().removesuffix(".0")
    return int(digits) if digits.isascii() and digits.isdigit() and 1 <= int(digits) <= 99 else None


def split_name(text: str) -> tuple[str, str] | None:
    """Surname and forename of "Surname, Forename"; None for any other shape."""
    surname, comma, forename = tidy(text).partition(",")
    names = surname.strip(), forename.strip()
    return names if comma and all(names) else None
