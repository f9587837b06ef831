"""The timeline of a case: everything that happened, narrowed as asked, a page at a time."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onroll.domain.permissions import Permission
from onroll.pages.case_frame import case_frame
from onroll.pages.cases.as_of import control
from onroll.pages.paging import Paging
from onroll.pages.requests import OnrollRequest
from onroll.pages.timeline.filters import Filters, address_of, wanted
from onroll.pages.timeline.shown import kept_back_words, lines
from onroll.queries import doors
from onroll.queries.case_head import case_head
from onroll.queries.timeline import Asked, timeline


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """The list. Words to look for are posted and kept in the session: they never stand in an address."""
    school = doors.school(request.actor, urn, Permission.CASE_SEE)
    past = control(request, timezone.localdate())
    asks = wanted(request, case_id, past.as_of)
    form = Filters(request.POST) if request.method == "POST" else Filters(initial=asks.initial())
    if request.method == "POST" and form.is_valid():
        case_head(request.actor, school, case_id, Permission.CASE_SEE, page="timeline", at=timezone.now())
        return redirect(address_of(request, form.cleaned_data, case_id, past.as_of))
    begin = Paging.of(request.GET.get("page"), 10**6).offset
    page = timeline(
        request.actor, school, case_id, asks.asked, page="timeline", at=timezone.now(), first=begin
    )
    context = {
        **case_frame(request.actor, school, page.head, "timeline"),
        "lines": lines(page.lines, urn, case_id),
        "paging": Paging.of(request.GET.get("page"), page.total),
        "form": form,
        "chips": asks.chips(request.path, request.GET.dict()),
        "narrowed": asks.asked != Asked(last=asks.on, known_at=asks.asked.known_at),
        "kept_back": kept_back_words(page.kept_back),
        "control": past,
    }
    return render(request, "timeline/show.html", context)
