"""Undo an import: every mark that it wrote goes back to what was held, in one transaction."""

from datetime import datetime

from onroll.actions.change import change
from onroll.actions.imports.holding import UNDO, Told, import_to_change, in_hand, move, queue, subject
from onroll.actions.recount import recount_school
from onroll.domain.register.comparison import NO_MARKS, unmerged
from onroll.domain.register.import_states import ImportState, Move
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.queries.imports.barriers import in_the_way
from onroll.queries.imports.staged import registers_held, staged_batches
from onroll.records.attendance import bulk
from onroll.records.attendance.models import Amendment, Import, RegisterYear
from onroll.records.schools.models import School


def undo(actor: Actor, import_id: int, *, version: int, at: datetime) -> None:
    """Have the worker undo an import. Refuses when something later touched what the import wrote."""
    with change(actor.id, "import_undo_asked", at) as entry:
        row = import_to_change(actor, import_id, version=version)
        entry.school_id, entry.subject = row.school_id, subject(row.pk)
        fields = move(row, Move.UNDO)
        barrier = in_the_way(row, at=at)
        if barrier:
            raise Refusal(Refused.CONFLICT, f"This import cannot be undone. {barrier.words}")
        row.undone_by_id, row.problem = actor.id, ""
        row.save(
            update_fields=[
                *fields,
                *queue(row, UNDO, actor_id=actor.id, at=at),
                *("undone_by", "problem"),
            ]
        )


def take_back(import_id: int, *, at: datetime, tell: Told) -> None:
    """Put the register back, all of it or nothing. Leaves the import in the register when something came between."""
    tell(0, 1, "Putting the register back")
    with change(_asker(import_id), "import_undone", at) as entry:
        row = in_hand(import_id, ImportState.UNDOING)
        if row is None:
            entry.nothing_changed = True
            return
        School.objects.select_for_update(no_key=True).get(pk=row.school_id)
        entry.school_id, entry.subject = row.school_id, subject(row.pk)
        barrier = in_the_way(row, at=at)
        if barrier:
            entry.verb = "import_undo_left"
            row.problem, row.undone_by_id = f"It was not undone. {barrier.words}", None
            row.save(update_fields=[*move(row, Move.LEAVE), "problem", "undone_by"])
            return
        pupil_ids = _restore(row)
        amendments = Amendment.objects.filter(import_id=row.pk, undone_at=None).update(undone_at=at)
        moved = recount_school(row.school_id, pupil_ids=pupil_ids)
        row.undone_at = at
        row.save(update_fields=[*move(row, Move.TAKE_BACK), "undone_at"])
        entry.detail = {"amendments": amendments, "moved": len(moved.moves)}


def leave(import_id: int, *, problem: str, at: datetime) -> None:
    """Say that an import which should have been undone is still in the register, whole."""
    with change(None, "import_undo_left", at) as entry:
        row = in_hand(import_id, ImportState.UNDOING)
        if row is None:
            entry.nothing_changed = True
            return
        row.problem, row.undone_by_id = problem, None
        row.save(update_fields=[*move(row, Move.LEAVE), "problem", "undone_by"])
        entry.school_id, entry.subject = row.school_id, subject(row.pk)


def _asker(import_id: int) -> int | None:
    return Import.objects.filter(pk=import_id).values_list("undone_by_id", flat=True).first()


def _restore(row: Import) -> set[int]:
    """Write every register back, and say whose."""
    back: list[tuple[int, str]] = []
    emptied: list[int] = []
    pupil_ids: set[int] = set()
    for batch in staged_batches(row.pk):
        written = [one for one in batch if one.tally.writes]
        held = registers_held(((one.pupil_id, one.year) for one in written), lock=True)
        for one in written:
            now = held[one.pupil_id, one.year]
            marks = unmerged(now.marks, one.held, one.marks)
            if one.before is None and marks == NO_MARKS:
                emptied.append(now.id)
            else:
                back.append((now.id, marks))
            pupil_ids.add(one.pupil_id)
    bulk.update(RegisterYear, ("marks",), back)
    for start in range(0, len(emptied), 500):
        RegisterYear.objects.filter(pk__in=emptied[start : start + 500]).delete()
    return pupil_ids
