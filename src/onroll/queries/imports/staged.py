"""Staged registers and the registers they would go into, a batch at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onroll.domain.register.comparison import NO_MARKS, Tally
from onroll.records.attendance.models import RegisterYear, StagedRegister

BATCH = 1000


@dataclass(frozen=True, slots=True)
class StagedMarks:
    """What a file brings for one pupil's school year, and what that was compared with."""

    id: int
    pupil_id: int
    year: int
    marks: str
    before: str | None  # None: there was no register
    tally: Tally

    @property
    def held(self) -> str:
        """The register that it was compared with, as marks."""
        return NO_MARKS if self.before is None else self.before


@dataclass(frozen=True, slots=True)
class HeldRegister:
    """A register as it is held."""

    id: int
    marks: str


_FIELDS = ("id", "pupil_id", "year", "marks", "before", "new", "same", "changed", "kept")


def staged_batches(import_id: int) -> Iterator[list[StagedMarks]]:
    """All that is staged for an import, in the order in which it was staged. One query a batch."""
    last = 0
    while batch := list(
        StagedRegister.objects.filter(batch_id=import_id, pk__gt=last)
        .order_by("pk")
        .values_list(*_FIELDS)[:BATCH]
    ):
        last = batch[-1][0]
        yield [
            StagedMarks(pk, pupil_id, year, marks, before, Tally(*counts))
            for pk, pupil_id, year, marks, before, *counts in batch
        ]


def registers_held(
    pupil_years: Iterable[tuple[int, int]], *, lock: bool = False
) -> dict[tuple[int, int], HeldRegister]:
    """The registers held for pupils and school years, by (pupil id, year). One query.

    `lock` keeps others from writing them until the transaction ends; every writer locks in order of id.
    """
    wanted = set(pupil_years)
    rows = RegisterYear.objects.filter(
        pupil_id__in={pupil_id for pupil_id, _ in wanted}, year__in={year for _, year in wanted}
    ).order_by("pk")
    if lock:
        rows = rows.select_for_update()
    found = rows.values_list("pk", "pupil_id", "year", "marks")
    return {
        (pupil_id, year): HeldRegister(pk, marks)
        for pk, pupil_id, year, marks in found
        if (pupil_id, year) in wanted
    }
