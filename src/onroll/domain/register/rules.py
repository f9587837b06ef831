"""What a counter counts: the codes that add, and those that it lets pass inside a spell."""

from dataclasses import dataclass
from enum import StrEnum

from onroll.domain.register.codes import CODES, NOT_TAKEN

RULE_VERSION = "2026.1"
"""Kept with every stored figure; raised whenever the same marks would be counted differently."""


class Effect(StrEnum):
    """What one session does to a spell and to the year's total."""

    ADDS = "adds"
    SKIPPED = "skipped"
    BREAKS = "breaks"


@dataclass(frozen=True, slots=True)
class Rule:
    """A way of counting. Raises ValueError for a code that is not in the national table.

    A code in `adds` adds half a day a session, whatever its category. A code in `passes` neither adds nor
    ends a spell: it is how a school lets an appointment (M) stand inside an illness. `adds` wins.
    """

    name: str
    adds: frozenset[str]
    passes: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        unknown = sorted((self.adds | self.passes) - CODES.keys())
        if unknown:
            raise ValueError(f"not a national attendance code: {', '.join(unknown)}")

    def effect(self, code: str) -> Effect:
        """What a mark with this code (a national code, or `-`) does. Raises KeyError for an unknown code."""
        if code in self.adds:
            return Effect.ADDS
        if code == NOT_TAKEN or code in self.passes or not CODES[code].ends_a_spell:
            return Effect.SKIPPED
        return Effect.BREAKS


STATUTORY = Rule("statutory", frozenset({"I"}))
"""The legal sickness count: illness alone, while the pupil is of compulsory school age."""

HEALTH = Rule("health", frozenset({"I", "M", "C2"}))
"""Education missed for health reasons. Until plans are held, every C2 is taken to be for health."""
