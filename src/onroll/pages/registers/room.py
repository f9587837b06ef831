"""What the pages of the registers room share."""

from django.urls import reverse

from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor
from onroll.pages.parts import Link
from onroll.queries.doors import SchoolSeen

_PARTS = (
    ("Files brought in", "registers:list"),
    ("Code queries", "registers:queries"),
    ("Changed marks", "registers:changes"),
)


def parts(school: SchoolSeen, current: str) -> list[Link]:
    """The parts of the room."""
    return [Link(words, reverse(name, args=[school.urn]), name == current) for words, name in _PARTS]


def may_import(actor: Actor, school: SchoolSeen) -> bool:
    """Whether the reader may bring files in."""
    return actor.may(Permission.REGISTER_IMPORT, school.id)
