"""Fold names so that a search forgives accents, apostrophes, hyphens and capitals."""

import unicodedata

# Letters that are no base letter with a mark, and so do not decompose.
_APART = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_DROPPED = "'`´’‘ʼ‛.\"\0"  # PostgreSQL takes no NUL, not even to search for


def folded(text: str) -> str:
    """Lower case, no accents, no apostrophes or full stops; hyphens and runs of space become one space.

    >>> folded("O’Brien-Zoë")
    'obrien zoe'
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_APART)
    kept = (" " if char == "-" or char.isspace() else char for char in plain if char not in _DROPPED)
    return " ".join("".join(char for char in kept if not unicodedata.combining(char)).split())


def search_text(
    *, forename: str, surname: str, known_as: str, upn: str, former_upn: str, admission_number: str
) -> str:
    """What a pupil is found by, folded. Each name begins after a space, so that a search can match beginnings."""
    parts = (forename, surname, known_as, upn, former_upn, admission_number)
    return f" {folded(' '.join(part for part in parts if part))}"


def shown_name(forename: str, surname: str, known_as: str) -> str:
    """The name that pages show: known-as first where there is one."""
    return f"{known_as or forename} {surname}".strip()
