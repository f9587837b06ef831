"""Make findings again. The one writer of Finding; call inside a `change()`, after everything else is written.

A finding is never overwritten: one that has changed ends, and another takes its place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from onroll.queries.judged import BATCH, judged_cases, judged_schools
from onroll.queries.standing import (
    FIELDS,
    Compared,
    compared,
    row_of,
    standing_of_cases,
    standing_of_schools,
)
from onroll.records.attendance.bulk import insert, update
from onroll.records.base import need_pen
from onroll.records.cases.models import Case
from onroll.records.duties.models import Finding
from onroll.records.schools.models import School


@dataclass(slots=True)
class Refreshed:
    """What a refresh came to."""

    cases: int = 0
    changed: int = 0  # findings written or ended


def refresh_cases(case_ids: Iterable[int], *, on: date, at: datetime) -> Refreshed:
    """Judge these cases again and write only findings that changed. A fixed number of queries per 500 cases."""
    need_pen("Finding")
    done, rest = Refreshed(), iter(sorted(set(case_ids)))
    while batch := list(islice(rest, BATCH)):
        # Two who judge the same cases wait for each other, always in the same order.
        locked = Case.objects.select_for_update().filter(pk__in=batch).order_by("pk")
        ids = list(locked.values_list("pk", flat=True))
        done.changed += _write(compared(standing_of_cases(ids), judged_cases(ids, on=on)), on, at)
        done.cases += len(ids)
    return done


def refresh_school(school_id: int, *, on: date, at: datetime) -> Refreshed:
    """Judge the duties of the school itself again (not those of its cases)."""
    need_pen("Finding")
    # Not the key: an action that has locked its case may still write rows that name the school.
    School.objects.select_for_update(no_key=True).get(pk=school_id)
    ids = [school_id]
    return Refreshed(changed=_write(compared(standing_of_schools(ids), judged_schools(ids, on=on)), on, at))


def _write(found: Compared, on: date, at: datetime) -> int:
    """End what is found no more, add what is new; how many findings were touched."""
    if found.ended:
        update(Finding, ["until_at"], [(old.id, at) for old in found.ended])
    if found.new:
        rows = [(*row_of(one), on, at, None) for one in found.new]
        insert(Finding, [*FIELDS, "found_on", "found_at", "until_at"], rows)
    return len(found.ended) + len(found.new)
