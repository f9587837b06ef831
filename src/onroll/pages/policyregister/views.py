"""The register at a glance."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onroll.domain.permissions import Permission
from onroll.pages.policyregister.room import next_steps, parts_of, school_of, stack_here, today
from onroll.pages.policyregister.steps import STEP_FORMS
from onroll.pages.requests import OnrollRequest
from onroll.queries.policy import standing
from onroll.queries.policy.kept import register


@require_safe
def show(request: OnrollRequest, urn: int) -> HttpResponse:
    """Versions, what comes next, and how the rest of the register stands."""
    school = school_of(request, urn, Permission.POLICY_SEE)
    stack, on = stack_here(school), today()
    held = register(school.id)
    under_way = held.on_its_way
    own = stack.packs[:1]
    guidance = standing.guidance(school.id, own, on)
    linked = standing.linked(school.id, own, on)
    context = {
        "school": school,
        "on": on,
        "register": held,
        "parts": parts_of(school, stack, "register"),
        "may_edit": request.actor.may(Permission.POLICY_EDIT, school.id),
        "next_steps": [(step, STEP_FORMS[step].button) for step in next_steps(under_way)]
        if under_way
        else [],
        "next_due_on": held.next_due_on or (own[0].next_due_on if own else None),
        "officer": standing.officer(school.id),
        "briefings": standing.briefings_told(school.id),
        "guidance": guidance,
        "linked": linked,
        "own": own[0] if own else None,
    }
    return render(request, "policyregister/show.html", context)
