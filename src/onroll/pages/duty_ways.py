"""Where a duty is done: the one button of its line, on Today, on the case and on the policy page.

A duty without a line here can be read about and not yet recorded. tests/house holds the list of those.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True, slots=True)
class Way:
    """The button's words, the page it opens, and what that page is asked to fill in already."""

    label: str
    view: str  # takes (urn, case_id) for a case's duty, (urn) for the school's
    query: str = ""


WAYS: Mapping[str, Way] = MappingProxyType({
    "parents-first-contact": Way("Record a contact", "timeline:contact", "with=parent"),
    "responsibilities-understood": Way("Say who is responsible", "statements:show"),
    "kept-on-roll": Way("Open the roll guard", "leaving:show"),
    "la-officer-known": Way("Confirm the officer", "policyregister:officer"),
    "equality-duties-understood": Way("Record a briefing", "policyregister:briefing"),
    "guidance-current": Way("Check the guidance", "policyregister:guidance"),
    "monitored": Way("Sign the monthly check", "oversight:monitor"),
    "policy-reviewed": Way("Record the review", "policyregister:show"),
    "policy-approved": Way("Record the approval", "policyregister:show"),
    "policy-published": Way("Publish the policy", "policyregister:show"),
    "linked-policies": Way("Check the linked policies", "policyregister:linked"),
})  # fmt: skip


def way_to(duty: str, urn: int, case_id: int | None) -> tuple[str, str] | None:
    """The button's words and address for one finding; None while there is no page for it."""
    way = WAYS.get(duty)
    if way is None:
        return None
    try:
        href = reverse(way.view, args=[urn] if case_id is None else [urn, case_id])
    except NoReverseMatch:  # a room that is not built yet
        return None
    return way.label, f"{href}?{way.query}" if way.query else href
