"""Take back what was recorded wrongly: each with a reason, none removed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from onroll.actions.responsibility.issuing import withdraw_statement
from onroll.actions.responsibility.providing import withdraw_arrangement
from onroll.actions.responsibility.receiving import withdraw_receipt
from onroll.domain.permissions import Permission
from onroll.pages.requests import OnrollRequest
from onroll.pages.statements.forms import BecauseForm
from onroll.pages.statements.opened import Opened, back, open_page
from onroll.queries.statement_paper import check_standing, kept_statement

Withdraw = Callable[..., None]
FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
def statement(request: OnrollRequest, urn: int, case_id: int, statement_id: int) -> HttpResponse:
    """A statement that should not have been issued."""
    what = "the statement"
    then = "Its links end. Who has had it stays on record. Issue a right one afterwards."
    here = open_page(request, urn, case_id, Permission.CASE_MOVE)
    kept_statement(case_id, statement_id)
    return _ask(request, here, withdraw_statement, statement_id, what, then)


@FORM
def receipt(request: OnrollRequest, urn: int, case_id: int, receipt_id: int) -> HttpResponse:
    """Somebody has not had it after all."""
    what = "this entry"
    then = "It no longer counts, and stays on record with your reason."
    here = open_page(request, urn, case_id, Permission.CASE_SEE)
    check_standing(case_id, receipt_id=receipt_id)
    return _ask(request, here, withdraw_receipt, receipt_id, what, then)


@FORM
def arrangement(request: OnrollRequest, urn: int, case_id: int, arrangement_id: int) -> HttpResponse:
    """Who is responsible was recorded wrongly."""
    what = "who is responsible"
    then = "What was recorded before it counts again. Record the right one if there is one."
    here = open_page(request, urn, case_id, Permission.CASE_MOVE)
    check_standing(case_id, arrangement_id=arrangement_id)
    return _ask(request, here, withdraw_arrangement, arrangement_id, what, then)


def _ask(
    request: OnrollRequest, here: Opened, withdraw: Withdraw, number: int, what: str, then: str
) -> HttpResponse:
    form = BecauseForm(request.POST or None)
    if form.is_valid():
        because, case_id = form.cleaned_data["because"], here.head.id
        withdraw(request.actor, here.school.id, case_id, number, because=because, on=here.on, at=here.at)
        messages.success(request, "It has been taken back. It stays on record with your reason.")
        return back(here.school.urn, case_id)
    return render(
        request, "statements/take_back.html", here.frame | {"form": form, "what": what, "then": then}
    )
