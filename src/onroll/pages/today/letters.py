"""How often somebody is written to about what is due."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onroll.actions.outbox.choosing import choose_rhythm
from onroll.domain.digests import Rhythm
from onroll.domain.permissions import Permission
from onroll.pages.requests import OnrollRequest
from onroll.pages.today.forms import DigestForm
from onroll.queries import doors
from onroll.queries.digests import rhythm_of


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: OnrollRequest, urn: int) -> HttpResponse:
    """Choose daily, weekly or never, for this school."""
    school = doors.school(request.actor, urn, Permission.TODAY_SEE)
    form = DigestForm(request.POST or None, initial={"rhythm": rhythm_of(request.actor, school.id).value})
    if form.is_valid():
        rhythm = Rhythm(form.cleaned_data["rhythm"])
        choose_rhythm(request.actor, school.id, rhythm, on=timezone.localdate(), at=timezone.now())
        messages.success(request, "Saved.")
        return redirect("today:show", urn=urn)
    return render(request, "today/digest.html", {"school": school, "form": form})
