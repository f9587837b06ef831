"""Put somebody on the team, say who stands in, end their time."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from onroll.actions.circle.team import add_member, change_deputy, end_member
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import not_found
from onroll.pages.circle.forms import DeputyForm, EndForm, MemberForm
from onroll.pages.circle.room import Here, here
from onroll.pages.requests import OnrollRequest
from onroll.queries.circle import TeamMember, colleagues, team_of

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def add(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """Who joins, in which role, from when."""
    place = here(request, urn, case_id, Permission.CASE_TEAM)
    form = MemberForm(request.POST or None, people=colleagues(place.school.id), today=place.on)
    if form.is_valid():
        add_member(request.actor, place.school.id, case_id, **form.asked(), on=place.on, at=place.at)
        messages.success(request, "The team has changed. The duties of the role are theirs from now on.")
        return redirect("circle:show", urn, case_id)
    context = place.context(request, form=form, heading="Add somebody to the team", button="Add to the team")
    return render(request, "circle/form.html", context)


@require_http_methods(_METHODS)
def deputy(request: OnrollRequest, urn: int, case_id: int, member_id: int) -> HttpResponse:
    """Who stands in."""
    place = here(request, urn, case_id, Permission.CASE_TEAM)
    member = _member(place, member_id)
    form = DeputyForm(
        request.POST or None,
        people=colleagues(place.school.id),
        but=member.user_id,
        initial={"deputy": member.deputy_id},
    )
    if form.is_valid():
        deputy_id = form.cleaned_data["deputy"]
        change_deputy(
            request.actor, place.school.id, case_id, member_id, deputy_id=deputy_id, on=place.on, at=place.at
        )
        messages.success(request, "It is recorded who stands in.")
        return redirect("circle:show", urn, case_id)
    heading = f"Who stands in for {member.name}, {member.role_title}"
    return render(
        request, "circle/form.html", place.context(request, form=form, heading=heading, button="Save")
    )


@require_http_methods(_METHODS)
def end(request: OnrollRequest, urn: int, case_id: int, member_id: int) -> HttpResponse:
    """The last day on the team."""
    place = here(request, urn, case_id, Permission.CASE_TEAM)
    member = _member(place, member_id)
    form = EndForm(request.POST or None, initial={"last_on": place.on})
    if form.is_valid() and _fits(form, member, place):
        last_on = form.cleaned_data["last_on"]
        end_member(
            request.actor, place.school.id, case_id, member_id, last_on=last_on, on=place.on, at=place.at
        )
        messages.success(
            request, "The time on the team has ended. The duties are with the deputy or the role."
        )
        return redirect("circle:show", urn, case_id)
    heading = f"{member.name} leaves the team"
    context = place.context(request, form=form, heading=heading, button="End the time on the team")
    return render(request, "circle/form.html", context)


def _member(place: Here, member_id: int) -> TeamMember:
    found = next((one for one in team_of(place.head.id, place.on) if one.id == member_id), None)
    if found is None:
        raise not_found()
    return found


def _fits(form: EndForm, member: TeamMember, place: Here) -> bool:
    """Tell at its question a day that cannot be; what was typed is kept."""
    if not member.from_on <= form.cleaned_data["last_on"] <= place.on:
        form.add_error("last_on", "Enter a day between the first day on the team and today")
    return not form.errors
