"""The frame of a case's pages: who it is about, and the parts of the case. Every room of a case uses it."""

from django.urls import NoReverseMatch, reverse

from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor
from onroll.pages.parts import Link
from onroll.queries.case_head import CaseHead
from onroll.queries.doors import SchoolSeen

# The parts of a case: key, label, address.
PARTS = (
    ("case", "Case", "cases:show"),
    ("duties", "Duties", "cases:duties"),
    ("timeline", "Timeline", "timeline:show"),
    ("people", "People", "circle:show"),
    ("responsible", "Who is responsible", "statements:show"),
    ("roll", "Roll", "leaving:show"),
    ("history", "History", "cases:history"),
)


def case_frame(actor: Actor, school: SchoolSeen, head: CaseHead, current: str) -> dict[str, object]:
    """What `case.html` needs: the head and the parts, `current` being the key of this one."""
    return {
        "school": school,
        "head": head,
        "parts": list(_parts(school, head, current)),
        "may_work": head.is_open and actor.may(Permission.CASE_WORK, school.id),
    }


def _parts(school: SchoolSeen, head: CaseHead, current: str) -> list[Link]:
    links = []
    for key, label, name in PARTS:
        try:
            href = reverse(name, args=[school.urn, head.id])
        except NoReverseMatch:  # a part that is not built yet
            continue
        links.append(Link(label, href, current=key == current))
    return links
