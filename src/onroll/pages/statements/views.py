"""Who is responsible for one case, who has had the statement, and the one thing to do next."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.domain.permissions import Permission
from onroll.pages.case_frame import case_frame
from onroll.pages.requests import OnrollRequest
from onroll.pages.statements import shown
from onroll.pages.statements.opened import PART
from onroll.queries import doors
from onroll.queries.case_head import head_of
from onroll.queries.packs import stack_of
from onroll.queries.statements import responsible_page


@require_safe
def show(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """The sentence, the statement for each reader, who has had it, and how it has changed."""
    school = doors.school(request.actor, urn, Permission.CASE_SEE)
    on, at = timezone.localdate(), timezone.now()
    case = doors.case(request.actor, school, case_id, Permission.CASE_SEE, page=PART, at=at)
    stack = stack_of(school.id, on)
    exactly = request.actor.may(Permission.MEDICAL_SEE, school.id)
    page = responsible_page(
        case, school.name, stack, reader_id=request.actor.id, exactly=exactly, on=on, at=at
    )
    head = head_of(case)
    frame = case_frame(request.actor, school, head, PART)
    may_work = bool(frame["may_work"])
    context = frame | {
        "page": page,
        "today": on,
        "next": shown.next_of(page, urn, case_id, may_work=may_work),
        "gaps": shown.gaps_of(page) if head.is_open else (),
        "family": shown.family_lines(page),
        "team": shown.team_lines(page, stack, request.actor.id),
        "may_move": head.is_open and request.actor.may(Permission.CASE_MOVE, school.id),
        "reader_id": request.actor.id,
        "audiences": shown.audiences_of(page, urn, case_id),
    }
    return render(request, "statements/show.html", context)
