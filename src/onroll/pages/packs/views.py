"""What applies at this school: packs, where they disagree, the authority, the words."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.domain.permissions import Permission
from onroll.pages.packs.words import profile_rows, role_words, term_words
from onroll.pages.requests import OnrollRequest
from onroll.queries import doors
from onroll.queries.packs import stack_of
from onroll.queries.packs.listing import Stands, on_record
from onroll.queries.policy.choices import answers
from onroll.queries.policy.document import disagreements


@require_safe
def show(request: OnrollRequest, urn: int) -> HttpResponse:
    """Everything in use today, what is to come, and what was."""
    school = doors.school(request.actor, urn, Permission.PACKS_EDIT)
    on = timezone.localdate()
    rows = on_record(school.id, on)
    stack = stack_of(school.id, on)
    context = {
        "school": school,
        "applies": [row for row in reversed(rows) if row.stands is Stands.APPLIES and not row.ends],
        "coming": [row for row in reversed(rows) if row.stands is Stands.COMING],
        "earlier": [row for row in rows if row.stands is Stands.EARLIER or (row.ends and row.from_on <= on)],
        "stack": stack,
        "disagreements": disagreements(stack, answers(school.id, on)),
        "may_edit": request.actor.may(Permission.POLICY_EDIT, school.id),
        "back": reverse("school:show", args=[urn]),
    }
    return render(request, "packs/show.html", context)


@require_safe
def profile(request: OnrollRequest, urn: int) -> HttpResponse:
    """How the authority wants things done, as the profile in use has it."""
    school = doors.school(request.actor, urn, Permission.PACKS_EDIT)
    found = stack_of(school.id, timezone.localdate()).authority
    context = {
        "school": school,
        "profile": found,
        "rows": profile_rows(found) if found else [],
        "back": reverse("packs:show", args=[urn]),
    }
    return render(request, "packs/profile.html", context)


@require_safe
def words(request: OnrollRequest, urn: int) -> HttpResponse:
    """What this place calls roles and things."""
    school = doors.school(request.actor, urn, Permission.PACKS_EDIT)
    stack = stack_of(school.id, timezone.localdate())
    context = {
        "school": school,
        "roles": role_words(stack),
        "terms": term_words(stack),
        "back": reverse("packs:show", args=[urn]),
    }
    return render(request, "packs/words.html", context)
