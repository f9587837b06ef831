"""Pupils on roll whom a roll did not name: still here, or left."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from onroll.actions.recount import Moved
from onroll.actions.roll.leaving import say_left, say_still_here, take_back
from onroll.domain.vocabulary import Refusal, Refused
from onroll.pages.moved import moved_page
from onroll.pages.requests import OnrollRequest
from onroll.pages.roll.forms import LeftForm
from onroll.pages.roll.room import first_of, paging_of, parts, school_of
from onroll.queries.recounts import RecountSeen
from onroll.queries.roll.missing import missing_list, missing_one
from onroll.queries.roll.preview import PAGE


@require_safe
def show(request: OnrollRequest, urn: int) -> HttpResponse:
    """Who waits for a decision, and what was decided lately."""
    school = school_of(request, urn)
    page = missing_list(request.actor, school, first=first_of(request, PAGE), at=timezone.now())
    context = {
        "school": school,
        "page": page,
        "paging": paging_of(request, page.total, PAGE),
        "parts": parts(school, "roll:missing"),
    }
    return render(request, "roll/missing.html", context)


@require_POST
def still_here(request: OnrollRequest, urn: int, missing_id: int) -> HttpResponse:
    """The pupil stays on roll."""
    school = school_of(request, urn)
    say_still_here(request.actor, school.id, missing_id, at=timezone.now())
    messages.success(request, "Kept on roll. The next roll that does not name this pupil asks again.")
    return redirect("roll:missing", urn=urn)


def left(request: OnrollRequest, urn: int, missing_id: int) -> HttpResponse:
    """The pupil has left: when, and why."""
    school = school_of(request, urn)
    row = missing_one(request.actor, school, missing_id, at=timezone.now())
    if row.decision:
        raise Refusal(Refused.CONFLICT, "Somebody has decided about this pupil already. Open the list again.")
    form = LeftForm(request.POST or None)
    if form.is_valid() and not _too_early_or_late(form, row.on_roll_since):
        moved = say_left(
            request.actor,
            school.id,
            missing_id,
            today=timezone.localdate(),
            at=timezone.now(),
            **form.cleaned_data,
        )
        messages.success(request, f"The time on roll has ended. {_moved_words(moved)}")
        return redirect("roll:missing", urn=urn)
    return render(request, "roll/left.html", {"school": school, "row": row, "form": form})


@require_POST
def back(request: OnrollRequest, urn: int, missing_id: int) -> HttpResponse:
    """Take back that a pupil has left."""
    school = school_of(request, urn)
    moved = take_back(request.actor, school.id, missing_id, at=timezone.now())
    messages.success(request, f"Back on roll, and waiting for a decision again. {_moved_words(moved)}")
    return redirect("roll:missing", urn=urn)


@require_safe
def moved(request: OnrollRequest, urn: int, recount_id: int) -> HttpResponse:
    """What bringing in a roll moved in the counts."""
    school = school_of(request, urn)

    back = reverse("roll:upload", args=[school.urn])
    return moved_page(request, school, recount_id, about=_file_of, back=back)


def _file_of(recount: RecountSeen) -> str:
    """Which file a recount came with, by its number: what a file is called may say anything."""
    kind, _, number = recount.subject.partition(":")
    return f"File {number}" if kind == "import" else ""


def _too_early_or_late(form: LeftForm, since: date | None) -> bool:
    """Tell at its question a last day that cannot be; what was typed is kept."""
    on = form.cleaned_data["left_on"]
    if on > timezone.localdate():
        form.add_error("left_on", "Enter a day that has come: this one is in the future")
    elif since and on < since:
        form.add_error("left_on", "Enter a day after the pupil joined")
    return bool(form.errors)


def _moved_words(moved: Moved) -> str:
    return "The pupil’s count moved with it." if moved.moves else "The pupil’s count did not move."
