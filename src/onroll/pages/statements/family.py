"""A link for one of the family: made, sent or shown, ended."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from onroll.actions.responsibility.linking import make_link, withdraw_link
from onroll.domain.permissions import Permission
from onroll.pages.requests import OnrollRequest
from onroll.pages.statements.forms import LinkForm
from onroll.pages.statements.opened import back, choices_of, open_page
from onroll.queries.circle import Relative, family_of
from onroll.queries.statement_paper import kept_statement


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: OnrollRequest, urn: int, case_id: int, statement_id: int) -> HttpResponse:
    """Ask for whom; send the link, or show it the one time that it can be shown."""
    here = open_page(request, urn, case_id, Permission.CASE_WORK)
    kept_statement(case_id, statement_id)
    family = [one for one in family_of(here.head.pupil_id) if _may_have_one(one)]
    names = {one.id: one.name for one in family}
    form = LinkForm(
        request.POST or None,
        family=choices_of(family),
        with_mail=frozenset(one.id for one in family if one.email),
        initial={"family": family[0].id if len(family) == 1 else None},
    )
    if not form.is_valid():
        context = {"form": form, "family": family, "days": settings.ONROLL_STATEMENT_LINK_DAYS}
        return render(request, "statements/link.html", here.frame | context)
    said = form.cleaned_data
    by_mail = said["how"] == LinkForm.MAIL
    made = make_link(
        request.actor,
        here.school.id,
        case_id,
        statement_id,
        family_id=said["family"],
        lasts=timedelta(days=settings.ONROLL_STATEMENT_LINK_DAYS),
        address_of=address_of if by_mail else None,
        on=here.on,
        at=here.at,
    )
    if by_mail:
        messages.success(request, f"An e-mail with the link is on its way to {names[said['family']]}.")
        return back(urn, case_id)
    context = {"address": address_of(made.token), "made": made, "name": names[said["family"]]}
    return render(request, "statements/link_made.html", here.frame | context)


@require_POST
def end(request: OnrollRequest, urn: int, case_id: int, link_id: int) -> HttpResponse:
    """End a link that has not been used."""
    here = open_page(request, urn, case_id, Permission.CASE_WORK)
    withdraw_link(request.actor, here.school.id, case_id, link_id, on=here.on, at=here.at)
    messages.success(request, "The link has been ended. Whoever opens it is told to ask the school.")
    return back(urn, case_id)


def address_of(token: str) -> str:
    """The whole address that a token opens."""
    return f"{settings.ONROLL_BASE_URL}{reverse('statement:show', args=[token])}"


def _may_have_one(one: Relative) -> bool:
    return not one.do_not_contact and one.may_be_told != "nothing"
