"""Take hold of an import: fetched, locked, allowed, and in a state that the move may start from."""

from collections.abc import Callable
from datetime import datetime

from onroll.actions.work import enqueue
from onroll.domain.permissions import Permission
from onroll.domain.register.import_states import AS_IT_IS, ImportState, Move, next_state
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_allowed, not_found
from onroll.records.attendance.models import Import

KIND, ROLL = "attendance", "roll"
# The kinds of work, as jobs.import_tasks and jobs.roll_tasks register them.
READ, APPLY, UNDO = "attendance.read", "attendance.apply", "attendance.undo"
ROLL_READ, ROLL_APPLY = "roll.read", "roll.apply"
READ_OF = {KIND: READ, ROLL: ROLL_READ}
APPLY_OF = {KIND: APPLY, ROLL: ROLL_APPLY}
_MAY = {KIND: Permission.REGISTER_IMPORT, ROLL: Permission.ROLL_IMPORT}
Told = Callable[[int, int, str], None]  # how a long action says how far it is: done, of how many, doing what


def import_to_change(actor: Actor, import_id: int, *, version: int | None = None, kind: str = KIND) -> Import:
    """An import of this kind that the actor may change, locked.

    `version` is the one that the actor's page showed; refuses (STALE) when somebody moved it since.
    """
    row = (
        Import.objects.select_for_update(of=("self",))
        .select_related("school")
        .filter(pk=import_id, kind=kind, school_id__in=actor.school_ids())
        .first()
    )
    if row is None:
        raise not_found()
    if not actor.may(_MAY[kind], row.school_id):
        raise not_allowed(_MAY[kind], row.school.name)
    if version is not None and version != row.version:
        raise Refusal(
            Refused.STALE,
            f"This file has moved on since you opened the page: {AS_IT_IS[ImportState(row.state)]}. "
            "Open it again to see what is to be done now.",
        )
    return row


def in_hand(
    import_id: int, state: ImportState, *, turn: int | None = None, kind: str = KIND
) -> Import | None:
    """An import for the worker, locked; None when somebody cancelled it, or when it is another worker's turn.

    Every move raises the version, so the version that a piece of work began with is its turn.
    """
    row = Import.objects.select_for_update().filter(pk=import_id, kind=kind, state=state).first()
    return row if row is not None and turn in {None, row.version} else None


def move(row: Import, step: Move) -> list[str]:
    """Make a move in memory and say which fields it changed; the caller saves. Refuses as the table does."""
    row.state = next_state(ImportState(row.state), step)
    row.version += 1
    return ["state", "version"]


def queue(row: Import, kind: str, *, actor_id: int, at: datetime) -> list[str]:
    """Queue the work on an import and note which piece of work it is; say which fields that changed."""
    row.work_id = enqueue(kind, subject_id=row.pk, school_id=row.school_id, actor_id=actor_id, at=at)
    return ["work_id"]


def subject(import_id: int) -> str:
    """How the ledger names an import."""
    return f"import:{import_id}"
