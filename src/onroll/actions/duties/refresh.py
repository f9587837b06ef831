"""Make findings again. The one writer of Finding; call inside a `change()`, after everything else is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from onroll.records.base import need_pen


@dataclass(slots=True)
class Refreshed:
    """What a refresh came to."""

    cases: int = 0
    changed: int = 0  # findings written


def refresh_cases(case_ids: Iterable[int], *, on: date, at: datetime) -> Refreshed:
    """Judge these cases again and write only findings that changed. A fixed number of queries per 500 cases."""
    need_pen("Finding")
    return Refreshed()


def refresh_school(school_id: int, *, on: date, at: datetime) -> Refreshed:
    """Judge the duties of the school itself again (not those of its cases)."""
    need_pen("Finding")
    return Refreshed()
