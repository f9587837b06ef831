"""Briefings of staff, and who has read the policy."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onroll.actions.policy import keeping
from onroll.actions.policy.keeping import Briefed, record_briefing
from onroll.domain.vocabulary import not_found
from onroll.pages.policyregister.forms import BriefingForm, ReasonForm
from onroll.pages.policyregister.room import ASKS, school_of, today, version_of
from onroll.pages.requests import OnrollRequest
from onroll.pages.wording import medium_date
from onroll.queries.policy import standing


@require_safe
def readers(request: OnrollRequest, urn: int, version_id: int) -> HttpResponse:
    """Who has read a version among the staff, and who has not."""
    school = school_of(request, urn)
    _, seen = version_of(school, version_id)
    people = standing.readers(school.id, seen.id)
    context = {
        "school": school,
        "version": seen,
        "done": [one for one in people if one.on],
        "waiting": [one for one in people if not one.on],
        "people": len(people),
    }
    return render(request, "policyregister/readers.html", context)


@require_http_methods(ASKS)
def briefing(request: OnrollRequest, urn: int) -> HttpResponse:
    """Record a briefing; those before stand below."""
    school = school_of(request, urn)
    initial = {"held_on": today()}
    form = BriefingForm(request.POST or None, on=today(), staff=standing.staff(school.id), initial=initial)
    if form.is_valid():
        given = dict(form.cleaned_data)
        day = given.pop("held_on")
        record_briefing(
            request.actor, school.id, Briefed(**given), held_on=day, on=today(), at=timezone.now()
        )
        messages.success(request, "The briefing is on record.")
        return redirect("policyregister:show", urn)
    context = {"school": school, "form": form, "briefings": standing.briefings(school.id)}
    return render(request, "policyregister/briefing.html", context)


@require_http_methods(ASKS)
def withdraw_briefing(request: OnrollRequest, urn: int, briefing_id: int) -> HttpResponse:
    """Take a briefing back that was recorded wrongly."""
    school = school_of(request, urn)
    held = {one.id: one for one in standing.briefings(school.id) if one.withdrawn_at is None}
    wrong = held.get(briefing_id)
    if wrong is None:
        raise not_found()
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        keeping.withdraw_briefing(
            request.actor, school.id, briefing_id, on=today(), at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, "The briefing is withdrawn.")
        return redirect("policyregister:briefing", urn)
    context = {
        "school": school,
        "form": form,
        "title": f"Withdraw the briefing of {medium_date(wrong.on)}",
        "back": reverse("policyregister:briefing", args=[urn]),
    }
    return render(request, "policyregister/withdraw.html", context)
