"""Move a case on, close it, reopen it; change what is known of the need."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onroll.actions.cases.moving import close_case, move_case, reopen_case
from onroll.actions.cases.needing import change_need
from onroll.domain.casework.moves import Move
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import not_found
from onroll.pages.cases.forms import MoveForm, NeedForm
from onroll.pages.requests import OnrollRequest
from onroll.queries import case_offer, doors


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: OnrollRequest, urn: int, case_id: int, move: str) -> HttpResponse:
    """One move: why, from when, and why all the same where something stands against it."""
    school = doors.school(request.actor, urn, Permission.CASE_MOVE)
    asked = _move(move)
    on, at = timezone.localdate(), timezone.now()
    page = case_offer.offer_of(request.actor, school, case_id, asked, on=on, at=at)
    obstacles = page.offer.obstacles
    form = MoveForm(
        request.POST or None, move=asked, obstacles=obstacles, version=page.head.version, today=on
    )
    if page.offer.passable and form.is_valid():
        act = {Move.CLOSE: close_case, Move.REOPEN: reopen_case}.get(asked)
        if act is None:
            move_case(request.actor, school.id, case_id, asked, on=on, at=at, **form.asked())
        else:
            act(request.actor, school.id, case_id, on=on, at=at, **form.asked())
        messages.success(request, _DONE[asked])
        return redirect("cases:show", urn, case_id)
    return render(request, "cases/move.html", {"school": school, "page": page, "form": form})


_DONE = {
    Move.ARRANGE: "The school arranges education now.",
    Move.REFER: "The case is referred to the authority.",
    Move.TAKE_OVER: "The authority arranges education now.",
    Move.PLAN_RETURN: "The return is being planned.",
    Move.SETTLE: "The return is settled.",
    Move.BACK: "The case is back with the school.",
    Move.CLOSE: "The case is closed. It can be reopened.",
    Move.REOPEN: "The case is open again.",
}


def _move(text: str) -> Move:
    if text not in {one.value for one in _DONE}:
        raise not_found()
    return Move(text)


@require_http_methods(["GET", "HEAD", "POST"])
def need(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """What is known of the need, for those who may see what is medical."""
    school = doors.school(request.actor, urn, Permission.MEDICAL_SEE)
    on, at = timezone.localdate(), timezone.now()
    page = case_offer.need_of(request.actor, school, case_id, at=at)
    initial = {"need": page.need, "expected_from": page.head.expected_from, "version": page.head.version}
    form = NeedForm(request.POST or None, initial=initial)
    if form.is_valid():
        said = dict(form.cleaned_data)
        version = said.pop("version")
        change_need(request.actor, school.id, case_id, seen_version=version, on=on, at=at, **said)
        messages.success(request, "Saved.")
        return redirect("cases:show", urn, case_id)
    return render(request, "cases/need.html", {"school": school, "page": page, "form": form})
