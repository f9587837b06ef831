"""Roll findings forward: school by school, only where something changed."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.utils import timezone

from onroll.actions.change import change
from onroll.actions.duties.refresh import Refreshed, refresh_cases, refresh_school
from onroll.queries.judged import BATCH
from onroll.queries.stale import open_cases
from onroll.records.cases.models import Case
from onroll.records.duties.models import Finding, Sweep, Tally

Told = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Swept:
    """What became of one school."""

    school_id: int
    cases: int
    changed: int  # findings written or ended


def sweep_school(school_id: int, *, on: date, at: datetime, tell: Told | None = None) -> Swept:
    """Judge a school's own duties and its open cases again, at most 500 cases in one change.

    A change in which nothing changed leaves no ledger row. Safe to run again from the start.
    """
    ids, done = list(open_cases(school_id)), Refreshed()
    for first in range(0, max(len(ids), 1), BATCH):
        with change(None, "swept", at, school_id=school_id) as entry:
            # The school before its cases: whoever writes a roll locks in this order too.
            own = refresh_school(school_id, on=on, at=at) if first == 0 else Refreshed()
            refreshed = refresh_cases(ids[first : first + BATCH], on=on, at=at)
            refreshed.changed += own.changed
            entry.subject = f"school:{school_id}"
            entry.detail = {"cases": refreshed.cases, "changed": refreshed.changed}
            entry.nothing_changed = not refreshed.changed
        done.cases, done.changed = done.cases + refreshed.cases, done.changed + refreshed.changed
        if tell:
            tell(done.cases, len(ids), "Judging the duties again")
    return Swept(school_id, done.cases, done.changed)


def keep_sweep(swept: Collection[Swept], *, on: date, at: datetime) -> None:
    """Keep when these schools were swept, and how each stands today. No ledger row: it says nothing new.

    A sweep as of another day leaves the tallies alone: they tell how the school stood when that day was today.
    """
    with change(None, "swept", at) as entry:
        entry.nothing_changed = True
        Sweep.objects.bulk_create(
            [
                Sweep(school_id=one.school_id, swept_on=on, swept_at=at, cases=one.cases, changed=one.changed)
                for one in swept
            ],
            update_conflicts=True,
            unique_fields=["school"],
            update_fields=["swept_on", "swept_at", "cases", "changed"],
        )
        if on == timezone.localdate(at):
            Tally.objects.bulk_create(
                _tallies([one.school_id for one in swept], on),
                update_conflicts=True,
                unique_fields=["school", "on"],
                update_fields=["open_cases", "counts"],
            )


def _tallies(school_ids: Iterable[int], on: date) -> list[Tally]:
    """How each school stands: its open cases, and their findings by status. Two queries."""
    open_ones = Case.objects.filter(closed_on=None).order_by()
    cases = dict(open_ones.values_list("school_id").annotate(Count("pk")))
    counts: dict[int, dict[str, int]] = {}
    findings = Finding.objects.filter(until_at=None, case__in=open_ones).order_by()
    for school_id, status, number in findings.values_list("school_id", "status").annotate(Count("pk")):
        counts.setdefault(school_id, {})[status] = number
    return [
        Tally(
            school_id=school_id,
            on=on,
            open_cases=cases.get(school_id, 0),
            counts=counts.get(school_id, {}),
        )
        for school_id in school_ids
    ]
