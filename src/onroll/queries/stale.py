"""Which findings a night has outdated: read in batches, so that a sweep writes only where something changed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from onroll.queries.judged import BATCH, judged_cases, judged_schools
from onroll.queries.standing import compared, standing_of_cases, standing_of_schools
from onroll.records.cases.models import Case
from onroll.records.schools.models import School


@dataclass(frozen=True, slots=True)
class Batch:
    """Open cases that are judged together, or, without any, schools themselves."""

    school_ids: frozenset[int]
    case_ids: tuple[int, ...] = ()


def batches() -> Iterator[Batch]:
    """Every school and every open case, at most BATCH at a time, the cases school by school."""
    schools = list(School.objects.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(schools), BATCH):
        yield Batch(frozenset(schools[first : first + BATCH]))
    after = (0, 0)
    while True:
        rows = Case.objects.filter(closed_on=None, school_id__gte=after[0]).exclude(
            school_id=after[0], pk__lte=after[1]
        )
        pairs = list(rows.order_by("school_id", "pk").values_list("school_id", "pk")[:BATCH])
        if not pairs:
            return
        yield Batch(frozenset(school_id for school_id, _ in pairs), tuple(pk for _, pk in pairs))
        after = pairs[-1]


def outdated(batch: Batch, on: date) -> set[int]:
    """The schools of a batch of which any finding is not what it would be if it were found anew."""
    if batch.case_ids:
        found = compared(standing_of_cases(batch.case_ids), judged_cases(batch.case_ids, on=on))
    else:
        found = compared(standing_of_schools(batch.school_ids), judged_schools(batch.school_ids, on=on))
    return found.school_ids


def open_cases(school_id: int) -> Collection[int]:
    """The open cases of a school."""
    return list(
        Case.objects.filter(school_id=school_id, closed_on=None).order_by("pk").values_list("pk", flat=True)
    )
