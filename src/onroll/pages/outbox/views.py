"""The outbox: which e-mails wait, were sent or were stopped. What they say is shown in the demonstration only."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from onroll.actions.outbox.again import try_again
from onroll.domain.permissions import Permission
from onroll.pages.paging import Paging
from onroll.pages.parts import Link
from onroll.pages.requests import OnrollRequest
from onroll.queries import doors
from onroll.queries.outbox import Show, outbox

_LABELS = {Show.WAITING: "Waiting", Show.SENT: "Sent", Show.STOPPED: "Stopped"}


@require_safe
def show(request: OnrollRequest, urn: int) -> HttpResponse:
    """One part of the list, newest first; what waits, the next to go first."""
    school = doors.school(request.actor, urn, Permission.SYSTEM_SEE)
    asked = request.GET.get("show", "")
    part = Show(asked) if asked in set(Show) else Show.WAITING
    wanted = Paging.of(request.GET.get("page"), 10**6)
    page = outbox(school, part, first=wanted.offset, size=wanted.size, with_bodies=settings.ONROLL_DEMO)
    here = reverse("outbox:list", args=[urn])
    context = {
        "school": school,
        "page": page,
        "part": part.value,
        "parts": [
            Link(_LABELS[one], f"{here}?show={one.value}", current=one is part, count=page.counts[one.value])
            for one in Show
        ],
        "paging": Paging.of(request.GET.get("page"), page.counts[part.value]),
        "demo": settings.ONROLL_DEMO,
    }
    return render(request, "outbox/list.html", context)


@require_POST
def again(request: OnrollRequest, urn: int, message_id: int) -> HttpResponse:
    """Have a stopped message tried again."""
    school = doors.school(request.actor, urn, Permission.SYSTEM_SEE)
    try_again(request.actor, school.id, message_id, at=timezone.now())
    messages.success(request, "The message waits again. Onroll sends it within a minute.")
    return redirect("outbox:list", urn=urn)
