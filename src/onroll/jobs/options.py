"""Options that several console commands take."""

from argparse import ArgumentTypeError
from datetime import date


def a_day(text: str) -> date:
    """A date as ISO 8601 writes it. Raises ArgumentTypeError with what to do for anything else."""
    try:
        if len(text) == len("2026-11-23"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ArgumentTypeError(f"{text!r} is not a date: write it like 2026-11-23")
