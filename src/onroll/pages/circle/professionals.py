"""Professionals round a case: added, changed, taken off."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from onroll.actions.circle.professionals import add_professional, change_professional, withdraw_professional
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import not_found
from onroll.pages.circle.forms import ProfessionalForm, WhyForm
from onroll.pages.circle.room import Here, here
from onroll.pages.requests import OnrollRequest
from onroll.queries.circle import ProfessionalSeen, professionals_of

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def add(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """Somebody of an agency."""
    place = here(request, urn, case_id, Permission.CASE_WORK)
    form = ProfessionalForm(request.POST or None, medical=_medical(request, place))
    if form.is_valid():
        add_professional(
            request.actor, place.school.id, case_id, given=form.given(), on=place.on, at=place.at
        )
        messages.success(request, "Added to the professionals.")
        return redirect("circle:show", urn, case_id)
    context = place.context(request, form=form, heading="Add a professional", button="Add")
    return render(request, "circle/form.html", context)


@require_http_methods(_METHODS)
def change(request: OnrollRequest, urn: int, case_id: int, professional_id: int) -> HttpResponse:
    """What is known now, in the place of what was."""
    place = here(request, urn, case_id, Permission.CASE_WORK)
    one = _professional(place, professional_id)
    medical = _medical(request, place)
    form = ProfessionalForm(request.POST or None, medical=medical, initial=ProfessionalForm.of(one))
    if form.is_valid():
        given = form.given()
        change_professional(
            request.actor, place.school.id, case_id, professional_id, given=given, on=place.on, at=place.at
        )
        messages.success(request, "Saved. What was known before stays on record.")
        return redirect("circle:show", urn, case_id)
    context = place.context(request, form=form, heading=f"Change {one.words}", button="Save")
    return render(request, "circle/form.html", context)


@require_http_methods(_METHODS)
def out(request: OnrollRequest, urn: int, case_id: int, professional_id: int) -> HttpResponse:
    """Take somebody off the case, with the reason."""
    place = here(request, urn, case_id, Permission.CASE_WORK)
    one = _professional(place, professional_id)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        withdraw_professional(
            request.actor,
            place.school.id,
            case_id,
            professional_id,
            because=because,
            on=place.on,
            at=place.at,
        )
        messages.success(request, "Taken off the case.")
        return redirect("circle:show", urn, case_id)
    context = place.context(request, form=form, heading=f"Take {one.words} off the case", button="Take off")
    return render(request, "circle/form.html", context)


def _medical(request: OnrollRequest, place: Here) -> bool:
    return request.actor.may(Permission.MEDICAL_SEE, place.school.id)


def _professional(place: Here, professional_id: int) -> ProfessionalSeen:
    found = next((one for one in professionals_of(place.head.id) if one.id == professional_id), None)
    if found is None:
        raise not_found()
    return found
