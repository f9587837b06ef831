"""Every duty that ships is judged, or named as not yet recorded; an evaluator has its table, button and page."""

from importlib import import_module
from pathlib import Path

import pytest
from django.urls import reverse

from onroll.domain.duties.evaluate import EVALUATORS
from onroll.domain.packs import Pack, Scope, read
from onroll.pages.duty_ways import WAYS
from onroll.queries.packs import shipped

TABLES_IN = Path(__file__).resolve().parents[1] / "domain/duties"

# What the packs ask and Onroll cannot judge yet: screens say "not yet recorded in Onroll". Later work empties it.
NOT_YET_RECORDED = {
    "adjustments-considered", "agencies-liaison", "ap-monitored", "complaint-route-told",
    "consistent-curriculum", "consultant-evidence", "cumulative-count", "exam-arrangements",
    "first-line-support", "fit-for-remote", "health-plan", "health-plan-reviewed", "in-touch",
    "included-in-planning", "information-shared", "la-referral", "la-takes-over", "part-time-limits",
    "part-time-reviewed", "partial-attendance-monitored", "peer-liaison", "plan-coordinated",
    "provision-effective", "provision-suggested", "reasonable-adjustments", "referral-not-delayed",
    "reintegration-monitored", "rep-registered", "return-meeting", "return-plan", "school-first", "sen-in-plan",
    "sickness-return", "social-events", "suitable-education", "tailored-reintegration", "welfare-checks",
    "work-provided", "work-with-la",
}  # fmt: skip

# A table has rows that are met, due and overdue; what else each has to have, or cannot have.
ALWAYS = {"met", "due", "overdue"}
BESIDES = {
    "parents-first-contact": {"not-applicable", "needs-judgement"},
    "responsibilities-understood": {"not-applicable", "needs-judgement"},
    "kept-on-roll": {"not-applicable", "needs-judgement", "breached"},
    "guidance-current": {"not-applicable", "needs-judgement"},
    "linked-policies": {"not-applicable"},
    "monitored": {"not-applicable"},
    "policy-reviewed": {"needs-judgement"},
    "policy-approved": {"needs-judgement"},
    "policy-published": {"not-applicable", "needs-judgement"},
}


def shipped_duties():
    packs = [read(one.text, one.slug) for one in shipped() if one.kind == "policy"]
    return [duty for pack in packs if isinstance(pack, Pack) for duty in pack.duties]


def tables():
    """Evaluator -> the rows of its examples."""
    found = {}
    for file in sorted(TABLES_IN.glob("test_*.py")):
        module = import_module(f"tests.domain.duties.{file.stem}")
        found |= getattr(module, "TABLES", {})
    return found


def test_every_duty_that_ships_is_judged_or_named_as_not_yet_recorded():
    asked = {duty.evaluator for duty in shipped_duties()}
    assert asked - set(EVALUATORS) == NOT_YET_RECORDED


def test_nothing_is_both_judged_and_not_yet_recorded():
    assert NOT_YET_RECORDED & set(EVALUATORS) == set()


def test_every_evaluator_is_asked_for_by_a_pack_that_ships():
    assert set(EVALUATORS) <= {duty.evaluator for duty in shipped_duties()}


def test_every_evaluator_has_a_table_of_examples_and_no_table_is_left_over():
    assert set(tables()) == set(EVALUATORS)


@pytest.mark.parametrize("evaluator", sorted(EVALUATORS))
def test_its_table_has_every_answer_that_it_can_give(evaluator):
    rows = tables()[evaluator]
    given = {value for row in rows for value in row.values if isinstance(value, str) and value in _STATUSES}
    assert given == ALWAYS | BESIDES.get(evaluator, set())


@pytest.mark.parametrize("evaluator", sorted(EVALUATORS))
def test_it_has_a_button_and_a_page(evaluator):
    scopes = {duty.scope for duty in shipped_duties() if duty.evaluator == evaluator}
    way = WAYS[evaluator]
    assert way.label
    for scope in scopes:
        assert reverse(way.view, args=[900001, 7] if scope is Scope.CASE else [900001]).startswith(
            "/s/900001/"
        )


_STATUSES = {"not-applicable", "met", "due", "overdue", "breached", "needs-judgement"}
