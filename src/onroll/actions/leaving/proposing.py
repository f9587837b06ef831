"""Propose that a pupil with an open case leaves the roll, and take a proposal back."""

from dataclasses import dataclass
from datetime import date, datetime

from onroll.actions.cases.changing import CaseDoing, case_change
from onroll.actions.circle.keeping import standing_row, take_back
from onroll.actions.leaving.telling import tell_deputy_heads
from onroll.domain.permissions import Permission
from onroll.domain.roll_guard import Weight, reasons_on
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.queries.leaving import PERSON, Known, known_of, proposed_of
from onroll.records.cases.models import Document, LeavingProposal

# A proposal may be made before the authority has answered; it may not be agreed to.
_LATER = ("The local authority provides", "Nobody has recorded")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingGiven:
    """What a person proposes."""

    ground: str
    leaving_on: date
    evidence: str
    document_id: int | None = None
    authority_agrees: bool | None = None
    authority_words: str = ""


def propose_leaving(
    actor: Actor, school_id: int, case_id: int, *, given: LeavingGiven, on: date, at: datetime
) -> int:
    """Propose it, with its ground and evidence; say the proposal's id. The pupil stays on roll.

    What a roll file said before gives way to it. Refuses while another proposal waits, a ground that is none, a day
    that has gone, and an empty evidence.
    """
    with case_change(
        actor, school_id, case_id, "leaving-proposed", Permission.LEAVING_PROPOSE, on=on, at=at
    ) as doing:
        standing = list(LeavingProposal.objects.standing().select_for_update().filter(case=doing.case))
        if any(row.came_from == PERSON and row.agreed is not False for row in standing):
            raise Refusal(
                Refused.CONFLICT, "A proposal stands already. Take it back before you make another."
            )
        known = known_of(case_id, on)
        if known.last_day is not None:
            raise Refusal(Refused.CONFLICT, "The end of this pupil’s time on roll is set already.")
        replaced = [row for row in standing if row.came_from != PERSON]
        for row in replaced:
            take_back(row, actor, because="Somebody has proposed it with its ground", at=at)
        row = LeavingProposal(
            case=doing.case,
            came_from=PERSON,
            ground=given.ground,
            leaving_on=given.leaving_on,
            evidence=given.evidence.strip(),
            document=_document(doing, given.document_id),
            authority_agrees=given.authority_agrees,
            authority_words=given.authority_words.strip(),
            happened_on=on,
            recorded_at=at,
            recorded_by_id=actor.id,
            replaces=replaced[-1] if replaced else None,
        )
        flagged = _check(doing, row, known, on)
        row.save()
        doing.entry.detail = {"proposal": row.pk, "ground": row.ground, "flagged": flagged}
        if flagged:
            tell_deputy_heads(doing.case, row.pk, at=at)
        return row.pk


def withdraw_leaving(
    actor: Actor, school_id: int, case_id: int, proposal_id: int, *, because: str, on: date, at: datetime
) -> None:
    """Take a proposal back, with the reason; one that was agreed too, until it is carried out."""
    with case_change(
        actor, school_id, case_id, "leaving-withdrawn", Permission.LEAVING_PROPOSE, on=on, at=at
    ) as doing:
        row = standing_row(LeavingProposal.objects.filter(case=doing.case), proposal_id)
        if row.agreed and known_of(case_id, on).last_day == row.leaving_on:
            raise Refusal(
                Refused.CONFLICT, "The pupil has left as it was agreed. Put them back on roll first."
            )
        take_back(row, actor, because=because, at=at)
        doing.entry.detail = {"proposal": row.pk}


def _check(doing: CaseDoing, row: LeavingProposal, known: Known, on: date) -> bool:
    """Refuse what can never be agreed to; whether the Deputy Headteacher is to look."""
    reasons = reasons_on(proposed_of(doing.case, row, known, on))
    for reason in reasons:
        if reason.weight is Weight.STOPS and not reason.words.startswith(_LATER):
            raise Refusal(Refused.INVALID, reason.words)
    return any(reason.flags for reason in reasons)


def _document(doing: CaseDoing, document_id: int | None) -> Document | None:
    if document_id is None:
        return None
    row = Document.objects.standing().filter(pk=document_id, case=doing.case).first()
    if row is None:
        raise Refusal(Refused.INVALID, "The document is no longer on this case. Choose again.")
    return row
