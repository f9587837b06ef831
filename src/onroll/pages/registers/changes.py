"""Marks that took the place of others."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.domain.permissions import Permission
from onroll.pages.paging import Paging
from onroll.pages.registers.forms import AmendmentFilters, asked_changes
from onroll.pages.registers.room import parts
from onroll.pages.registers.words import code_words
from onroll.pages.requests import OnrollRequest
from onroll.queries import doors
from onroll.queries.amendments import Asked, amendments


@require_safe
def show(request: OnrollRequest, urn: int) -> HttpResponse:
    """The latest changes of marks, narrowed as asked."""
    school = doors.school(request.actor, urn, Permission.REGISTER_SEE)
    asked = asked_changes(request.GET)
    first = Paging.of(request.GET.get("page"), 10**9).offset
    page = amendments(request.actor, school, asked, first=first, at=timezone.now())
    context = {
        "school": school,
        "rows": [(row, code_words(row.old), code_words(row.new)) for row in page.rows],
        "total": page.total,
        "paging": Paging.of(request.GET.get("page"), page.total),
        "filters": AmendmentFilters(request.GET, years=page.year_groups, tutors=page.tutor_groups),
        "narrowed": asked != Asked(),
        "parts": parts(school, "registers:changes"),
    }
    return render(request, "registers/changes.html", context)
