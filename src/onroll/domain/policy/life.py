"""The life of one version of the policy, as a table: its stages, the steps between them, who may, what each needs."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Refusal, Refused


class Stage(StrEnum):
    """Where a version stands. Worked out from its steps; never stored."""

    DRAFT = "draft"
    GOVERNORS = "governors"
    APPROVED = "approved"
    PUBLISHED = "published"

    @property
    def words(self) -> str:
        """What people read."""
        return _STAGE_WORDS[self]


class Step(StrEnum):
    """Something that is done to a version. The value is stored."""

    REVIEWED = "reviewed"
    GOVERNORS = "governors"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"

    @property
    def words(self) -> str:
        """What was done, as the register says it."""
        return _STEP_WORDS[self]


class Need(StrEnum):
    """What a step cannot be recorded without."""

    AMENDMENT = "amendment"
    REVIEW = "review"
    REASON = "reason"
    MEETING = "meeting"
    MINUTE = "minute"

    @property
    def words(self) -> str:
        """What to do about it when it is missing."""
        return _NEED_WORDS[self]


_STAGE_WORDS: Mapping[Stage, str] = MappingProxyType({
    Stage.DRAFT: "Draft",
    Stage.GOVERNORS: "With governors",
    Stage.APPROVED: "Approved, not yet published",
    Stage.PUBLISHED: "Published",
})  # fmt: skip
_STEP_WORDS: Mapping[Step, str] = MappingProxyType({
    Step.REVIEWED: "Reviewed",
    Step.GOVERNORS: "Sent to governors",
    Step.RETURNED: "Returned by governors",
    Step.APPROVED: "Approved",
    Step.PUBLISHED: "Published",
})  # fmt: skip
_NEED_WORDS: Mapping[Need, str] = MappingProxyType({
    Need.AMENDMENT: "Say what changes in this version, or that nothing does.",
    Need.REVIEW: "Record the review of this version first.",
    Need.REASON: "Say what the governors ask for.",
    Need.MEETING: "Give the date of the meeting.",
    Need.MINUTE: "Give the reference of the minute.",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class StepRule:
    """One line of the table."""

    begins: frozenset[Stage]
    leads_to: Stage
    needs: frozenset[Need]
    permission: Permission = Permission.POLICY_EDIT


_S = Stage
STEPS: Mapping[Step, StepRule] = MappingProxyType({
    Step.REVIEWED: StepRule(frozenset({_S.DRAFT}), _S.DRAFT, frozenset({Need.AMENDMENT})),
    Step.GOVERNORS: StepRule(
        frozenset({_S.DRAFT}), _S.GOVERNORS, frozenset({Need.AMENDMENT, Need.REVIEW})
    ),
    Step.RETURNED: StepRule(frozenset({_S.GOVERNORS}), _S.DRAFT, frozenset({Need.REASON})),
    Step.APPROVED: StepRule(
        frozenset({_S.GOVERNORS}), _S.APPROVED, frozenset({Need.MEETING, Need.MINUTE})
    ),
    Step.PUBLISHED: StepRule(frozenset({_S.APPROVED}), _S.PUBLISHED, frozenset()),
})  # fmt: skip
"""For each step, the stages it may be taken from, the stage it leads to, what it needs, and the permission."""

UNDER_WAY = frozenset({_S.DRAFT, _S.GOVERNORS, _S.APPROVED})
"""Stages of a version that is on its way. Only one version is on its way at a time."""


def stage_of(steps: Iterable[Step]) -> Stage:
    """Where a version stands after these steps, oldest first.

    A step that the table does not allow from where the version stood is read as if it were allowed: a past
    version may be entered with its approval alone.
    """
    stage = Stage.DRAFT
    for step in steps:
        stage = STEPS[step].leads_to
    return stage


def steps_from(stage: Stage, *, reviewed: bool) -> tuple[Step, ...]:
    """The steps that can be taken now. A review is offered once, and again after governors returned the version."""
    wanted = [step for step, rule in STEPS.items() if stage in rule.begins]
    if stage is Stage.DRAFT:
        wanted.remove(Step.GOVERNORS if not reviewed else Step.REVIEWED)
    return tuple(wanted)


def next_stage(stage: Stage, step: Step, given: AbstractSet[Need]) -> Stage:
    """Where the step leads. Refuses, with what to do, what the table does not allow or what lacks something."""
    rule = STEPS[step]
    if stage not in rule.begins:
        raise Refusal(
            Refused.CONFLICT,
            f"This version stands at “{stage.words}”, so that “{step.words}” cannot be recorded now. "
            "Open the register to see what was recorded, and by whom.",
        )
    missing = [need.words for need in Need if need in rule.needs - given]
    if missing:
        raise Refusal(Refused.INVALID, f"“{step.words}” was not recorded. {' '.join(missing)}")
    return rule.leads_to
