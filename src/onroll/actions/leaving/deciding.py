"""The headteacher decides on a proposal to leave the roll; and on its day it is carried out."""

from datetime import date, datetime

from onroll.actions.cases.changing import CaseDoing, case_change, case_to_change
from onroll.actions.change import change
from onroll.actions.circle.keeping import standing_row
from onroll.actions.duties.refresh import refresh_cases
from onroll.actions.recount import recount_school
from onroll.actions.recounted import school_to_change
from onroll.actions.roll.leaving import end_time_on_roll
from onroll.actions.roll.missing import LEFT
from onroll.domain.permissions import Permission
from onroll.domain.roll_guard import Weight, reasons_on
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.queries.leaving import PERSON, known_of, proposed_of
from onroll.records.cases.models import LeavingProposal
from onroll.records.pupils.models import MissingFromRoll


def decide_leaving(
    actor: Actor,
    school_id: int,
    case_id: int,
    proposal_id: int,
    *,
    agree: bool,
    because: str,
    weighed: bool = False,
    on: date,
    at: datetime,
) -> None:
    """Agree to a proposal or turn it down, with the reason. Never one's own.

    Agreeing refuses what cannot be agreed to. Where something speaks against it, `weighed` must say that the
    headteacher has read it. The pupil stays on roll until the leaving date, and until somebody carries it out.
    """
    with case_change(
        actor, school_id, case_id, "leaving-decided", Permission.LEAVING_DECIDE, on=on, at=at
    ) as doing:
        row = standing_row(LeavingProposal.objects.filter(case=doing.case), proposal_id)
        if row.agreed is not None or row.came_from != PERSON:
            raise Refusal(
                Refused.STALE, "Somebody has decided on this proposal already, or it has no ground yet."
            )
        if row.recorded_by_id == actor.id:
            raise Refusal(Refused.CONFLICT, "You proposed this yourself: somebody else must decide.")
        if not because.strip():
            raise Refusal(Refused.INVALID, "Enter why you decide so.")
        if agree:
            _check(doing, row, weighed, on)
        row.agreed, row.decided_at, row.decided_by_id, row.decided_because = (
            agree,
            at,
            actor.id,
            because.strip(),
        )
        row.save(update_fields=["agreed", "decided_at", "decided_by_id", "decided_because"])
        doing.entry.detail = {"proposal": row.pk, "agreed": agree}


def carry_out(
    actor: Actor, school_id: int, case_id: int, proposal_id: int, *, on: date, at: datetime
) -> None:
    """End the time on roll on the agreed day, once that day has come, and count the pupil again."""
    with change(actor.id, "leaving-carried-out", at, school_id=school_id) as entry:
        # The school before the case: whoever writes a roll locks in this order too.
        school_to_change(actor, school_id, Permission.LEAVING_PROPOSE)
        case = case_to_change(actor, school_id, case_id, Permission.LEAVING_PROPOSE, on=on)
        entry.subject = f"case:{case.pk}"
        row = standing_row(LeavingProposal.objects.filter(case=case), proposal_id)
        if not row.agreed or row.leaving_on is None:
            raise Refusal(Refused.CONFLICT, "The headteacher has not agreed to this.")
        if row.leaving_on > on:
            raise Refusal(
                Refused.CONFLICT, "The agreed day has not come. The pupil stays on roll until then."
            )
        end_time_on_roll(case.pupil_id, school_id, row.leaving_on, actor, import_id=None, at=at)
        _answer_the_roll(case.pupil_id, row.leaving_on, actor, at)
        moved = recount_school(school_id, pupil_ids=[case.pupil_id])
        entry.detail = {"proposal": row.pk} | moved.as_detail()
        refresh_cases([case.pk], on=on, at=at)


def _answer_the_roll(pupil_id: int, left_on: date, actor: Actor, at: datetime) -> None:
    """Where a roll file missed the pupil, that is answered now."""
    asked = MissingFromRoll.objects.filter(pupil_id=pupil_id, decision="")
    asked.update(decision=LEFT, left_on=left_on, decided_at=at, decided_by_id=actor.id)


def _check(doing: CaseDoing, row: LeavingProposal, weighed: bool, on: date) -> None:
    reasons = reasons_on(proposed_of(doing.case, row, known_of(doing.case.pk, on), on))
    for reason in reasons:
        if reason.weight is Weight.STOPS:
            raise Refusal(Refused.CONFLICT, f"{reason.words} Nothing was agreed.")
    if any(reason.weight is Weight.AGAINST for reason in reasons) and not weighed:
        raise Refusal(Refused.INVALID, "Something speaks against this. Say that you have read it.")
