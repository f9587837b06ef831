"""The people of a school: who has access, and with which roles."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from onroll.actions.people.ending import end_access, give_back
from onroll.actions.people.roles import change_roles
from onroll.actions.people.second_step import forget_second_step
from onroll.domain.people import ending_problem
from onroll.domain.permissions import Permission
from onroll.pages.paging import Paging
from onroll.pages.people.forms import ROLE_HINTS, ChangeRolesForm
from onroll.pages.people.shown import person_rows, tabs
from onroll.pages.requests import OnrollRequest
from onroll.queries import appointments, doors, staff


def people(request: OnrollRequest, urn: int) -> HttpResponse:
    """Everybody who has access now."""
    seen = doors.school(request.actor, urn, Permission.PEOPLE_MANAGE)
    search = request.GET.get("q", "").strip()[:80]
    ids = staff.people_ids(seen.id, search)
    paging = Paging.of(request.GET.get("page"), len(ids))
    shown = staff.people(seen.id, ids[paging.offset : paging.offset + paging.size])
    context = {"school": seen, "people": shown, "paging": paging, "search": search}
    return render(request, "people/list.html", {**context, "tabs": tabs(seen, "people:list")})


def ended(request: OnrollRequest, urn: int) -> HttpResponse:
    """Everybody whose access has ended."""
    seen = doors.school(request.actor, urn, Permission.PEOPLE_MANAGE)
    ids = staff.ended_ids(seen.id)
    paging = Paging.of(request.GET.get("page"), len(ids))
    shown = staff.ended_people(seen.id, ids[paging.offset : paging.offset + paging.size])
    context = {"school": seen, "people": shown, "paging": paging, "tabs": tabs(seen, "people:ended")}
    return render(request, "people/ended.html", context)


def show(request: OnrollRequest, urn: int, person_id: int) -> HttpResponse:
    """One person, and what can be changed about them."""
    seen = doors.school(request.actor, urn, Permission.PEOPLE_MANAGE)
    person = staff.person(seen.id, person_id)
    context = {"school": seen, "person": person, "rows": person_rows(seen, person)}
    return render(request, "people/show.html", {**context, "own": person.id == request.actor.id})


def roles(request: OnrollRequest, urn: int, person_id: int) -> HttpResponse:
    """Change somebody's roles. A page that is no longer true is shown again, with both what is and what was chosen."""
    seen = doors.school(request.actor, urn, Permission.PEOPLE_MANAGE)
    person = staff.person(seen.id, person_id)
    form = ChangeRolesForm(
        request.POST or None,
        year_groups=staff.year_groups(seen.id),
        held=[held.grant for held in person.roles],
        own=person.id == request.actor.id,
        administrators=appointments.administrators(seen.id),
    )
    stale = form.is_bound and request.POST.get("seen") != person.version
    if form.is_valid() and not stale:
        change_roles(
            request.actor, seen.id, person.id, grants=form.grants(), seen=person.version, at=timezone.now()
        )
        messages.success(request, f"{person.name}’s roles are changed.")
        return redirect("people:show", urn, person.id)
    context = {"school": seen, "person": person, "form": form, "stale": stale, "role_hints": ROLE_HINTS}
    return render(request, "people/roles.html", context)


def end(request: OnrollRequest, urn: int, person_id: int) -> HttpResponse:
    """Ask once more, then end somebody's access."""
    seen = doors.school(request.actor, urn, Permission.PEOPLE_MANAGE)
    person = staff.person(seen.id, person_id)
    if request.method == "POST":
        version = request.POST.get("seen", "")
        end_access(request.actor, seen.id, person.id, seen=version, at=timezone.now())
        messages.success(
            request,
            f"{person.name}’s access has ended. You can give it back here. If they were on case teams, ask a Progress "
            "Leader or the Deputy Headteacher to hand the cases over.",
        )
        return redirect("people:ended", urn)
    problem = ending_problem(
        before=[held.grant.role for held in person.roles],
        own=person.id == request.actor.id,
        administrators=appointments.administrators(seen.id),
    )
    return render(request, "people/end.html", {"school": seen, "person": person, "problem": problem})


def back(request: OnrollRequest, urn: int, person_id: int) -> HttpResponse:
    """Ask once more, then give somebody's access back."""
    seen = doors.school(request.actor, urn, Permission.PEOPLE_MANAGE)
    person = staff.ended_person(seen.id, person_id)
    if request.method == "POST":
        give_back(request.actor, seen.id, person.id, at=timezone.now())
        messages.success(request, f"{person.name} has access again.")
        return redirect("people:show", urn, person.id)
    return render(request, "people/give_back.html", {"school": seen, "person": person})


def second_step(request: OnrollRequest, urn: int, person_id: int) -> HttpResponse:
    """Ask once more, then forget a second step that somebody has lost."""
    seen = doors.school(request.actor, urn, Permission.PEOPLE_MANAGE)
    person = staff.person(seen.id, person_id)
    if request.method == "POST":
        forget_second_step(request.actor, seen.id, person.id, at=timezone.now())
        messages.success(request, f"{person.name} will set up a new second step at the next sign-in.")
        return redirect("people:show", urn, person.id)
    return render(request, "people/second_step.html", {"school": seen, "person": person})
