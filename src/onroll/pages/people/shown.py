"""What the pages of the people room share: their tabs, and a person's facts as rows."""

from django.urls import reverse

from onroll.pages.parts import Link, SummaryRow
from onroll.pages.wording import long_moment
from onroll.queries import staff
from onroll.queries.doors import SchoolSeen


def tabs(seen: SchoolSeen, current: str) -> list[Link]:
    """The three lists of the room, with their counts."""
    counts = staff.counts(seen.id)
    lists = (
        ("People", "people:list", counts.people),
        ("Invited", "people:invited", counts.invited),
        ("Ended", "people:ended", counts.ended),
    )
    return [
        Link(label, reverse(name, args=[seen.urn]), name == current, count) for label, name, count in lists
    ]


def person_rows(seen: SchoolSeen, person: staff.Person) -> list[SummaryRow]:
    """A person's facts, each with the way to change it."""
    change = reverse("people:roles", args=[seen.urn, person.id])
    roles = "; ".join(held.words for held in person.roles)
    return [
        SummaryRow("E-mail", person.email),
        SummaryRow("Roles", roles, change),
        SummaryRow("Second step", second_step_words(person)),
        SummaryRow("Last sign-in", long_moment(person.signed_in_at) or "Not yet"),
    ]


def second_step_words(person: staff.Person) -> str:
    """Whether a second step is set up, and what follows if not."""
    if person.has_second_step:
        return "Set up"
    if person.needs_second_step:
        return "Not set up. Onroll will ask for it at the next sign-in, before anything else."
    return "Not set up. These roles do not need one."
