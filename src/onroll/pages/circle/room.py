"""What the pages of the circle share."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from onroll.domain.permissions import Permission
from onroll.pages.case_frame import case_frame
from onroll.pages.requests import OnrollRequest
from onroll.queries import doors
from onroll.queries.case_head import CaseHead, case_head
from onroll.queries.doors import SchoolSeen


@dataclass(frozen=True, slots=True)
class Here:
    """Where somebody stands: the school, the case, today."""

    school: SchoolSeen
    head: CaseHead
    on: date
    at: datetime

    def context(self, request: OnrollRequest, **more: Any) -> dict[str, Any]:
        """What a template of the room needs."""
        return {**case_frame(request.actor, self.school, self.head, "people"), **more}


def here(request: OnrollRequest, urn: int, case_id: int, permission: Permission) -> Here:
    """Let somebody in who may do this on the case; the look is logged."""
    school = doors.school(request.actor, urn, permission)
    at = timezone.now()
    head = case_head(request.actor, school, case_id, permission, page="case-people", at=at)
    return Here(school, head, timezone.localdate(at), at)
