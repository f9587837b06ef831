"""The family: taken over from the roll, added, changed, taken out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from onroll.actions.circle.family import add_relative, change_relative, take_over, withdraw_relative
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import not_found
from onroll.pages.circle.forms import RelativeForm, WhyForm
from onroll.pages.circle.room import Here, here
from onroll.pages.requests import OnrollRequest
from onroll.queries.circle import Relative, family_of

_METHODS = ["GET", "HEAD", "POST"]


@require_POST
def from_roll(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """Take the roll's contacts over."""
    place = here(request, urn, case_id, Permission.CASE_WORK)
    taken = take_over(request.actor, place.school.id, case_id, on=place.on, at=place.at)
    if taken:
        messages.success(
            request, "Taken over from the roll. Check each: who may be told what, and how to reach them."
        )
    else:
        messages.info(request, "There was nobody left to take over.")
    return redirect("circle:show", urn, case_id)


@require_http_methods(_METHODS)
def add(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """Somebody whom the roll does not name."""
    place = here(request, urn, case_id, Permission.CASE_WORK)
    form = RelativeForm(request.POST or None)
    if form.is_valid():
        add_relative(request.actor, place.school.id, case_id, given=form.given(), on=place.on, at=place.at)
        messages.success(request, "Added to the family.")
        return redirect("circle:show", urn, case_id)
    return render(request, "circle/relative.html", place.context(request, form=form, relative=None))


@require_http_methods(_METHODS)
def change(request: OnrollRequest, urn: int, case_id: int, relative_id: int) -> HttpResponse:
    """What is known now, in the place of what was."""
    place = here(request, urn, case_id, Permission.CASE_WORK)
    relative = _relative(place, relative_id)
    form = RelativeForm(request.POST or None, initial=RelativeForm.of(relative))
    if form.is_valid():
        change_relative(
            request.actor, place.school.id, case_id, relative_id, given=form.given(), on=place.on, at=place.at
        )
        messages.success(request, "Saved. What was known before stays on record.")
        return redirect("circle:show", urn, case_id)
    return render(request, "circle/relative.html", place.context(request, form=form, relative=relative))


@require_http_methods(_METHODS)
def out(request: OnrollRequest, urn: int, case_id: int, relative_id: int) -> HttpResponse:
    """Take somebody out, with the reason."""
    place = here(request, urn, case_id, Permission.CASE_WORK)
    relative = _relative(place, relative_id)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        withdraw_relative(
            request.actor, place.school.id, case_id, relative_id, because=because, on=place.on, at=place.at
        )
        messages.success(request, "Taken out of the family.")
        return redirect("circle:show", urn, case_id)
    heading = f"Take {relative.name} out of the family"
    return render(
        request, "circle/form.html", place.context(request, form=form, heading=heading, button="Take out")
    )


def _relative(place: Here, relative_id: int) -> Relative:
    found = next((one for one in family_of(place.head.pupil_id) if one.id == relative_id), None)
    if found is None:
        raise not_found()
    return found
