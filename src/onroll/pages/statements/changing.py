"""Say who provides from a day on, and issue the statement of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onroll.actions.responsibility.issuing import issue_statement
from onroll.actions.responsibility.providing import ArrangementGiven, change_provider
from onroll.domain.duties.facts import Provider
from onroll.domain.permissions import Permission, Role
from onroll.domain.vocabulary import Refusal, Refused
from onroll.pages.requests import OnrollRequest
from onroll.pages.statements.forms import ChangeForm
from onroll.pages.statements.opened import back, open_page
from onroll.queries.packs import stack_of
from onroll.queries.responsibility import responsibility_of
from onroll.queries.statements import draft_of


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """Ask who is responsible from a day on; what stands now is filled in already."""
    here = open_page(request, urn, case_id, Permission.CASE_MOVE)
    stack = stack_of(here.school.id, here.on)
    now = responsibility_of(case_id, here.on)
    form = ChangeForm(
        request.POST or None,
        stack=stack,
        initial={
            "provider": now.provider.value if now.provider else None,
            "provided_by": now.provided_by,
            "from_on": here.on,
            "checks": (now.checks or Role.SAFEGUARDING_LEAD).value,
            "decides": now.decides or Role.PROGRESS_LEADER.value,
        },
    )
    if form.is_valid():
        said = form.cleaned_data
        given = ArrangementGiven(
            provider=Provider(said["provider"]),
            provided_by=said["provided_by"],
            from_on=said["from_on"],
            checks=Role(said["checks"]),
            decides=said["decides"],
            decides_on=said["decides_on"],
        )
        change_provider(request.actor, here.school.id, case_id, given, on=here.on, at=here.at)
        messages.success(request, "Who is responsible has been recorded. Now issue the statement of it.")
        return back(urn, case_id)
    return render(request, "statements/change.html", here.frame | {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """Show what each reader will read; issue it when the button is pressed."""
    here = open_page(request, urn, case_id, Permission.CASE_WORK)
    stack = stack_of(here.school.id, here.on)
    if request.method == "POST":
        issue_statement(
            request.actor,
            here.school.id,
            case_id,
            seen_arrangement=_number(request.POST.get("arrangement", "")),
            stack=stack,
            on=here.on,
            at=timezone.now(),
        )
        messages.success(
            request, "The statement has been issued. Now tell the family, the team and the pupil."
        )
        return back(urn, case_id)
    exactly = request.actor.may(Permission.MEDICAL_SEE, here.school.id)
    draft = draft_of(case_id, here.school.name, stack, here.on, exactly=exactly)
    if draft is None:
        return redirect("statements:change", urn, case_id)
    return render(request, "statements/issue.html", here.frame | {"draft": draft, "exactly": exactly})


_LONGEST = 18  # digits of a row's number


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > _LONGEST:
        raise Refusal(Refused.INVALID, "This form was not sent whole. Open the page again.")
    return int(text)
