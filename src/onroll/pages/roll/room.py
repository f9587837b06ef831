"""What the pages of the roll room share."""

from django.urls import reverse

from onroll.domain.permissions import Permission
from onroll.pages.paging import Paging
from onroll.pages.parts import Link
from onroll.pages.requests import OnrollRequest
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.queries.imports import seen as imports_seen
from onroll.queries.imports.seen import ROLL, ImportSeen
from onroll.queries.roll.missing import waiting

_FIRST = 10**9  # the page that was asked for is held against the true total once that is known


def school_of(request: OnrollRequest, urn: int) -> SchoolSeen:
    """The school, for somebody who may bring in its roll."""
    return doors.school(request.actor, urn, Permission.ROLL_IMPORT)


def roll_of(school: SchoolSeen, import_id: int) -> ImportSeen:
    """One roll file of the school."""
    return imports_seen.one(school, import_id, kind=ROLL)


def parts(school: SchoolSeen, current: str) -> list[Link]:
    """The parts of the room."""
    named = (("Roll files", "roll:upload", None), ("Missing from the roll", "roll:missing", waiting(school)))
    return [
        Link(words, reverse(name, args=[school.urn]), name == current, count) for words, name, count in named
    ]


def first_of(request: OnrollRequest, size: int) -> int:
    """How many things come before the page that was asked for."""
    return Paging.of(request.GET.get("page"), _FIRST, size).offset


def paging_of(request: OnrollRequest, total: int, size: int) -> Paging:
    """Where the reader is in a list."""
    return Paging.of(request.GET.get("page"), total, size)


def version_of(request: OnrollRequest) -> int:
    """The version of the file that the posted page showed; 0 for none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
