"""The policy health check: where the policy differs from national guidance, beside the policy and never in it."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onroll.actions.policy.differences import OWN, answer_difference
from onroll.domain.packs.pack import Pack
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import not_found
from onroll.pages.policyregister.forms import AnswerForm
from onroll.pages.policyregister.room import ASKS, parts_of, school_of, stack_here, today
from onroll.pages.requests import OnrollRequest
from onroll.queries.policy.health import Difference, differences, health


@require_safe
def show(request: OnrollRequest, urn: int) -> HttpResponse:
    """Every difference with its source, and what the school does about it."""
    school = school_of(request, urn, Permission.POLICY_SEE)
    stack = stack_here(school)
    context = {
        "school": school,
        "on": today(),
        "health": health(school.id, stack, today()),
        "own": stack.packs[0] if stack.packs else None,
        "parts": parts_of(school, stack, "health"),
        "may_edit": request.actor.may(Permission.POLICY_EDIT, school.id),
    }
    return render(request, "policyregister/health.html", context)


@require_http_methods(ASKS)
def answer(request: OnrollRequest, urn: int, topic: str) -> HttpResponse:
    """Say what the school does about one difference."""
    school = school_of(request, urn)
    stack = stack_here(school)
    asked = next((one for one in differences(school.id, stack, today()) if one.topic == topic), None)
    if asked is None:
        raise not_found()
    form = AnswerForm(request.POST or None, sides=_sides(asked, stack.packs), initial=_answered(asked))
    if form.is_valid():
        answer_difference(request.actor, school.id, topic, on=today(), at=timezone.now(), **form.cleaned_data)
        messages.success(
            request, "What the school does is on record. The policy itself is not changed by it."
        )
        return redirect("policyregister:health", urn)
    context = {"school": school, "difference": asked, "form": form}
    return render(request, "policyregister/answer.html", context)


def _sides(asked: Difference, packs: Sequence[Pack]) -> list[tuple[str, str]]:
    """What can be followed: each pack that takes a position or, of a gap, every pack; and a way of one's own."""
    speaking = {side.pack for side in asked.sides} or {pack.slug for pack in packs}
    sides = [
        (pack.slug, "The school’s policy" if pack.layer == "school" else pack.title)
        for pack in packs
        if pack.slug in speaking
    ]
    return [*sides, (OWN, "A way of our own")]


def _answered(asked: Difference) -> dict[str, str]:
    last = asked.answer
    return {"follows": last.follows, "words": last.words, "reason": last.reason} if last else {}
