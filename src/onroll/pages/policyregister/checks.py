"""What is confirmed once a year: the authority's officer, the guidance, the linked policies."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onroll.actions.policy.keeping import Officer, check_guidance, check_linked, confirm_officer
from onroll.pages.policyregister.check_forms import GuidanceForm, LinkedForm
from onroll.pages.policyregister.forms import OfficerForm
from onroll.pages.policyregister.room import ASKS, school_of, stack_here, today
from onroll.pages.requests import OnrollRequest
from onroll.queries.packs import Stack
from onroll.queries.policy import standing
from onroll.queries.policy.standing import OfficerSeen


@require_http_methods(ASKS)
def officer(request: OnrollRequest, urn: int) -> HttpResponse:
    """Confirm who the officer is; what was known stands in the boxes."""
    school = school_of(request, urn)
    known = standing.officers(school.id)
    last = known[0] if known else None
    form = OfficerForm(request.POST or None, on=today(), initial=_known(last, stack_here(school)))
    if form.is_valid():
        given = dict(form.cleaned_data)
        day = given.pop("confirmed_on")
        confirm_officer(
            request.actor, school.id, Officer(**given), confirmed_on=day, on=today(), at=timezone.now()
        )
        messages.success(request, "The officer is confirmed. Onroll asks again in a year.")
        return redirect("policyregister:show", urn)
    context = {"school": school, "form": form, "last": last, "before": known}
    return render(request, "policyregister/officer.html", context)


@require_http_methods(ASKS)
def guidance(request: OnrollRequest, urn: int) -> HttpResponse:
    """Look whether each cited law and guidance is still current."""
    school = school_of(request, urn)
    rows = standing.guidance(school.id, stack_here(school).packs[:1], today())
    form = GuidanceForm((request.POST or None) if rows else None, rows=rows, on=today())
    if form.is_valid():
        check_guidance(request.actor, school.id, form.found(), on=today(), at=timezone.now())
        messages.success(request, "What you found is on record.")
        return redirect("policyregister:show", urn)
    return render(request, "policyregister/guidance.html", {"school": school, "form": form, "rows": rows})


@require_http_methods(ASKS)
def linked(request: OnrollRequest, urn: int) -> HttpResponse:
    """Look whether each linked policy is held and in date."""
    school = school_of(request, urn)
    rows = standing.linked(school.id, stack_here(school).packs[:1], today())
    form = LinkedForm((request.POST or None) if rows else None, rows=rows, on=today())
    if form.is_valid():
        check_linked(request.actor, school.id, form.found(), on=today(), at=timezone.now())
        messages.success(request, "What you found is on record.")
        return redirect("policyregister:show", urn)
    return render(request, "policyregister/linked.html", {"school": school, "form": form, "rows": rows})


def _known(last: OfficerSeen | None, stack: Stack) -> dict[str, Any]:
    """What was confirmed last; before that, the post as the authority's profile has it."""
    known: dict[str, Any] = {"confirmed_on": today()}
    if last:
        names = ("post", "service", "name", "phone", "email", "contact_public")
        return known | {name: getattr(last, name) for name in names}
    post = stack.authority.officer if stack.authority else None
    return known | ({"post": post.post, "service": post.service} if post else {})
