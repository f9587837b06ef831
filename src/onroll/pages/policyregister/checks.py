"""What is confirmed once a year: the authority's officer, the guidance, the linked policies."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from onroll.actions.policy.keeping import Officer, check_guidance, check_linked, confirm_officer
from onroll.pages.policyregister.check_forms import GuidanceForm, LinkedForm
from onroll.pages.policyregister.forms import OfficerForm
from onroll.pages.policyregister.room import school_of, stack_here, today
from onroll.pages.requests import OnrollRequest
from onroll.queries.packs import Stack
from onroll.queries.policy import standing
from onroll.queries.policy.standing import OfficerSeen


def officer(request: OnrollRequest, urn: int) -> HttpResponse:
    """Confirm who the officer is."""
    school = school_of(request, urn)
    last = standing.officer(school.id)
    form = OfficerForm(request.POST or None, on=today(), initial=_known(last, stack_here(school)))
    if form.is_valid():
        given = dict(form.cleaned_data)
        day = given.pop("confirmed_on")
        confirm_officer(
            request.actor, school.id, Officer(**given), confirmed_on=day, on=today(), at=timezone.now()
        )
        messages.success(request, "The officer is confirmed. Onroll asks again in a year.")
        return redirect("policyregister:show", urn)
    return render(request, "policyregister/officer.html", {"school": school, "form": form, "last": last})


def guidance(request: OnrollRequest, urn: int) -> HttpResponse:
    """Look whether each cited law and guidance is still current."""
    school = school_of(request, urn)
    rows = standing.guidance(school.id, stack_here(school).packs[:1], today())
    form = GuidanceForm(request.POST or None, rows=rows, on=today())
    if form.is_valid():
        check_guidance(request.actor, school.id, form.found(), on=today(), at=timezone.now())
        messages.success(request, "What you found is on record.")
        return redirect("policyregister:show", urn)
    return render(request, "policyregister/guidance.html", {"school": school, "form": form, "on": today()})


def linked(request: OnrollRequest, urn: int) -> HttpResponse:
    """Look whether each linked policy is held and in date."""
    school = school_of(request, urn)
    rows = standing.linked(school.id, stack_here(school).packs[:1], today())
    form = LinkedForm(request.POST or None, rows=rows, on=today())
    if form.is_valid():
        check_linked(request.actor, school.id, form.found(), on=today(), at=timezone.now())
        messages.success(request, "What you found is on record.")
        return redirect("policyregister:show", urn)
    return render(request, "policyregister/linked.html", {"school": school, "form": form})


def _known(last: OfficerSeen | None, stack: Stack) -> dict[str, object]:
    """What was confirmed last; before that, the post as the authority's profile has it."""
    if last:
        return {
            "confirmed_on": today(),
            "post": last.post,
            "service": last.service,
            "name": last.name,
            "phone": last.phone,
            "email": last.email,
            "contact_public": last.contact_public,
        }
    profile = stack.authority
    known = {"post": profile.officer.post, "service": profile.officer.service} if profile else {}
    return {"confirmed_on": today(), **known}
