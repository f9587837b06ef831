"""Who may take back or correct what is written on a case."""

from onroll.domain.casework.tiers import Tier, tiers_of
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor


def may_take_back(actor: Actor, school_id: int, *, recorded_by_id: int | None, tier: Tier) -> bool:
    """Say whether somebody may withdraw or correct an entry.

    One's own entry takes the permission to work on cases; another's, that to move a case on. Nobody takes
    back what they may not read.
    """
    own = recorded_by_id == actor.id
    needed = Permission.CASE_WORK if own else Permission.CASE_MOVE
    return tier in tiers_of(actor, school_id) and actor.may(needed, school_id)
