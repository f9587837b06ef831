"""Change what is known of the need behind a case, and when an absence to come is expected."""

from datetime import date, datetime

from onroll.actions.cases.changing import case_change
from onroll.domain.casework.tiers import Tier
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_allowed
from onroll.records.cases.models import Note


def change_need(
    actor: Actor,
    school_id: int,
    case_id: int,
    *,
    need: str,
    expected_from: date | None,
    seen_version: int,
    on: date,
    at: datetime,
) -> None:
    """Write the need anew. What stood there before becomes a note of the medical tier: nothing is lost."""
    with case_change(
        actor, school_id, case_id, "case-need-changed", Permission.CASE_WORK,
        on=on, at=at, seen_version=seen_version,
    ) as doing:  # fmt: skip
        if not actor.may(Permission.MEDICAL_SEE, school_id):
            raise not_allowed(Permission.MEDICAL_SEE)
        case = doing.case
        if (case.need, case.expected_from) == (need, expected_from):
            doing.nothing_to_do()
            return
        if expected_from is not None and expected_from < case.opened_on:
            raise Refusal(
                Refused.INVALID, "The absence is expected from before the case was opened. Enter a later day."
            )
        if case.need and case.need != need:
            Note.objects.create(
                case=case,
                tier=Tier.MEDICAL.value,
                text=f"Until now this stood as the need: {case.need}",
                happened_on=on,
                recorded_at=at,
                recorded_by_id=actor.id,
            )
        case.need, case.expected_from, case.version = need, expected_from, case.version + 1
        case.save(update_fields=["need", "expected_from", "version"])
