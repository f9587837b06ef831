"""Today: what needs somebody, one line a child or a thing, each with its way on."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.domain.permissions import Permission
from onroll.pages.requests import OnrollRequest
from onroll.queries import doors
from onroll.queries.today import today


@require_safe
def show(request: OnrollRequest, urn: int) -> HttpResponse:
    """Pupils who reached the threshold or will within five days, imports that wait, code queries."""
    school = doors.school(request.actor, urn, Permission.TODAY_SEE)
    page = today(request.actor, school, on=timezone.localdate(), at=timezone.now())
    may_import = request.actor.may(Permission.REGISTER_IMPORT, school.id)
    context = {
        "school": school,
        "page": page,
        "today": timezone.localdate(),
        "may_import": may_import,
        "may_see_registers": request.actor.may(Permission.REGISTER_SEE, school.id),
    }
    return render(request, "today/show.html", context)
