"""What stands in the way of undoing an import: anything that came later and touched the same sessions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from onroll.domain.register.comparison import marked, touched
from onroll.domain.schoolcalendar import Session, grid_position, school_year
from onroll.domain.vocabulary import not_found
from onroll.queries.doors import SchoolSeen
from onroll.queries.imports.staged import StagedMarks, registers_held, staged_batches
from onroll.records.attendance.models import Amendment, Import, StagedRegister

UNDO_DAYS = 30
"""An import can be undone for so many days; after that its staged rows are deleted."""

# The states in which an import's marks are in the register.
_IN_THE_REGISTER = ("applied", "undoing")


@dataclass(frozen=True, slots=True)
class Barrier:
    """Why an import cannot be undone, in words that name nobody; and the later import, when it is one."""

    words: str
    import_id: int | None = None


def in_the_way(row: Import, *, at: datetime) -> Barrier | None:
    """The first thing that came later and touched what the import wrote; None when it can be undone."""
    if (
        row.applied_at is None
        or row.cleared_at is not None
        or row.applied_at < at - timedelta(days=UNDO_DAYS)
    ):
        return Barrier(f"An import can be undone for {UNDO_DAYS} days after it was approved.")
    later = list(
        Import.objects.filter(
            school_id=row.school_id, kind=row.kind, state__in=_IN_THE_REGISTER, applied_at__gt=row.applied_at
        ).order_by("-applied_at", "-pk")
    )
    amended = _amended_since(row)
    for batch in staged_batches(row.pk):
        wrote = {(one.pupil_id, one.year): touched(one.held, one.marks) for one in batch if one.tally.writes}
        for one in later:
            if _overlaps(one, wrote):
                return Barrier("A later import says something of the same sessions.", one.pk)
        if any(_holds(wrote.get((pupil_id, year)), place) for pupil_id, year, place in amended):
            return Barrier("Some of the same sessions were corrected since.")
        if _moved_on(batch):
            return Barrier("The register of the same sessions has changed since.")
    return None


def _overlaps(later: Import, wrote: dict[tuple[int, int], bytes]) -> bool:
    """Whether the later import speaks of a session that was written; that it says the same is no matter."""
    pupil_ids, years = {key[0] for key in wrote}, {key[1] for key in wrote}
    rows = StagedRegister.objects.filter(batch_id=later.pk, pupil_id__in=pupil_ids, year__in=years)
    for pupil_id, year, marks in rows.values_list("pupil_id", "year", "marks").iterator():
        mask = wrote.get((pupil_id, year))
        if mask and _both(mask, marked(marks)):
            return True
    return False


def _amended_since(row: Import) -> list[tuple[int, int, int]]:
    """Amendments that stand and did not come from an import: (pupil, school year, place)."""
    found = Amendment.objects.filter(
        school_id=row.school_id, at__gte=row.applied_at, undone_at=None, import_id=None
    ).values_list("pupil_id", "on", "session")
    return [(pupil_id, school_year(on), grid_position(on, Session(half))) for pupil_id, on, half in found]


def _holds(mask: bytes | None, place: int) -> bool:
    return mask is not None and bool(mask[place])


def _moved_on(batch: list[StagedMarks]) -> bool:
    """Whether a session that was written holds another mark now."""
    written = [one for one in batch if one.tally.writes]
    held = registers_held((one.pupil_id, one.year) for one in written)
    for one in written:
        now = held.get((one.pupil_id, one.year))
        if now is None or _both(touched(one.held, one.marks), touched(now.marks, one.marks)):
            return True
    return False


def _both(one: bytes, other: bytes) -> bool:
    return bool(int.from_bytes(one, "little") & int.from_bytes(other, "little"))


def barrier_of(seen: SchoolSeen, import_id: int, *, at: datetime) -> Barrier | None:
    """What stands in the way of undoing one of the school's imports; None when it can be undone."""
    row = Import.objects.filter(pk=import_id, school_id=seen.id).first()
    if row is None:
        raise not_found()
    return in_the_way(row, at=at)
