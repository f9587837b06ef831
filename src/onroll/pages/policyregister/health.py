"""The policy health check: where the policy differs from national guidance, beside the policy and never in it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.actions.policy.differences import OWN, answer_difference
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import not_found
from onroll.pages.policyregister.forms import AnswerForm
from onroll.pages.policyregister.room import parts_of, school_of, stack_here, today
from onroll.pages.requests import OnrollRequest
from onroll.queries.packs import Stack
from onroll.queries.policy import standing
from onroll.queries.policy.choices import answers
from onroll.queries.policy.document import disagreements


@require_safe
def show(request: OnrollRequest, urn: int) -> HttpResponse:
    """Every difference with its source, and what the school does about it."""
    school = school_of(request, urn, Permission.POLICY_SEE)
    stack = stack_here(school)
    answered = answers(school.id, today())
    own = stack.packs[:1]
    guidance = standing.guidance(school.id, own, today())
    context = {
        "school": school,
        "parts": parts_of(school, stack, "health"),
        "own": own[0] if own else None,
        "gaps": [(gap, answered.get(gap.key)) for pack in own for gap in pack.gaps],
        "topics": disagreements(stack, answered),
        "superseded": [one for one in guidance if one.standing.status == "superseded"],
        "may_edit": request.actor.may(Permission.POLICY_EDIT, school.id),
    }
    return render(request, "policyregister/health.html", context)


def answer(request: OnrollRequest, urn: int, topic: str) -> HttpResponse:
    """Say what the school does about one difference."""
    school = school_of(request, urn)
    stack = stack_here(school)
    title, says, sides = _asked(stack, topic)
    last = answers(school.id, today()).get(topic)
    initial = {"follows": last.follows, "words": last.words, "reason": last.reason} if last else {}
    form = AnswerForm(request.POST or None, sides=sides, initial=initial)
    if form.is_valid():
        answer_difference(request.actor, school.id, topic, on=today(), at=timezone.now(), **form.cleaned_data)
        messages.success(
            request, "What the school does is on record. The policy itself is not changed by it."
        )
        return redirect("policyregister:health", urn)
    context = {"school": school, "form": form, "title": title, "says": says}
    return render(request, "policyregister/answer.html", context)


def _asked(stack: Stack, topic: str) -> tuple[str, list[tuple[str, str]], list[tuple[str, str]]]:
    """What a difference is about, who says what of it, and what can be followed."""
    own = (OWN, "A way of our own")
    for one in disagreements(stack, {}):
        if one.topic == topic:
            says = [(side.pack_title, side.position.says) for side in one.sides]
            return one.title, says, [*((side.pack, side.pack_title) for side in one.sides), own]
    for pack in stack.packs[:1]:
        for gap in pack.gaps:
            if gap.key == topic:
                others = [(other.slug, other.title) for other in stack.packs]
                return f"Paragraph {gap.paragraph}", [("The difference", gap.says)], [*others, own]
    raise not_found()
