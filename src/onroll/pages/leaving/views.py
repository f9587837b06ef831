"""The roll page of a case."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onroll.actions.leaving.deciding import carry_out, decide_leaving
from onroll.actions.leaving.proposing import propose_leaving, withdraw_leaving
from onroll.domain.permissions import Permission
from onroll.domain.roll_guard import GROUNDS, NOT_A_GROUND, REGULATIONS, Weight
from onroll.domain.vocabulary import not_found
from onroll.pages.case_frame import case_frame
from onroll.pages.circle.forms import WhyForm
from onroll.pages.leaving.forms import DecideForm, ProposeForm
from onroll.pages.requests import OnrollRequest
from onroll.queries import doors
from onroll.queries.leaving import LeavingPage, document_choices, leaving_page

_METHODS = ["GET", "HEAD", "POST"]
_HEADINGS = {
    Weight.STOPS: "What stops it",
    Weight.AGAINST: "What speaks against it",
    Weight.ASKS: "To be answered first",
    Weight.FOR: "What speaks for it",
}


@require_safe
def show(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """How the pupil stands on the roll, what is proposed, and the lawful grounds."""
    school, page = _page(request, urn, case_id, Permission.CASE_SEE)
    actor, on = request.actor, timezone.localdate()
    waiting, agreed = page.waiting, page.agreed
    proposes = page.head.is_open and actor.may(Permission.LEAVING_PROPOSE, school.id)
    context = {
        **case_frame(actor, school, page.head, "roll"),
        "page": page,
        "reasons": _reasons(page),
        "grounds": list(GROUNDS.values()),
        "regulations": REGULATIONS,
        "not_a_ground": NOT_A_GROUND,
        "may_propose": proposes and page.last_day is None and not (waiting or agreed),
        "may_withdraw": proposes and page.last_day is None,
        "may_decide": waiting is not None
        and actor.may(Permission.LEAVING_DECIDE, school.id)
        and waiting.proposed_by_id != actor.id,
        "may_leave": proposes
        and page.last_day is None
        and agreed is not None
        and agreed.leaving_on is not None
        and agreed.leaving_on <= on,
        "sees_roll": actor.may(Permission.ROLL_IMPORT, school.id),
    }
    return render(request, "leaving/show.html", context)


@require_http_methods(_METHODS)
def propose(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """Ground, day, evidence."""
    school, page = _page(request, urn, case_id, Permission.LEAVING_PROPOSE)
    at = timezone.now()
    on = timezone.localdate(at)
    form = ProposeForm(
        request.POST or None, documents=document_choices(case_id), today=on, initial=_from_file(page)
    )
    if form.is_valid():
        propose_leaving(request.actor, school.id, case_id, given=form.given(), on=on, at=at)
        messages.success(request, "Proposed. The pupil stays on roll; the headteacher decides.")
        return redirect("leaving:show", urn, case_id)
    context = {**case_frame(request.actor, school, page.head, "roll"), "page": page, "form": form}
    return render(request, "leaving/propose.html", context)


@require_http_methods(_METHODS)
def decide(request: OnrollRequest, urn: int, case_id: int, proposal_id: int) -> HttpResponse:
    """The headteacher's word on it."""
    school, page = _page(request, urn, case_id, Permission.LEAVING_DECIDE)
    if page.waiting is None or page.waiting.id != proposal_id:
        raise not_found()
    at = timezone.now()
    weights = {reason.weight for reason in page.reasons}
    form = DecideForm(
        request.POST or None, against=Weight.AGAINST in weights, stopped=Weight.STOPS in weights
    )
    if form.is_valid():
        asked = form.cleaned_data
        agree = asked["agree"] == "yes"
        decide_leaving(
            request.actor,
            school.id,
            case_id,
            proposal_id,
            agree=agree,
            because=asked["because"],
            weighed=asked.get("weighed", False),
            on=timezone.localdate(at),
            at=at,
        )
        messages.success(request, _AGREED if agree else "Turned down. The pupil stays on roll.")
        return redirect("leaving:show", urn, case_id)
    context = {
        **case_frame(request.actor, school, page.head, "roll"),
        "page": page,
        "reasons": _reasons(page),
        "form": form,
        "own": page.waiting.proposed_by_id == request.actor.id,
    }
    return render(request, "leaving/decide.html", context)


@require_http_methods(_METHODS)
def withdraw(request: OnrollRequest, urn: int, case_id: int, proposal_id: int) -> HttpResponse:
    """Take a proposal back, or set aside what a roll file said."""
    school, page = _page(request, urn, case_id, Permission.LEAVING_PROPOSE)
    standing = {one.id for one in (page.waiting, page.agreed, page.from_file) if one}
    if proposal_id not in standing:
        raise not_found()
    at = timezone.now()
    form = WhyForm(request.POST or None)
    if form.is_valid():
        because, on = form.cleaned_data["because"], timezone.localdate(at)
        withdraw_leaving(request.actor, school.id, case_id, proposal_id, because=because, on=on, at=at)
        messages.success(request, "Taken back. The pupil stays on roll.")
        return redirect("leaving:show", urn, case_id)
    context = {**case_frame(request.actor, school, page.head, "roll"), "page": page, "form": form}
    return render(request, "leaving/withdraw.html", context)


@require_POST
def leave(request: OnrollRequest, urn: int, case_id: int, proposal_id: int) -> HttpResponse:
    """End the time on roll, as it was agreed."""
    school, at = doors.school(request.actor, urn, Permission.LEAVING_PROPOSE), timezone.now()
    carry_out(request.actor, school.id, case_id, proposal_id, on=timezone.localdate(at), at=at)
    messages.success(request, "The time on roll has ended on the agreed day. Nothing was deleted.")
    return redirect("leaving:show", urn, case_id)


_AGREED = "Agreed. The pupil stays on roll until that day, and until somebody ends the time on roll."


def _page(
    request: OnrollRequest, urn: int, case_id: int, permission: Permission
) -> tuple[doors.SchoolSeen, LeavingPage]:
    school, at = doors.school(request.actor, urn, permission), timezone.now()
    return school, leaving_page(request.actor, school, case_id, on=timezone.localdate(at), at=at)


def _reasons(page: LeavingPage) -> list[tuple[str, list[Any]]]:
    """The reasons under their headings."""
    found = [
        (words, [one for one in page.reasons if one.weight is weight]) for weight, words in _HEADINGS.items()
    ]
    return [(words, reasons) for words, reasons in found if reasons]


def _from_file(page: LeavingPage) -> dict[str, Any]:
    """The day that a roll file gave, to begin with."""
    return {"leaving_on": page.from_file.leaving_on} if page.from_file else {}
