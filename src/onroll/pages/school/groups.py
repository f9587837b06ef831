"""Year groups, tutor groups and the school's own codes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from onroll.actions.school.code_map import add_code, remove_code
from onroll.actions.school.groups import (
    add_year_group,
    move_year_group,
    rename_tutor_group,
    rename_year_group,
)
from onroll.domain.permissions import Permission
from onroll.domain.register import CODES
from onroll.pages.requests import OnrollRequest
from onroll.pages.school.forms import CodeForm, GroupForm, YearGroupForm
from onroll.queries import doors, school_settings


@require_safe
def show(request: OnrollRequest, urn: int) -> HttpResponse:
    """The year groups in the school's order, and the tutor groups."""
    school = doors.school(request.actor, urn, Permission.SCHOOL_EDIT)
    context = {
        "school": school,
        "year_groups": school_settings.year_groups(school),
        "tutor_groups": school_settings.tutor_groups(school),
    }
    return render(request, "school/groups.html", context)


def new_year_group(request: OnrollRequest, urn: int) -> HttpResponse:
    """Add a year group."""
    school = doors.school(request.actor, urn, Permission.SCHOOL_EDIT)
    form = YearGroupForm(request.POST or None, groups=school_settings.year_groups(school))
    if form.is_valid():
        given = form.cleaned_data
        add_year_group(request.actor, school.id, code=given["code"], name=given["name"], at=timezone.now())
        messages.success(request, f"{given['name']} is added.")
        return redirect("school:groups", urn)
    return render(request, "school/new_year_group.html", {"school": school, "form": form})


def year_group(request: OnrollRequest, urn: int, group_id: int) -> HttpResponse:
    """Rename a year group."""
    school = doors.school(request.actor, urn, Permission.SCHOOL_EDIT)
    groups = school_settings.year_groups(school)
    group = school_settings.group(groups, group_id)
    form = GroupForm(request.POST or None, group=group, others=groups)
    stale = _is_stale(request, group.name)
    if form.is_valid() and not stale:
        wanted = form.cleaned_data["name"]
        rename_year_group(request.actor, school.id, group_id, name=wanted, saw=group.name, at=timezone.now())
        messages.success(request, f"The year group is called {wanted}.")
        return redirect("school:groups", urn)
    context = {"school": school, "form": form, "group": group, "stale": stale, "what": "year group"}
    return render(request, "school/group.html", context, status=409 if stale else 200)


def tutor_group(request: OnrollRequest, urn: int, group_id: int) -> HttpResponse:
    """Rename a tutor group."""
    school = doors.school(request.actor, urn, Permission.SCHOOL_EDIT)
    groups = school_settings.tutor_groups(school)
    group = school_settings.group(groups, group_id)
    form = GroupForm(request.POST or None, group=group, others=groups)
    stale = _is_stale(request, group.name)
    if form.is_valid() and not stale:
        wanted = form.cleaned_data["name"]
        rename_tutor_group(request.actor, school.id, group_id, name=wanted, saw=group.name, at=timezone.now())
        messages.success(request, f"The tutor group is called {wanted}.")
        return redirect("school:groups", urn)
    context = {"school": school, "form": form, "group": group, "stale": stale, "what": "tutor group"}
    return render(request, "school/group.html", context, status=409 if stale else 200)


@require_POST
def move(request: OnrollRequest, urn: int, group_id: int) -> HttpResponse:
    """Move a year group one place up or down."""
    school = doors.school(request.actor, urn, Permission.SCHOOL_EDIT)
    by = -1 if request.POST.get("to") == "up" else 1
    move_year_group(request.actor, school.id, group_id, by=by, at=timezone.now())
    return redirect("school:groups", urn)


def codes(request: OnrollRequest, urn: int) -> HttpResponse:
    """The school's own codes; add one."""
    school = doors.school(request.actor, urn, Permission.SCHOOL_EDIT)
    held = school_settings.own_codes(school)
    form = CodeForm(request.POST or None, held=held)
    if form.is_valid():
        given = form.cleaned_data
        add_code(request.actor, school.id, raw=given["raw"], national=given["national"], at=timezone.now())
        messages.success(request, f"{given['raw']} is read as {given['national']} from the next file on.")
        return redirect("school:codes", urn)
    context = {
        "school": school,
        "form": form,
        "codes": [(code, CODES[code.national].meaning) for code in held],
    }
    return render(request, "school/codes.html", context)


@require_POST
def remove(request: OnrollRequest, urn: int, code_id: int) -> HttpResponse:
    """Forget one of the school's own codes."""
    school = doors.school(request.actor, urn, Permission.SCHOOL_EDIT)
    remove_code(request.actor, school.id, code_id, at=timezone.now())
    messages.success(request, "The code is removed. The next file that has it will show it as unknown.")
    return redirect("school:codes", urn)


def _is_stale(request: OnrollRequest, name: str) -> bool:
    """Whether the group has another name now than the form was made with."""
    return request.method == "POST" and request.POST.get("saw") != name
