"""A statement as it was issued: on the page, and on paper."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onroll.domain.casework.statement import Audience, without_how
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import not_allowed, not_found
from onroll.pages.requests import OnrollRequest
from onroll.pages.statements.opened import open_page
from onroll.queries.statement_paper import kept_statement, statement_paper, who_had_it


@require_safe
def kept(request: OnrollRequest, urn: int, case_id: int, statement_id: int) -> HttpResponse:
    """The words of one statement, for each reader."""
    here = open_page(request, urn, case_id, Permission.CASE_SEE)
    statement = kept_statement(case_id, statement_id)
    exactly = request.actor.may(Permission.MEDICAL_SEE, here.school.id)
    told = [(audience, one if exactly else without_how(one)) for audience, one in statement.told.items()]
    return render(
        request,
        "statements/kept.html",
        here.frame | {"kept": statement, "told": told, "had": who_had_it(statement_id)},
    )


@require_safe
def paper(request: OnrollRequest, urn: int, case_id: int, statement_id: int, audience: str) -> HttpResponse:
    """The statement for one reader as a PDF; `?large=yes` for large print. The file's name names no child."""
    if audience not in set(Audience):
        raise not_found()
    here = open_page(request, urn, case_id, Permission.CASE_SEE, page="responsible-paper")
    large = request.GET.get("large") == "yes"
    statement = kept_statement(case_id, statement_id)
    told = statement.told[Audience(audience)]
    if told != without_how(told) and not request.actor.may(Permission.MEDICAL_SEE, here.school.id):
        raise not_allowed(Permission.MEDICAL_SEE, here.school.name)  # half a paper is not what was sent
    made = statement_paper(
        statement,
        Audience(audience),
        school_name=here.school.name,
        pupil_name=here.head.pupil_name,
        large=large,
    )
    answer = HttpResponse(made.pdf, content_type="application/pdf")
    name = f"who-is-responsible-{audience}{'-large' if large else ''}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
