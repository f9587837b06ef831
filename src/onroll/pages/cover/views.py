"""Who is away, who stands in, and what somebody carries: preview, then hand over."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onroll.actions.circle.cover import hand_over, record_away, withdraw_away
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import not_found
from onroll.pages.circle.forms import WhyForm
from onroll.pages.cover.forms import AwayForm, HandForm
from onroll.pages.requests import OnrollRequest
from onroll.pages.wording import count_of
from onroll.queries import cover, doors
from onroll.queries.circle import colleagues

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def show(request: OnrollRequest, urn: int) -> HttpResponse:
    """Absences now and to come, and who carries how many cases."""
    school, on = _school(request, urn), timezone.localdate()
    context = {
        "school": school,
        "away": cover.away_now_and_soon(school, on),
        "loads": cover.loads(school, on),
        "today": on,
    }
    return render(request, "cover/show.html", context)


@require_http_methods(_METHODS)
def away(request: OnrollRequest, urn: int) -> HttpResponse:
    """Days away of a member of staff."""
    school, at = _school(request, urn), timezone.now()
    on = timezone.localdate(at)
    form = AwayForm(request.POST or None, people=colleagues(school.id), initial={"first": on})
    if form.is_valid():
        asked = form.cleaned_data
        record_away(
            request.actor,
            school.id,
            user_id=asked["user"],
            first=asked["first"],
            last=asked["last"],
            deputy_id=asked["deputy"],
            on=on,
            at=at,
        )
        messages.success(request, "Recorded. The duties of those days are with whoever stands in.")
        return redirect("cover:show", urn)
    context = {"school": school, "form": form, "heading": "Days away", "button": "Record the days away"}
    return render(request, "cover/form.html", context)


@require_http_methods(_METHODS)
def back(request: OnrollRequest, urn: int, away_id: int) -> HttpResponse:
    """Take days away back."""
    school, at = _school(request, urn), timezone.now()
    on = timezone.localdate(at)
    one = next((one for one in cover.away_now_and_soon(school, on) if one.id == away_id), None)
    if one is None:
        raise not_found()
    form = WhyForm(request.POST or None)
    if form.is_valid():
        withdraw_away(request.actor, school.id, away_id, because=form.cleaned_data["because"], on=on, at=at)
        messages.success(request, "Taken back. The duties are with their holder again.")
        return redirect("cover:show", urn)
    context = {"school": school, "form": form, "heading": f"{one.name} is not away", "button": "Take back"}
    return render(request, "cover/form.html", context)


@require_http_methods(_METHODS)
def hand(request: OnrollRequest, urn: int, person_id: int) -> HttpResponse:
    """Everything that somebody holds on open cases, and to whom it goes."""
    school, at = _school(request, urn), timezone.now()
    on = timezone.localdate(at)
    page = cover.handing(request.actor, school, person_id, on=on, at=at)
    form = HandForm(request.POST or None, people=page.takers, initial={"seen": page.version})
    if form.is_valid():
        to_id, seen = form.cleaned_data["to"], form.cleaned_data["seen"]
        handed = hand_over(request.actor, school.id, from_id=person_id, to_id=to_id, seen=seen, on=on, at=at)
        messages.success(request, f"Handed over on {count_of(handed, 'case')}.")
        return redirect("cover:show", urn)
    return render(request, "cover/hand.html", {"school": school, "page": page, "form": form})


def _school(request: OnrollRequest, urn: int) -> doors.SchoolSeen:
    return doors.school(request.actor, urn, Permission.CASE_TEAM)
