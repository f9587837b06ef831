"""Tiers of what is written on a case, and the permission that opens each."""

from enum import StrEnum

from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor


class Tier(StrEnum):
    """How closely an entry is held. The value is stored."""

    EDUCATION = "education"
    MEDICAL = "medical"
    SAFEGUARDING = "safeguarding-reference"


OPENS = {
    Tier.EDUCATION: Permission.CASE_SEE,
    Tier.MEDICAL: Permission.MEDICAL_SEE,
    Tier.SAFEGUARDING: Permission.SAFEGUARDING_SEE,
}


def tiers_of(actor: Actor, school_id: int) -> tuple[Tier, ...]:
    """The tiers that somebody may read and write at a school."""
    return tuple(tier for tier, permission in OPENS.items() if actor.may(permission, school_id))
