"""Let a read roll in: everything asked is answered, and what was shown is what would be written."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from onroll.actions.change import change
from onroll.actions.imports.holding import ROLL, ROLL_APPLY, import_to_change, move, queue, subject
from onroll.actions.roll.reading import leavers_named
from onroll.domain.register.import_states import Move
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.queries.roll.heads import AT_ONCE
from onroll.queries.roll.staged import Checked, checked
from onroll.records.attendance.models import Import

_READ_AGAIN = "Have the file read again and look at what it would change now."


@dataclass(frozen=True, slots=True)
class Choices:
    """What only a person can say of a roll; None where it was not asked.

    `whole_school`: the file names every pupil, so those it does not name are missing. `take_mistyped`: UPNs whose
    check letter is wrong are taken as written.
    """

    whole_school: bool | None = None
    take_mistyped: bool | None = None


def approve(actor: Actor, import_id: int, *, version: int, choices: Choices, at: datetime) -> None:
    """Let a read roll in. Refuses while a question is open, or when the school has changed since it was read."""
    with change(actor.id, "import_approved", at) as entry:
        row = import_to_change(actor, import_id, version=version, kind=ROLL)
        entry.school_id, entry.subject = row.school_id, subject(row.pk)
        fields = move(row, Move.APPROVE)
        found = checked(row.pk, row.school_id, leavers_named=leavers_named(row), on=timezone.localdate(at))
        _refuse_what_is_open(row, found, choices)
        row.choices = {"whole-school": choices.whole_school, "take-mistyped": choices.take_mistyped}
        row.approved_by_id, row.approved_at, row.problem, row.work_id = actor.id, at, "", None
        if row.size > AT_ONCE:
            queue(row, ROLL_APPLY, actor_id=actor.id, at=at)
        row.save(update_fields=[*fields, "choices", "approved_by", "approved_at", "problem", "work_id"])
        entry.detail = {"counts": _numbers(row), "choices": row.choices}


def _refuse_what_is_open(row: Import, found: Checked, choices: Choices) -> None:
    if any(one.is_open for one in found.rows):
        raise Refusal(Refused.INVALID, "Some pupils are still in question. Say who they are, then approve.")
    if found.moved_on:
        raise Refusal(Refused.CONFLICT, f"{found.moved_on} {_READ_AGAIN}")
    if row.counts.get("missing") and choices.whole_school is None:
        raise Refusal(Refused.INVALID, "Say whether the file holds the whole school, then approve.")
    if row.counts.get("mistyped") and choices.take_mistyped is None:
        raise Refusal(Refused.INVALID, "Say what shall happen with UPNs that look mistyped, then approve.")


def _numbers(row: Import) -> dict[str, int]:
    return {key: value for key, value in row.counts.items() if isinstance(value, int)}
