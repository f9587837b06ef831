"""The settings of a school: what it is called, how it counts, its groups and its codes."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.actions.school.counting import change_counting
from onroll.actions.school.naming import rename_school
from onroll.domain.permissions import Permission
from onroll.domain.register import THRESHOLD_DAYS
from onroll.pages.moved import ask_first, latest, moved_page, told, wants_the_form
from onroll.pages.parts import SummaryRow
from onroll.pages.requests import OnrollRequest
from onroll.pages.school.forms import CODE_HINTS, CountingForm, NameForm
from onroll.pages.school.words import counting_rows, rest_rows, school_rows
from onroll.pages.wording import day_number
from onroll.queries import doors, school_settings
from onroll.queries.recounts import RecountSeen

_HIGHER = (
    "15 school days is the number in the regulations and in the policy. At {days} a pupil can have missed more "
    "than 15 before Onroll says so."
)


@require_safe
def show(request: OnrollRequest, urn: int) -> HttpResponse:
    """The settings as they stand, each with the way to change it."""
    school = doors.school(request.actor, urn, Permission.SCHOOL_EDIT)
    settings = school_settings.settings(school)
    context = {
        "school": school,
        "facts": school_rows(settings),
        "counting": counting_rows(settings, change=True),
        "unusual": settings.threshold != THRESHOLD_DAYS,
        "recounts": latest(school, "school"),
        "rest": rest_rows(
            urn,
            school_settings.year_groups(school),
            school_settings.tutor_groups(school),
            school_settings.own_codes(school),
        ),
    }
    return render(request, "school/show.html", context)


def name(request: OnrollRequest, urn: int) -> HttpResponse:
    """Rename the school."""
    school = doors.school(request.actor, urn, Permission.SCHOOL_EDIT)
    settings = school_settings.settings(school)
    form = NameForm(request.POST or None, initial={"name": settings.name})
    stale = _is_stale(request, settings.version)
    if form.is_valid() and not stale:
        wanted = form.cleaned_data["name"]
        rename_school(request.actor, school.id, name=wanted, saw=settings.version, at=timezone.now())
        messages.success(request, "The school’s name is saved.")
        return redirect("school:show", urn)
    context = {
        "school": school,
        "form": form,
        "version": settings.version,
        "stale": stale,
        "stands": [SummaryRow("Name", settings.name)],
        "entered": [SummaryRow("Name", request.POST.get("name", ""))],
    }
    return render(request, "school/name.html", context, status=409 if stale else 200)


def counting(request: OnrollRequest, urn: int) -> HttpResponse:
    """Change how the school counts, with a look at what would move."""
    school = doors.school(request.actor, urn, Permission.SCHOOL_EDIT)
    settings = school_settings.settings(school)
    form = CountingForm(request.POST or None, settings=settings)
    stale = _is_stale(request, settings.version)
    if form.is_valid() and not stale and not wants_the_form(request):
        wanted = form.wanted()
        doing = partial(
            change_counting, request.actor, school.id, wanted, saw=settings.version, at=timezone.now()
        )
        higher = max(wanted.threshold, settings.threshold) == wanted.threshold > THRESHOLD_DAYS
        warning = _HIGHER.format(days=day_number(float(wanted.threshold))) if higher else ""
        asked = ask_first(
            request,
            school,
            doing,
            doing="Count like this",
            warning=warning,
            threshold=float(wanted.threshold),
        )
        return asked or told(
            request,
            school,
            doing(),
            done="Saved: this is how the school counts now.",
            room="school",
            otherwise=reverse("school:show", args=[urn]),
        )
    context = {
        "school": school,
        "form": form,
        "version": settings.version,
        "stale": stale,
        "stands": counting_rows(settings),
        "code_hints": CODE_HINTS,
    }
    return render(request, "school/counting.html", context, status=409 if stale else 200)


@require_safe
def moved(request: OnrollRequest, urn: int, recount_id: int) -> HttpResponse:
    """What a change of the settings moved."""
    school = doors.school(request.actor, urn, Permission.SCHOOL_EDIT)
    back = reverse("school:show", args=[urn])
    return moved_page(request, school, recount_id, about=_nothing_more, back=back)


def _nothing_more(recount: RecountSeen) -> str:
    return ""


def _is_stale(request: OnrollRequest, version: int) -> bool:
    """Whether the form was made on other settings than those that stand now."""
    return request.method == "POST" and request.POST.get("version") != str(version)
