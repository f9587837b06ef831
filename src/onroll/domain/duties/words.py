"""How reasons say dates and numbers. They say nothing that changes with the mere passing of a day."""

from collections.abc import Sequence
from datetime import date


def day(on: date) -> str:
    """A date as people write it: "9 November 2026"."""
    return f"{on.day} {on:%B %Y}"


def count(number: int, one: str, several: str = "") -> str:
    """A number with its noun: "1 school day", "2 school days"."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def listed(parts: Sequence[str]) -> str:
    """Parts of a sentence joined: "this", "this and that", "this, that and more"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def sentence(text: str) -> str:
    """The text with a capital letter and a full stop."""
    return f"{text[:1].upper()}{text[1:]}."
