"""Cancel an import, start its work again, and delete what is no longer needed of it."""

from datetime import datetime, timedelta

from onroll.actions.change import change
from onroll.actions.imports.holding import (
    APPLY_OF,
    KIND,
    READ_OF,
    UNDO,
    import_to_change,
    move,
    queue,
    subject,
)
from onroll.domain.register.import_states import WORKING, ImportState, Move
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.queries.imports.barriers import UNDO_DAYS
from onroll.records import uploads
from onroll.records.attendance.models import Import, StagedProblem, StagedPupil, StagedRegister
from onroll.records.work.models import Work

_OVER = (ImportState.UNDONE, ImportState.CANCELLED)
_BATCH = 500
_WORK_OF = {
    ImportState.READING: READ_OF,
    ImportState.APPLYING: APPLY_OF,
    ImportState.UNDOING: {KIND: UNDO},
}


def cancel(
    actor: Actor, import_id: int, *, version: int | None = None, kind: str = KIND, at: datetime
) -> None:
    """Give an import up before it is written; its file is deleted. Nothing but the staging area was touched."""
    with change(actor.id, "import_cancelled", at) as entry:
        row = import_to_change(actor, import_id, version=version, kind=kind)
        entry.school_id, entry.subject = row.school_id, subject(row.pk)
        upload, row.upload = row.upload, ""
        row.save(update_fields=[*move(row, Move.CANCEL), "upload"])
    if upload:
        uploads.delete(upload)


def start_again(actor: Actor, import_id: int, *, version: int, kind: str = KIND, at: datetime) -> None:
    """Queue the work on an import once more, after it stopped without finishing."""
    with change(actor.id, "import_started_again", at) as entry:
        row = import_to_change(actor, import_id, version=version, kind=kind)
        entry.school_id, entry.subject = row.school_id, subject(row.pk)
        state = ImportState(row.state)
        if (
            state not in WORKING
            or Work.objects.filter(pk=row.work_id or 0, state__in=("waiting", "running")).exists()
        ):
            raise Refusal(
                Refused.CONFLICT, "The work on this file is under way or finished. Open its page again."
            )
        row.version += 1
        row.save(update_fields=["version", *queue(row, _WORK_OF[state][kind], actor_id=actor.id, at=at)])


def clear_old(at: datetime) -> int:
    """Delete files and staged rows of imports that are over, or that can no longer be undone; counts stay.

    A file that could not be read is given up after the same time. Staged rows go in short transactions, so
    that nobody waits. Returns how many imports were cleared.
    """
    _give_up_unread(at)
    cleared = 0
    for import_id in _to_clear(at):
        while _clear_some(import_id, at):
            pass
        with change(None, "import_cleared", at) as entry:
            row = Import.objects.select_for_update().get(pk=import_id)
            upload, row.upload, row.cleared_at, row.unknown_codes, row.mapping = row.upload, "", at, "", None
            row.save(update_fields=["upload", "cleared_at", "unknown_codes", "mapping"])
            entry.school_id, entry.subject = row.school_id, subject(row.pk)
        if upload:
            uploads.delete(upload)
        cleared += 1
    return cleared


def _give_up_unread(at: datetime) -> None:
    unread = Import.objects.filter(state=ImportState.FAILED, uploaded_at__lt=at - timedelta(days=UNDO_DAYS))
    for import_id in list(unread.values_list("pk", flat=True)):
        with change(None, "import_cancelled", at) as entry:
            row = Import.objects.select_for_update().get(pk=import_id)
            entry.nothing_changed = row.state != ImportState.FAILED  # somebody took it up again
            if row.state == ImportState.FAILED:
                row.save(update_fields=move(row, Move.CANCEL))
                entry.school_id, entry.subject = row.school_id, subject(row.pk)


def _to_clear(at: datetime) -> list[int]:
    rows = Import.objects.filter(cleared_at=None)
    over = rows.filter(state__in=_OVER)
    old = rows.filter(state=ImportState.APPLIED, applied_at__lt=at - timedelta(days=UNDO_DAYS))
    return list((over | old).order_by("pk").values_list("pk", flat=True))


def _clear_some(import_id: int, at: datetime) -> bool:
    """Delete one batch of staged rows; False when none is left."""
    with change(None, "import_cleared", at) as entry:
        entry.nothing_changed = True  # the import's own row in the ledger comes when all of it is gone
        for model in (StagedRegister, StagedPupil, StagedProblem):
            ids = list(model.objects.filter(batch_id=import_id).values_list("pk", flat=True)[:_BATCH])
            if ids:
                model.objects.filter(pk__in=ids).delete()
                return True
    return False
