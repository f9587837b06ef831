"""Tiers of what is written on a case, and the permission that opens each."""

from enum import StrEnum

from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor


class Tier(StrEnum):
    """How closely an entry is held. The value is stored."""

    EDUCATION = "education"
    MEDICAL = "medical"
    SAFEGUARDING = "safeguarding-reference"

    def closer(self, other: "Tier") -> "Tier":
        """Of two tiers, the one that fewer people read."""
        order = list(Tier)
        return max(self, other, key=order.index)

    @property
    def words(self) -> str:
        """As pages name it: "the medical tier"."""
        return self.value.replace("-", " ")

    @property
    def hint(self) -> str:
        """What belongs there, for whoever chooses."""
        return _HINTS[self]


_HINTS = {
    Tier.EDUCATION: "Everybody who may open this case",
    Tier.MEDICAL: "Those who may see medical information",
    Tier.SAFEGUARDING: "The safeguarding lead and heads: say where the record is kept, not what it says",
}

OPENS = {
    Tier.EDUCATION: Permission.CASE_SEE,
    Tier.MEDICAL: Permission.MEDICAL_SEE,
    Tier.SAFEGUARDING: Permission.SAFEGUARDING_SEE,
}


def tiers_of(actor: Actor, school_id: int) -> tuple[Tier, ...]:
    """The tiers that somebody may read and write at a school."""
    return tuple(tier for tier, permission in OPENS.items() if actor.may(permission, school_id))
