"""Write an approved roll: all of it or nothing, in one transaction, and only what was shown."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from onroll.actions.imports.applying import hand_back
from onroll.actions.imports.holding import ROLL, Told, in_hand, move, subject
from onroll.actions.leaving.guard import hold_back, look_again
from onroll.actions.recounted import recounted_change
from onroll.actions.roll.missing import close_questions, open_questions
from onroll.actions.roll.reading import leavers_named
from onroll.actions.roll.writing import Writer
from onroll.domain.permissions import Permission
from onroll.domain.register.import_states import ImportState, Move
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries.people import actor_of
from onroll.queries.roll.staged import checked, named_by
from onroll.records.attendance.models import Import

_OURS = "Something went wrong on our side. Nothing of the roll was written. Try again."


def apply(import_id: int, *, at: datetime, tell: Told) -> None:
    """Write an approved roll, count the school again, and ask about pupils whom the roll does not name.

    Does nothing when it was cancelled. What cannot be written as it was shown is handed back, and not written.
    """
    try:
        _apply(import_id, at, tell)
    except Refusal as refusal:
        hand_back(import_id, kind=ROLL, problem=refusal.message, at=at)
    except Exception:
        hand_back(import_id, kind=ROLL, problem=_OURS, at=at)
        raise


def apply_small_now(import_id: int, *, at: datetime) -> None:
    """Write a roll that is small enough to wait for; does nothing when the worker has it."""
    waits = Import.objects.filter(pk=import_id, kind=ROLL, state=ImportState.APPLYING, work_id=None)
    if waits.exists():
        apply(import_id, at=at, tell=_nobody)


def _nobody(_done: int, _total: int, _note: str = "") -> None:
    """Nobody listens to the progress of what is done at once."""


def _apply(import_id: int, at: datetime, tell: Told) -> None:
    tell(0, 1, "Writing the roll")
    approved = Import.objects.select_related("approved_by").filter(pk=import_id).first()
    if approved is None or approved.approved_by is None:
        return
    actor = actor_of(approved.approved_by.pk, approved.approved_by.name)
    with recounted_change(actor, approved.school_id, "roll_applied", Permission.ROLL_IMPORT, at=at) as doing:
        row = in_hand(import_id, ImportState.APPLYING, kind=ROLL)
        if row is None:
            doing.nothing_to_do()
            return
        row.outcome = _write(row, timezone.localdate(at), at)
        row.applied_at = at
        row.save(update_fields=[*move(row, Move.APPLY), "outcome", "applied_at"])
        doing.entry.subject, doing.entry.detail = subject(row.pk), dict(row.outcome)


def _write(row: Import, on: date, at: datetime) -> dict[str, Any]:
    found = checked(row.pk, row.school_id, leavers_named=leavers_named(row), on=on)
    if found.moved_on:
        raise Refusal(
            Refused.CONFLICT,
            f"The roll was not written. {found.moved_on} "
            "Have the file read again and look at what it would change now.",
        )
    writer = Writer(row.school_id, row.approved_by_id, row.pk, on, at)
    drafts, held = hold_back(row.school_id, list(found.to_write()), on=on, at=at)
    written = writer.write(drafts, take_mistyped=row.choices.get("take-mistyped") is True)
    named = named_by(row.pk) | writer.new_ids
    closed = close_questions(row.school_id, named, at=at)
    opened = 0
    if row.choices.get("whole-school") is not False:
        opened = open_questions(row.school_id, row.pk, named, on=on, at=at)
    look_again(row.school_id, on=on, at=at)
    states = Counter(draft.state for draft in found.made.drafts)
    return {**written, "same": states["same"], "missing": opened, "named-again": closed, "held": held}
