"""Is the system well? For people who keep it, and, in one word, for machines that watch it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.pages.requests import OnrollRequest
from onroll.pages.system.words import lines
from onroll.queries import system


@require_safe
def health(request: OnrollRequest) -> HttpResponse:
    """What ran when, what waits, what failed, how much room is used."""
    found = system.health(request.actor, timezone.now())
    return render(request, "system/health.html", {"health": found, "lines": lines(found)})


@login_not_required
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Say that the web server answers. Asks the database nothing, so it may be asked every second."""
    response = HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
