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
from onroll.pages.statements.opened import back, open_page

Withdraw = Callable[..., None]
FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
def statement(request: OnrollRequest, urn: int, case_id: int, statement_id: int) -> HttpResponse:
    """A statement that should not have been issued."""
    what = "the statement"
    then = "Its links end. Who has had it stays on record. Issue a right one afterwards."
    return _ask(request, urn, case_id, withdraw_statement, statement_id, Permission.CASE_MOVE, what, then)


@FORM
def receipt(request: OnrollRequest, urn: int, case_id: int, receipt_id: int) -> HttpResponse:
    """Somebody has not had it after all."""
    what = "this entry"
    then = "It no longer counts, and stays on record with your reason."
    return _ask(request, urn, case_id, withdraw_receipt, receipt_id, Permission.CASE_SEE, what, then)


@FORM
def arrangement(request: OnrollRequest, urn: int, case_id: int, arrangement_id: int) -> HttpResponse:
    """Who is responsible was recorded wrongly."""
    what = "who is responsible"
    then = "What was recorded before it counts again. Record the right one if there is one."
    return _ask(request, urn, case_id, withdraw_arrangement, arrangement_id, Permission.CASE_MOVE, what, then)


def _ask(
    request: OnrollRequest,
    urn: int,
    case_id: int,
    withdraw: Withdraw,
    number: int,
    permission: Permission,
    what: str,
    then: str,
) -> HttpResponse:
    here = open_page(request, urn, case_id, permission)
    form = BecauseForm(request.POST or None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        withdraw(request.actor, here.school.id, case_id, number, because=because, on=here.on, at=here.at)
        messages.success(request, "It has been taken back. It stays on record with your reason.")
        return back(urn, case_id)
    return render(
        request, "statements/take_back.html", here.frame | {"form": form, "what": what, "then": then}
    )
