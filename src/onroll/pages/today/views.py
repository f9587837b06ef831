"""Today: what needs somebody, one line a child or a thing, each with its way on."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.domain.permissions import Permission
from onroll.pages.paging import Paging
from onroll.pages.parts import Link
from onroll.pages.requests import OnrollRequest
from onroll.pages.today.lines import blocks
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.queries.today import TodayPage, today

SCHOOL = "school"  # ?of=school: everybody's, not one's own
SIZE = 20


@require_safe
def show(request: OnrollRequest, urn: int) -> HttpResponse:
    """Duties by when they are due; then pupils near the threshold, imports that wait, code queries."""
    school = doors.school(request.actor, urn, Permission.TODAY_SEE)
    mine = request.GET.get("of") != SCHOOL
    wanted = Paging.of(request.GET.get("page"), 10**6, SIZE)
    on, at = timezone.localdate(), timezone.now()
    page = today(request.actor, school, mine=mine, first=wanted.offset, size=SIZE, on=on, at=at)
    context = {
        "school": school,
        "page": page,
        "today": on,
        "mine": mine,
        "parts": _parts(school, page, mine=mine),
        "blocks": blocks(request.actor, school, page.duties, on),
        "paging": Paging.of(request.GET.get("page"), page.duties.total, SIZE),
        "may_import": request.actor.may(Permission.REGISTER_IMPORT, school.id),
        "may_see_registers": request.actor.may(Permission.REGISTER_SEE, school.id),
        "oversees": request.actor.may(Permission.OVERSIGHT_SEE, school.id),
    }
    return render(request, "today/show.html", context)


def _parts(school: SchoolSeen, page: TodayPage, *, mine: bool) -> list[Link]:
    here = reverse("today:show", args=[school.urn])
    return [
        Link("Mine", here, current=mine, count=page.duties.mine),
        Link("The school’s", f"{here}?of={SCHOOL}", current=not mine, count=page.duties.school),
    ]
