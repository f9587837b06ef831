"""Brothers and sisters: suggested where a contact is shared, confirmed by a person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onroll.actions.circle.siblings import confirm_sibling, withdraw_sibling
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import not_found
from onroll.pages.circle.forms import WhyForm
from onroll.pages.circle.room import here
from onroll.pages.requests import OnrollRequest
from onroll.queries.circle import siblings_of
from onroll.queries.siblings import suggested


@require_safe
def show(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """Who might be a brother or sister, and why Onroll thinks so."""
    place = here(request, urn, case_id, Permission.CASE_WORK)
    found = suggested(request.actor, place.school, place.head.pupil_id, at=place.at)
    return render(request, "circle/siblings.html", place.context(request, suggested=found))


@require_POST
def confirm(request: OnrollRequest, urn: int, case_id: int, other_id: int) -> HttpResponse:
    """Yes, they are."""
    place = here(request, urn, case_id, Permission.CASE_WORK)
    confirm_sibling(request.actor, place.school.id, case_id, other_id=other_id, on=place.on, at=place.at)
    messages.success(request, "Confirmed.")
    return redirect("circle:show", urn, case_id)


@require_http_methods(["GET", "HEAD", "POST"])
def out(request: OnrollRequest, urn: int, case_id: int, bond_id: int) -> HttpResponse:
    """No, they are not, and why somebody thought so."""
    place = here(request, urn, case_id, Permission.CASE_WORK)
    held = siblings_of(request.actor, place.school, place.head.pupil_id, at=place.at)
    one = next((one for one in held if one.id == bond_id), None)
    if one is None:
        raise not_found()
    form = WhyForm(request.POST or None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        withdraw_sibling(
            request.actor, place.school.id, case_id, bond_id, because=because, on=place.on, at=place.at
        )
        messages.success(request, "Taken back. Onroll will not suggest it again.")
        return redirect("circle:show", urn, case_id)
    heading = f"{one.name} is not a brother or sister"
    return render(
        request, "circle/form.html", place.context(request, form=form, heading=heading, button="Take back")
    )
