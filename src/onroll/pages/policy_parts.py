"""The parts of the policy's pages: the document, the layers beside it, the register and the health check."""

from collections.abc import Sequence

from django.urls import reverse

from onroll.domain.packs.pack import Pack
from onroll.pages.parts import Link


def policy_parts(urn: int, packs: Sequence[Pack], current: str) -> list[Link]:
    """The row of links; `current` is the slug of a pack, "register" or "health"."""
    links = []
    for place, pack in enumerate(packs):
        href = reverse("policy:layer", args=[urn, pack.slug]) if place else reverse("policy:show", args=[urn])
        label = "The school’s policy" if pack.layer == "school" else pack.title
        links.append(Link(label, href, current=current == pack.slug))
    return [
        *links,
        Link("Register", reverse("policyregister:show", args=[urn]), current=current == "register"),
        Link("Health check", reverse("policyregister:health", args=[urn]), current=current == "health"),
    ]
