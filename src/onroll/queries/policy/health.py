"""The policy health check: what the policy cites that was replaced, and where it and others differ."""

from dataclasses import dataclass
from datetime import date

from onroll.domain.packs.pack import Gap
from onroll.queries.packs import Stack
from onroll.queries.policy.choices import Answer, answers
from onroll.queries.policy.document import Side, disagreements
from onroll.queries.policy.standing import GuidanceSeen, guidance


@dataclass(frozen=True, slots=True)
class Difference:
    """One point on which the policy differs: from another pack (`sides`), or from national guidance (`gap`)."""

    topic: str
    title: str
    answer: Answer | None
    sides: tuple[Side, ...] = ()
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """What the health check found."""

    replaced: tuple[GuidanceSeen, ...]
    disagreements: tuple[Difference, ...]
    gaps: tuple[Difference, ...]

    @property
    def clean(self) -> bool:
        """Whether it found nothing."""
        return not (self.replaced or self.disagreements or self.gaps)

    @property
    def answered(self) -> int:
        """On how many points the school said what it does."""
        return sum(one.answer is not None for one in (*self.disagreements, *self.gaps))

    @property
    def points(self) -> int:
        """On how many points the policy differs."""
        return len(self.disagreements) + len(self.gaps)


def health(school_id: int, stack: Stack, on: date) -> Health:
    """The whole check of the school's own policy. Three queries."""
    found = differences(school_id, stack, on)
    cited = guidance(school_id, stack.packs[:1], on)
    return Health(
        replaced=tuple(one for one in cited if one.standing.status == "superseded"),
        disagreements=tuple(one for one in found if one.sides),
        gaps=tuple(one for one in found if one.gap),
    )


def differences(school_id: int, stack: Stack, on: date) -> tuple[Difference, ...]:
    """Every point on which packs disagree, then every gap, each with what the school answered. Two queries."""
    answered = answers(school_id, on)
    disagree = tuple(
        Difference(one.topic, one.title, one.answer, sides=one.sides)
        for one in disagreements(stack, answered)
    )
    gaps = tuple(
        Difference(gap.key, f"Paragraph {gap.paragraph}", answered.get(gap.key), gap=gap)
        for pack in stack.packs
        for gap in pack.gaps
    )
    return (*disagree, *gaps)
