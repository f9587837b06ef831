"""The front door: where each person starts, and the two pages for what is not there."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from onroll.domain.permissions import Permission
from onroll.pages.frame import nav
from onroll.pages.requests import OnrollRequest
from onroll.queries import doors


def start(request: OnrollRequest) -> HttpResponse:
    """Take the person to their school, or say that no role is held yet."""
    schools = request.actor.schools
    if not schools:
        return render(request, "home/no_role.html")
    return redirect("home:school", urn=schools[0].urn)


def school(request: OnrollRequest, urn: int) -> HttpResponse:
    """The first room of a school that the person's role opens."""
    seen = doors.school(request.actor, urn, Permission.SCHOOL_SEE)
    places = nav(request.actor, seen.id, urn, "", "")
    if places and request.actor.may(Permission.TODAY_SEE, seen.id):
        return redirect(places[0].href)
    return render(request, "home/school.html", {"school": seen, "places": places})


@login_not_required
def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A page that does not exist, or that is not yours to know of."""
    return render(request, "404.html", status=404)


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """Something failed on our side; drawn without the request, since the database may be what failed."""
    return HttpResponse(render_to_string("500.html"), status=500)
