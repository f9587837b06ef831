"""Say what the school does where its policy and national guidance differ."""

from datetime import date, datetime

from onroll.actions.cases.changing import school_duty_change
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.queries.packs import stack_of
from onroll.records.policies.models import PackChoice

OWN = "own"
"""What is followed where the school goes a way of its own."""


def answer_difference(
    actor: Actor,
    school_id: int,
    topic: str,
    *,
    follows: str,
    words: str,
    reason: str,
    on: date,
    at: datetime,
) -> None:
    """Keep what the school will do about a difference, and why. The policy's own words stay as they are."""
    with school_duty_change(
        actor, school_id, "difference-answered", Permission.POLICY_EDIT, on=on, at=at
    ) as entry:
        packs = stack_of(school_id, on).packs
        topics = {one.topic for pack in packs for one in pack.positions} | {
            one.key for pack in packs for one in pack.gaps
        }
        if topic not in topics or follows not in {OWN, *(pack.slug for pack in packs)}:
            raise Refusal(
                Refused.INVALID, "The policy has changed since this page was opened. Open the page again."
            )
        last = PackChoice.objects.filter(school_id=school_id, topic=topic).standing().order_by("-id").first()
        PackChoice.objects.create(
            school_id=school_id,
            topic=topic,
            follows=follows,
            words=words,
            reason=reason,
            replaces=last,
            happened_on=on,
            recorded_at=at,
            recorded_by_id=actor.id,
        )
        if last:
            last.withdrawn_at, last.withdrawn_by_id = at, actor.id
            last.save(update_fields=["withdrawn_at", "withdrawn_by_id"])
        entry.detail = {"topic": topic, "follows": follows}
