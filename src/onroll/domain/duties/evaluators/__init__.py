"""One evaluator for each duty: facts, the duty as its pack has it, the pack and the day in; what it comes to, out."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from onroll.domain.duties.evaluators.kept_on_roll import kept_on_roll
from onroll.domain.duties.evaluators.lists import guidance_current, linked_policies
from onroll.domain.duties.evaluators.monitored import monitored
from onroll.domain.duties.evaluators.officer_and_briefing import equality_duties_understood, la_officer_known
from onroll.domain.duties.evaluators.parents_first_contact import parents_first_contact
from onroll.domain.duties.evaluators.policy_steps import policy_approved, policy_published, policy_reviewed
from onroll.domain.duties.evaluators.responsibilities_understood import responsibilities_understood
from onroll.domain.duties.finding import Judged
from onroll.domain.packs.pack import Duty, Pack

Evaluator = Callable[[Any, Duty, Pack, date], Judged]

# The key is what a pack's `evaluator` names. Drawn into docs/reference/duties.md.
EVALUATORS: Mapping[str, Evaluator] = MappingProxyType({
    # a case
    "parents-first-contact": parents_first_contact,
    "responsibilities-understood": responsibilities_understood,
    "kept-on-roll": kept_on_roll,
    # the school itself
    "la-officer-known": la_officer_known,
    "equality-duties-understood": equality_duties_understood,
    "guidance-current": guidance_current,
    "monitored": monitored,
    "policy-reviewed": policy_reviewed,
    "policy-approved": policy_approved,
    "policy-published": policy_published,
    "linked-policies": linked_policies,
})  # fmt: skip
