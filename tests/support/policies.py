"""A policy register with something of each kind in it."""

from dataclasses import dataclass
from datetime import date

from onroll.actions.policy.keeping import Briefed, record_briefing
from onroll.actions.policy.versions import Begun, Past, begin_version, enter_past_version
from onroll.domain.vocabulary import Actor
from onroll.queries.policy.texts import TextKey
from onroll.records.policies.models import Briefing, PolicyStep
from onroll.records.schools.models import School
from tests.support.cast import NOW

TEXT = TextKey("children-with-health-needs", "2026")
TODAY = NOW.date()


@dataclass(frozen=True)
class PolicyHeld:
    """Numbers of what the register holds."""

    published: int
    draft: int
    last_step: int
    briefing: int


def in_force(by: Actor, school: School, version: str = "2026") -> int:
    """The version that the seed's cover tells of, entered as published."""
    begun = Begun(version=version, amendment="Says what DART stands for", text=TEXT)
    past = Past(approved_on=date(2026, 1, 29), minute="FGB 26/4", published_on=date(2026, 2, 2))
    return enter_past_version(by, school.pk, begun, past, on=TODAY, at=NOW)


def a_draft(by: Actor, school: School, version: str = "2027") -> int:
    """The next version."""
    begun = Begun(version=version, amendment="Cites the guidance of 2024", text=TEXT)
    return begin_version(by, school.pk, begun, on=TODAY, at=NOW)


def a_register_of_policy(school: School, clerk: Actor) -> PolicyHeld:
    """One version published, the next a draft, one briefing. The shipped packs are in use."""
    published, draft = in_force(clerk, school), a_draft(clerk, school)
    record_briefing(
        clerk, school.pk, Briefed(given_by="A trainer", others=9), held_on=TODAY, on=TODAY, at=NOW
    )
    return PolicyHeld(
        published,
        draft,
        PolicyStep.objects.filter(policy_id=published).latest("pk").pk,
        Briefing.objects.latest("pk").pk,
    )
