"""Open a case: find the pupil, say why."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onroll.actions.cases.opening import open_case
from onroll.domain.permissions import Permission
from onroll.pages.cases.forms import OpenForm
from onroll.pages.requests import OnrollRequest
from onroll.queries import case_opening, doors, pupil


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: OnrollRequest, urn: int) -> HttpResponse:
    """Any pupil can have a case, absent or not: find the one. The name is posted, never in an address."""
    school = doors.school(request.actor, urn, Permission.CASE_OPEN)
    text = request.POST.get("q", "").strip()[:80]
    found, more = pupil.search(request.actor, school, text, at=timezone.now())
    context = {"school": school, "text": text, "found": found, "more": more, "most": pupil.FOUND}
    return render(request, "cases/find.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: OnrollRequest, urn: int, pupil_id: int) -> HttpResponse:
    """The form; where the pupil has an open case, the way to it."""
    school = doors.school(request.actor, urn, Permission.CASE_OPEN)
    today, at = timezone.localdate(), timezone.now()
    page = case_opening.to_open(request.actor, school, pupil_id, at=at)
    form = OpenForm(
        request.POST or None,
        team=page.team,
        medical=request.actor.may(Permission.MEDICAL_SEE, school.id),
        today=today,
    )
    if page.may_be_opened and form.is_valid():
        case_id = open_case(request.actor, school.id, pupil_id, on=today, at=at, **form.asked())
        messages.success(request, "The case is open. What it asks of whom stands below.")
        return redirect("cases:show", urn, case_id)
    return render(request, "cases/open.html", {"school": school, "page": page, "form": form})
