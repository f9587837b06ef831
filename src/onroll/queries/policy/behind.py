"""The children behind one count of the policy page."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from onroll.domain.duties.finding import Status
from onroll.domain.names import shown_name
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, not_allowed
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.queries.policy.counts import cases_behind, status_is
from onroll.records.cases.models import Case
from onroll.records.duties.models import Finding

PAGE = 25


@dataclass(frozen=True, slots=True)
class Behind:
    """One child behind a count, and why."""

    case_id: int
    name: str
    groups: str
    due_on: date | None
    reason: str
    held_by: str


@dataclass(frozen=True, slots=True)
class BehindPage:
    """One page of them."""

    rows: tuple[Behind, ...]
    total: int


def behind(
    actor: Actor,
    seen: SchoolSeen,
    pack: str,
    duty: str,
    status: Status,
    *,
    first: int,
    on: date,
    at: datetime,
) -> BehindPage:
    """Who stands so in a duty, the longest waiting first; of those whom the actor may see. The look is logged."""
    if not actor.may(Permission.CASE_SEE, seen.id):
        raise not_allowed(Permission.CASE_SEE, seen.name)
    found = Finding.objects.filter(
        status_is(status, on),
        school_id=seen.id,
        until_at=None,
        pack=pack,
        duty=duty,
        case__in=cases_behind(actor, seen.id).order_by().values("pk"),
    )
    total = found.count()
    page = found.select_related("case__pupil__year_group", "case__pupil__tutor_group", "held_by").order_by(
        F("due_on").asc(nulls_last=True), "case_id"
    )[first : first + PAGE]
    rows = [(row, row.case) for row in page if row.case]
    pupil_ids = [case.pupil_id for _, case in rows]
    doors.looked(actor, seen, page="policy-behind", pupil_ids=pupil_ids, at=at)
    return BehindPage(tuple(_behind(row, case) for row, case in rows), total)


def _behind(row: Finding, case: Case) -> Behind:
    pupil = case.pupil
    groups = (pupil.year_group, pupil.tutor_group)
    return Behind(
        case_id=case.pk,
        name=shown_name(pupil.forename, pupil.surname, pupil.known_as),
        groups=", ".join(group.name for group in groups if group),
        due_on=row.due_on,
        reason=row.reason,
        held_by=row.held_by.name if row.held_by else "",
    )
