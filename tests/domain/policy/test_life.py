"""The life of a policy version: every stage with every step, and what each step cannot do without."""

import itertools

import pytest

from onroll.domain.permissions import Permission
from onroll.domain.policy.life import STEPS, UNDER_WAY, Need, Stage, Step, next_stage, stage_of, steps_from
from onroll.domain.vocabulary import Refusal, Refused

EVERYTHING = frozenset(Need)
ALLOWED = {
    (Stage.DRAFT, Step.REVIEWED): Stage.DRAFT,
    (Stage.DRAFT, Step.GOVERNORS): Stage.GOVERNORS,
    (Stage.GOVERNORS, Step.RETURNED): Stage.DRAFT,
    (Stage.GOVERNORS, Step.APPROVED): Stage.APPROVED,
    (Stage.APPROVED, Step.PUBLISHED): Stage.PUBLISHED,
}


@pytest.mark.parametrize(
    ("stage", "step"), list(itertools.product(Stage, Step)), ids=lambda one: str(one.value)
)
def test_every_stage_with_every_step(stage, step):
    if (stage, step) in ALLOWED:
        assert next_stage(stage, step, EVERYTHING) is ALLOWED[stage, step]
        return
    with pytest.raises(Refusal) as refused:
        next_stage(stage, step, EVERYTHING)
    assert refused.value.kind is Refused.CONFLICT
    assert stage.words in refused.value.message


@pytest.mark.parametrize(
    ("stage", "step", "needs"),
    [
        pytest.param(Stage.DRAFT, Step.REVIEWED, {Need.AMENDMENT}, id="a review says what changes"),
        pytest.param(
            Stage.DRAFT,
            Step.GOVERNORS,
            {Need.AMENDMENT, Need.REVIEW},
            id="governors are sent what was reviewed",
        ),
        pytest.param(Stage.GOVERNORS, Step.RETURNED, {Need.REASON}, id="a return says why"),
        pytest.param(
            Stage.GOVERNORS, Step.APPROVED, {Need.MEETING, Need.MINUTE}, id="an approval is minuted"
        ),
        pytest.param(Stage.APPROVED, Step.PUBLISHED, set(), id="publishing needs nothing more"),
    ],
)
def test_a_step_without_what_it_needs_is_refused_with_what_to_do(stage, step, needs):
    assert STEPS[step].needs == needs
    next_stage(stage, step, frozenset(needs))
    for missing in needs:
        with pytest.raises(Refusal) as refused:
            next_stage(stage, step, needs - {missing})
        assert refused.value.kind is Refused.INVALID
        assert missing.words in refused.value.message


@pytest.mark.parametrize(
    ("steps", "stage"),
    [
        pytest.param([], Stage.DRAFT, id="begun"),
        pytest.param([Step.REVIEWED], Stage.DRAFT, id="reviewed is still a draft"),
        pytest.param([Step.REVIEWED, Step.GOVERNORS], Stage.GOVERNORS, id="sent"),
        pytest.param([Step.REVIEWED, Step.GOVERNORS, Step.RETURNED], Stage.DRAFT, id="returned"),
        pytest.param(
            [Step.REVIEWED, Step.GOVERNORS, Step.RETURNED, Step.GOVERNORS, Step.APPROVED],
            Stage.APPROVED,
            id="approved at the second meeting",
        ),
        pytest.param(
            [Step.REVIEWED, Step.GOVERNORS, Step.APPROVED, Step.PUBLISHED], Stage.PUBLISHED, id="published"
        ),
        pytest.param(
            [Step.APPROVED, Step.PUBLISHED], Stage.PUBLISHED, id="an earlier version, entered later"
        ),
    ],
)
def test_where_a_version_stands(steps, stage):
    assert stage_of(steps) is stage


@pytest.mark.parametrize(
    ("stage", "reviewed", "offered"),
    [
        pytest.param(Stage.DRAFT, False, (Step.REVIEWED,), id="a draft is reviewed first"),
        pytest.param(Stage.DRAFT, True, (Step.GOVERNORS,), id="then sent"),
        pytest.param(Stage.GOVERNORS, True, (Step.RETURNED, Step.APPROVED), id="governors decide"),
        pytest.param(Stage.APPROVED, True, (Step.PUBLISHED,), id="what is approved is published"),
        pytest.param(Stage.PUBLISHED, True, (), id="nothing more"),
    ],
)
def test_what_is_offered_next(stage, reviewed, offered):
    assert steps_from(stage, reviewed=reviewed) == offered


def test_what_is_offered_can_be_taken():
    for stage, reviewed in itertools.product(Stage, (True, False)):
        for step in steps_from(stage, reviewed=reviewed):
            next_stage(stage, step, EVERYTHING)


def test_every_way_ends_in_a_published_version_and_every_stage_is_reached():
    reached = {Stage.DRAFT} | {rule.leads_to for rule in STEPS.values()}
    assert reached == set(Stage)
    assert set(Stage) - {Stage.PUBLISHED} == UNDER_WAY


def test_every_step_is_taken_by_those_who_keep_the_register():
    assert {rule.permission for rule in STEPS.values()} == {Permission.POLICY_EDIT}


def test_everything_has_words():
    assert all(one.words for one in (*Stage, *Step, *Need))
