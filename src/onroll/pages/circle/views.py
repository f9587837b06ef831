"""Everybody round a child on one page, with the telephone a touch away."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onroll.domain.casework.family import MayBeTold
from onroll.domain.permissions import Permission
from onroll.pages.circle.room import here
from onroll.pages.requests import OnrollRequest
from onroll.queries.circle import family_of, professionals_of, roll_contacts, siblings_of, whole_team


@require_safe
def show(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """The team, the family, professionals, brothers and sisters."""
    place = here(request, urn, case_id, Permission.CASE_SEE)
    school, head, actor = place.school, place.head, request.actor
    team = whole_team(head.id, place.on)
    told = {one.value: one.words for one in MayBeTold}
    context = place.context(
        request,
        team=[one for one in team if one.until_on is None or one.until_on >= place.on],
        former=[one for one in team if one.until_on is not None and one.until_on < place.on],
        family=[(one, told.get(one.may_be_told, "")) for one in family_of(head.pupil_id)],
        from_roll=roll_contacts(head.pupil_id),
        professionals=professionals_of(head.id),
        siblings=siblings_of(actor, school, head.pupil_id, at=place.at),
        may_team=head.is_open and actor.may(Permission.CASE_TEAM, school.id),
        may_medical=actor.may(Permission.MEDICAL_SEE, school.id),
        today=place.on,
    )
    return render(request, "circle/show.html", context)
