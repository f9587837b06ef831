"""A range of the timeline set for paper: whole texts, no navigation, who printed it and what is not in it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.domain.casework.tiers import Tier, tiers_of
from onroll.domain.permissions import Permission
from onroll.pages.case_frame import case_frame
from onroll.pages.requests import OnrollRequest
from onroll.pages.timeline.filters import PrintForm
from onroll.pages.timeline.shown import kept_back_words, lines, tiers_words
from onroll.queries import doors
from onroll.queries.case_head import case_head
from onroll.queries.doors import SchoolSeen
from onroll.queries.timeline import Asked, timeline


@require_safe
def show(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """Asked without days it asks for them; with them it is the sheet, and printing it is a look of its own."""
    school = doors.school(request.actor, urn, Permission.CASE_SEE)
    form = PrintForm(request.GET or None, tiers=tiers_of(request.actor, school.id))
    return _sheet(request, school, case_id, form) if form.is_valid() else _ask(request, school, case_id, form)


def _ask(request: OnrollRequest, school: SchoolSeen, case_id: int, form: PrintForm) -> HttpResponse:
    head = case_head(request.actor, school, case_id, Permission.CASE_SEE, page="timeline", at=timezone.now())
    if not form.is_bound:
        form.initial = {
            "first": head.opened_on,
            "last": head.closed_on or timezone.localdate(),
            "tiers": [key for key, _ in form.fields["tiers"].choices],  # type: ignore[attr-defined]
        }
    return render(
        request,
        "timeline/print_ask.html",
        {**case_frame(request.actor, school, head, "timeline"), "form": form},
    )


def _sheet(request: OnrollRequest, school: SchoolSeen, case_id: int, form: PrintForm) -> HttpResponse:
    given, now = form.cleaned_data, timezone.now()
    asked = Asked(
        first=given["first"], last=given["last"], tiers=frozenset(Tier(tier) for tier in given["tiers"])
    )
    page = timeline(request.actor, school, case_id, asked, page="timeline-print", at=now, size=None)
    context = {
        "school": school,
        "head": page.head,
        "asked": asked,
        "lines": lines(reversed(page.lines), school.urn, case_id, whole=True),
        "tiers": tiers_words(page.tiers),
        "kept_back": kept_back_words(page.kept_back),
        "by": request.actor.name,
        "now": now,
    }
    return render(request, "timeline/print.html", context)
