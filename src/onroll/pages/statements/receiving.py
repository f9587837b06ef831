"""Record who has had the statement."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from onroll.actions.responsibility.receiving import AcknowledgementGiven, explain, mark_read
from onroll.actions.responsibility.receiving import acknowledge as record_answer
from onroll.actions.responsibility.understanding import judge_understanding
from onroll.domain.permissions import Permission
from onroll.pages.requests import OnrollRequest
from onroll.pages.statements.forms import AcknowledgeForm, ExplainForm, UnderstandingForm
from onroll.pages.statements.opened import back, choices_of, open_page
from onroll.queries.circle import colleagues, family_of
from onroll.queries.statement_paper import documents_of, kept_statement

ISSUED = "the statement was issued"
FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
def read(request: OnrollRequest, urn: int, case_id: int, statement_id: int) -> HttpResponse:
    """I have read this."""
    here = open_page(request, urn, case_id, Permission.CASE_SEE)
    mark_read(request.actor, here.school.id, case_id, statement_id, on=here.on, at=here.at)
    messages.success(request, "It is on record that you have read the statement.")
    return back(urn, case_id)


@FORM
def acknowledge(request: OnrollRequest, urn: int, case_id: int, statement_id: int) -> HttpResponse:
    """Somebody of the family answered on paper or in a conversation."""
    here = open_page(request, urn, case_id, Permission.CASE_WORK)
    kept = kept_statement(case_id, statement_id)
    form = AcknowledgeForm(
        request.POST or None,
        today=here.on,
        since=kept.issued_on,
        before=ISSUED,
        family=choices_of(family_of(here.head.pupil_id)),
        colleagues=_colleagues(here.school.id),
        documents=documents_of(request.actor, here.school.id, case_id),
        initial={"spoke": request.actor.id},
    )
    if form.is_valid():
        said = form.cleaned_data
        given = AcknowledgementGiven(
            family_id=said["family"],
            how=said["how"],
            happened_on=said["happened_on"],
            spoke_id=said["spoke"],
            document_id=said.get("document"),
            note=said["note"],
        )
        record_answer(request.actor, here.school.id, case_id, statement_id, given, on=here.on, at=here.at)
        messages.success(request, "The family’s answer has been recorded.")
        return back(urn, case_id)
    return render(request, "statements/acknowledge.html", here.frame | {"form": form})


@FORM
def explained(request: OnrollRequest, urn: int, case_id: int, statement_id: int) -> HttpResponse:
    """Somebody explained it to the pupil."""
    here = open_page(request, urn, case_id, Permission.CASE_WORK)
    kept = kept_statement(case_id, statement_id)
    form = ExplainForm(
        request.POST or None,
        today=here.on,
        since=kept.issued_on,
        before=ISSUED,
        colleagues=_colleagues(here.school.id),
        initial={"by": request.actor.id},
    )
    if form.is_valid():
        said = form.cleaned_data
        explain(
            request.actor,
            here.school.id,
            case_id,
            statement_id,
            by_id=said["by"],
            happened_on=said["happened_on"],
            note=said["note"],
            on=here.on,
            at=here.at,
        )
        messages.success(request, "It has been recorded that the statement was explained to the pupil.")
        return back(urn, case_id)
    return render(request, "statements/explained.html", here.frame | {"form": form, "kept": kept})


@FORM
def understanding(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """Is the pupil to be told themselves?"""
    here = open_page(request, urn, case_id, Permission.CASE_WORK)
    form = UnderstandingForm(
        request.POST or None,
        today=here.on,
        since=here.head.opened_on,
        before="the case was opened",
    )
    if form.is_valid():
        said = form.cleaned_data
        judge_understanding(
            request.actor,
            here.school.id,
            case_id,
            understands=said["understands"] == UnderstandingForm.YES,
            reason=said["reason"],
            happened_on=said["happened_on"],
            on=here.on,
            at=here.at,
        )
        messages.success(request, "Your judgement has been recorded.")
        return back(urn, case_id)
    return render(request, "statements/understanding.html", here.frame | {"form": form})


def _colleagues(school_id: int) -> list[tuple[int, str]]:
    return [(one.id, one.words) for one in colleagues(school_id)]
