"""The frame round every page: who is signed in, at which school, and where they can go."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor


@dataclass(frozen=True, slots=True)
class NavItem:
    """One place in the main navigation."""

    label: str
    href: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What `base.html` shows round a page."""

    signed_in: bool = False
    demo: bool = False
    person_name: str = ""
    school_name: str = ""
    urn: int | None = None
    schools: list[tuple[str, str]] = field(default_factory=list)  # (name, href) of the other schools
    nav: list[NavItem] = field(default_factory=list)
    search_href: str = ""
    system_href: str = ""


# The rooms of the main navigation: label, address, and the permission that opens it.
ROOMS = (
    ("Today", "today:show", Permission.TODAY_SEE),
    ("Watch", "watch:show", Permission.WATCH_SEE),
    ("Cases", "cases:list", Permission.CASE_SEE),
    ("Oversight", "oversight:show", Permission.OVERSIGHT_SEE),
    ("Policy", "policy:show", Permission.POLICY_SEE),
    ("Registers", "registers:list", Permission.REGISTER_SEE),
    ("Roll", "roll:upload", Permission.ROLL_IMPORT),
    ("Calendar", "calendar:show", Permission.CALENDAR_SEE),
    ("People", "people:list", Permission.PEOPLE_MANAGE),
    ("Settings", "school:show", Permission.SCHOOL_EDIT),
    ("Outbox", "outbox:list", Permission.SYSTEM_SEE),
    ("Looks and changes", "school:looks", Permission.LOOKS_SEE),
)

# Rooms that are found under another's place.
_PART_OF = {
    "timeline": "cases",
    "circle": "cases",
    "statements": "cases",
    "leaving": "cases",
    "cover": "cases",
    "policyregister": "policy",
    "packs": "school",
}
_LOOKS = {"school:looks", "school:find-looks", "school:changes"}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame` for base.html. No query besides the actor's."""
    actor: Actor | None = getattr(request, "whole_actor", getattr(request, "actor", None))
    if actor is None:
        return {"frame": Frame(demo=settings.ONROLL_DEMO)}
    schools = actor.schools
    match = request.resolver_match
    asked = match.kwargs.get("urn", 0) if match else 0
    by_urn = {one.urn: one for one in schools}
    school = by_urn.get(asked) or (schools[0] if schools else None)
    if school is None:
        return {"frame": Frame(signed_in=True, demo=settings.ONROLL_DEMO, person_name=actor.name)}
    room = match.namespace if match else ""
    return {
        "frame": Frame(
            signed_in=True,
            demo=settings.ONROLL_DEMO,
            person_name=actor.name,
            school_name=school.name,
            urn=school.urn,
            schools=[
                (one.name, reverse("home:school", args=[one.urn])) for one in schools if one.urn != school.urn
            ],
            nav=nav(actor, school.id, school.urn, room, match.view_name if match else ""),
            search_href=(
                reverse("pupils:search", args=[school.urn])
                if actor.may(Permission.PUPIL_SEE, school.id)
                else ""
            ),
            system_href=reverse("system:health") if _keeps_the_system(actor) else "",
        )
    }


def _keeps_the_system(actor: Actor) -> bool:
    return any(actor.may(Permission.SYSTEM_SEE, school.id) for school in actor.schools)


def nav(actor: Actor, school_id: int, urn: int, room: str, view_name: str) -> list[NavItem]:
    """The places at one school that the actor may go to."""
    items = []
    for label, name, permission in ROOMS:
        if actor.may(permission, school_id):
            try:
                href = reverse(name, args=[urn])
            except NoReverseMatch:  # a room that is not built yet
                continue
            current = name == place_of(room, view_name)
            items.append(NavItem(label, href, current))
    return items


def place_of(room: str, view_name: str) -> str:
    """The place in the navigation under which a page is found; "" for a page that is under none."""
    if view_name in _LOOKS:
        return "school:looks"
    belongs = _PART_OF.get(room, room)
    return next((name for _, name, _ in ROOMS if name.partition(":")[0] == belongs), "")
