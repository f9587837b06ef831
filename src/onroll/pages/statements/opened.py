"""A case as the pages of this room open it: through the door, the look logged."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from onroll.domain.permissions import Permission
from onroll.pages.case_frame import case_frame
from onroll.pages.requests import OnrollRequest
from onroll.queries import doors
from onroll.queries.case_head import CaseHead, case_head
from onroll.queries.circle import Relative
from onroll.queries.doors import SchoolSeen

PART = "responsible"


@dataclass(frozen=True, slots=True)
class Opened:
    """Which case, at which school, today."""

    school: SchoolSeen
    head: CaseHead
    on: date
    at: datetime
    frame: dict[str, object]


def open_page(
    request: OnrollRequest, urn: int, case_id: int, permission: Permission, *, page: str = PART
) -> Opened:
    """Let the actor into the case for this page, or refuse."""
    school = doors.school(request.actor, urn, permission)
    at = timezone.now()
    head = case_head(request.actor, school, case_id, permission, page=page, at=at)
    frame = case_frame(request.actor, school, head, PART)
    return Opened(school, head, timezone.localdate(), at, frame)


def choices_of(family: Iterable[Relative]) -> list[tuple[int, str]]:
    """The family for a chooser: "Pat Hill, mother"."""
    return [(one.id, f"{one.name}, {one.relationship}" if one.relationship else one.name) for one in family]


def back(urn: int, case_id: int) -> HttpResponse:
    """Back to who is responsible."""
    return redirect("statements:show", urn, case_id)
