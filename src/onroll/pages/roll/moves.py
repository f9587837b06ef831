"""What somebody does to a roll file: answer its questions, approve it, cancel it, have it read again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from onroll.actions.imports import closing, columns
from onroll.actions.imports.holding import ROLL
from onroll.actions.roll.answering import answer
from onroll.actions.roll.applying import apply_small_now
from onroll.actions.roll.approving import Choices
from onroll.actions.roll.approving import approve as let_in
from onroll.pages.requests import OnrollRequest
from onroll.pages.roll.forms import ApproveForm, QuestionsForm
from onroll.pages.roll.room import first_of, paging_of, roll_of, school_of, version_of
from onroll.pages.roll.shown import ready
from onroll.pages.roll.words import dates_words, differences, given_name
from onroll.queries.roll.questions import PAGE, questions


def ask(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """Pupils of the file beside those who they may be: a person says who each is."""
    school = school_of(request, urn)
    row = roll_of(school, import_id)
    now = timezone.now()
    page, total = questions(request.actor, school, import_id, first=first_of(request, PAGE), at=now)
    form = QuestionsForm(request.POST or None, questions=page, initial={"version": row.version})
    paging = paging_of(request, total, PAGE)
    if form.is_valid():
        version = form.cleaned_data["version"]
        answer(request.actor, import_id, version=version, answers=form.answers(), at=now)
        messages.success(request, "Your answers are kept. Nothing is written before you approve the roll.")
        if paging.number < paging.pages:
            return redirect(f"{request.path}?page={paging.number + 1}")
        return redirect("roll:show", urn=urn, import_id=import_id)
    context = {
        "school": school,
        "row": row,
        "form": form,
        "asked": [
            (one, field, given_name(one.given), dates_words(one.given), differences(one.differences))
            for one, field in form.asked
        ],
        "total": total,
        "paging": paging,
    }
    return render(request, "roll/questions.html", context)


@require_POST
def approve(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """Let a roll in."""
    school = school_of(request, urn)
    row = roll_of(school, import_id)
    form = ApproveForm(request.POST, counts=row.counts)
    if not form.is_valid():
        return render(request, "roll/ready.html", ready(school, row, form))
    choices = Choices(form.answer("whole", "yes"), form.answer("mistyped", "take"))
    now = timezone.now()
    let_in(request.actor, import_id, version=form.cleaned_data["version"], choices=choices, at=now)
    apply_small_now(import_id, at=now)
    return redirect("roll:show", urn=urn, import_id=import_id)


def cancel(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """Ask once more, then give a file up."""
    school = school_of(request, urn)
    row = roll_of(school, import_id)
    if request.method == "POST":
        closing.cancel(request.actor, import_id, version=version_of(request), kind=ROLL, at=timezone.now())
        messages.success(request, "The file was cancelled and deleted. The roll is as it was.")
        return redirect("roll:upload", urn=urn)
    return render(request, "roll/cancel.html", {"school": school, "row": row})


@require_POST
def change_columns(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """Choose the columns again."""
    school_of(request, urn)
    columns.change_columns(
        request.actor, import_id, version=version_of(request), kind=ROLL, at=timezone.now()
    )
    return redirect("roll:columns", urn=urn, import_id=import_id)


@require_POST
def read_again(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """Hold the file against the school as it is now."""
    school_of(request, urn)
    columns.read_again(request.actor, import_id, version=version_of(request), kind=ROLL, at=timezone.now())
    return redirect("roll:show", urn=urn, import_id=import_id)


@require_POST
def start_again(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """Have work that stopped started again."""
    school_of(request, urn)
    closing.start_again(request.actor, import_id, version=version_of(request), kind=ROLL, at=timezone.now())
    return redirect("roll:show", urn=urn, import_id=import_id)
