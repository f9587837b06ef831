"""Whether somebody has read a version."""

from datetime import date

from onroll.domain.vocabulary import Actor
from onroll.records.policies.models import PolicyRead


def has_read(actor: Actor, version_id: int) -> date | None:
    """The day on which the actor said that they had read it."""
    rows = PolicyRead.objects.filter(policy_id=version_id, user_id=actor.id).standing()
    return rows.values_list("happened_on", flat=True).first()
