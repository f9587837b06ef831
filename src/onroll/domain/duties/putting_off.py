"""Putting a duty off: how far, and what is wrong with a day that was asked for."""

from datetime import date, timedelta

LONGEST = 28  # days: whoever puts a duty off looks at it again within four weeks


def until_problem(until_on: date, on: date) -> str:
    """What is wrong with putting something off until a day, as the form says it; empty when nothing is."""
    if until_on <= on:
        return "Enter a day after today"
    if until_on > on + timedelta(days=LONGEST):
        return "Enter a day within the next four weeks"
    return ""
