"""A person's word on whether a pupil of the file is a child whom the school knows."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from onroll.actions.change import change
from onroll.actions.imports.holding import ROLL, import_to_change, subject
from onroll.actions.roll.reading import leavers_named
from onroll.domain.register.import_states import AS_IT_IS, ImportState
from onroll.domain.roll.given import PupilGiven
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.queries.roll.drafting import Decision, Draft, drafted
from onroll.queries.roll.known import on_roll
from onroll.queries.roll.staged import meant_by_unused, named_by
from onroll.records.attendance.models import Import, StagedPupil

LEAVE_OUT, NEW, SAME = "leave-out", "new", "same"


def answer(
    actor: Actor, import_id: int, *, version: int, answers: Mapping[int, Decision], at: datetime
) -> None:
    """Keep what a person said of staged pupils, by their ids, and work out what would change of those who are known.

    A word may be changed until the roll is approved.
    """
    with change(actor.id, "roll_questions_answered", at) as entry:
        row = import_to_change(actor, import_id, version=version, kind=ROLL)
        entry.school_id, entry.subject = row.school_id, subject(row.pk)
        if row.state != ImportState.READY:
            raise Refusal(
                Refused.CONFLICT,
                f"Questions can be answered until approval: {AS_IT_IS[ImportState(row.state)]}.",
            )
        asked = StagedPupil.objects.filter(batch=row, state="ask", pk__in=list(answers)).order_by("line")
        staged = list(asked)
        for one in staged:
            _check(one, answers[one.pk])
        made = _drafts(row, staged, answers, at)
        for one in staged:
            _keep(one, answers[one.pk], made[one.line])
        _note_groups(row, list(made.values()))
        missing = on_roll(row.school_id, timezone.localdate(at)).exclude(pk__in=named_by(row.pk)).count()
        row.counts["missing"] = missing
        row.version += 1
        row.save(update_fields=["version", "counts"])
        entry.detail = {"answered": len(staged)}
        entry.nothing_changed = not staged


def _check(one: StagedPupil, said: Decision) -> None:
    fits = {
        LEAVE_OUT: said.pupil_id is None,
        NEW: one.may_be_new and said.pupil_id is None,
        SAME: said.pupil_id in one.candidates,
    }
    if not fits.get(said.what, False):
        raise Refusal(Refused.INVALID, "This answer does not fit the question. Open the page again.")


def _drafts(
    row: Import, staged: list[StagedPupil], answers: Mapping[int, Decision], at: datetime
) -> dict[int, Draft]:
    """The pupils as they are with what was said, by line. Refuses what the file's dates do not allow."""
    made = drafted(
        row.school_id,
        [PupilGiven.from_json(one.given) for one in staged],
        leavers_named=leavers_named(row),
        on=timezone.localdate(at),
        taken=_taken(row),
        decisions={one.line: answers[one.pk] for one in staged},
    )
    drafts = {draft.given.line: draft for draft in made.drafts}
    for one in staged:
        if one.line not in drafts:
            reason = next((note.reason for note in made.notes if note.line == one.line), "")
            raise Refusal(
                Refused.INVALID,
                f"Line {one.line} cannot be used with this answer. {reason} Leave the line out, or correct the file.",
            )
    return drafts


def _taken(row: Import) -> frozenset[int]:
    """Pupils whom other lines of the file mean."""
    others = StagedPupil.objects.filter(batch=row, pupil__isnull=False).exclude(state="ask")
    return meant_by_unused(row.pk) | frozenset(others.values_list("pupil_id", flat=True))


def _keep(one: StagedPupil, said: Decision, draft: Draft) -> None:
    one.decision, one.pupil_id = said.what, said.pupil_id
    one.differences = list(map(list, draft.differences))
    one.save(update_fields=["decision", "pupil", "differences"])


def _note_groups(row: Import, drafts: list[Draft]) -> None:
    """Say which groups would have to be made for pupils who were in question."""
    facts = [draft.plan.after.facts for draft in drafts if draft.plan]
    held_years = set(row.school.year_groups.values_list("name", flat=True))
    held_tutor_groups = set(row.school.tutor_groups.values_list("name", flat=True))
    new_years = {one.year_group for one in facts} - held_years - {""}
    new_tutor_groups = {one.tutor_group for one in facts} - held_tutor_groups - {""}
    row.counts = row.counts | {
        "new-years": sorted(new_years | set(row.counts.get("new-years", ()))),
        "new-tutor-groups": sorted(new_tutor_groups | set(row.counts.get("new-tutor-groups", ()))),
    }
