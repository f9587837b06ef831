"""Say that one has read the policy."""

from datetime import date, datetime

from onroll.actions.cases.changing import school_duty_change
from onroll.actions.policy.holding import version_to_change
from onroll.domain.permissions import Permission
from onroll.domain.policy import Stage, Step, stage_of
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.records.policies.models import PolicyRead


def read_policy(actor: Actor, school_id: int, version_id: int, *, on: date, at: datetime) -> None:
    """Keep that the actor has read a published version. Saying so twice changes nothing."""
    with school_duty_change(actor, school_id, "policy-read", Permission.POLICY_SEE, on=on, at=at) as entry:
        row = version_to_change(school_id, version_id)
        steps = row.steps.filter(withdrawn_at=None).order_by("id").values_list("step", flat=True)
        if stage_of(map(Step, steps)) is not Stage.PUBLISHED:
            raise Refusal(Refused.CONFLICT, "This version is not published yet. It is read once it is.")
        entry.subject, entry.detail = f"policy:{row.pk}", {"version": row.version}
        if row.reads.filter(user_id=actor.id, withdrawn_at=None).exists():
            entry.nothing_changed = True
            return
        PolicyRead.objects.create(
            policy=row, user_id=actor.id, happened_on=on, recorded_at=at, recorded_by_id=actor.id
        )
