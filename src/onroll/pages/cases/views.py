"""A case: its overview, its duties, its history."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.domain.permissions import Permission
from onroll.pages.case_frame import case_frame
from onroll.pages.cases import shown
from onroll.pages.cases.as_of import control
from onroll.pages.paging import Paging
from onroll.pages.requests import OnrollRequest
from onroll.queries import case_history, doors
from onroll.queries.case_head import case_head
from onroll.queries.case_page import case_page
from onroll.queries.packs import stack_of


@require_safe
def show(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """Who is responsible, what is next, how the count stands, where the case can go."""
    school = doors.school(request.actor, urn, Permission.CASE_SEE)
    on, at = timezone.localdate(), timezone.now()
    asked = control(request, on)
    page = case_page(request.actor, school, case_id, page="case", on=on, at=at, as_of=asked.as_of)
    frame = case_frame(request.actor, school, page.head, "case")
    may_do = bool(frame["may_work"]) and asked.as_of is None and page.died_on is None
    to_do = shown.to_do(page.findings)
    day = asked.as_of.on if asked.as_of else on
    context = (
        frame
        | {
            "page": page,
            "control": asked,
            "form": asked.form,  # its errors are told in the title too
            "lines": [shown.line_of(one, urn, page.stack, day, may_do=may_do) for one in to_do[: shown.NEXT]],
            "others": len(to_do) - shown.NEXT,
            "health_sentence": shown.health_sentence(page.health, school.threshold) if page.health else "",
            "moves": shown.moves_shown(page.offers, urn, case_id),
            "log_href": shown.href_to("timeline:contact", urn, case_id) if may_do else "",
            "may_do": may_do,
            "timeline_href": shown.href_to("timeline:show", urn, case_id),
        }
    )
    return render(request, "cases/show.html", context)


@require_safe
def duties(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """Every duty of the case, in the order of the policy, with its reason and what was looked at."""
    school = doors.school(request.actor, urn, Permission.CASE_SEE)
    on, at = timezone.localdate(), timezone.now()
    asked = control(request, on)
    page = case_page(
        request.actor, school, case_id, page="case-duties", on=on, at=at, as_of=asked.as_of, whole=False
    )
    frame = case_frame(request.actor, school, page.head, "duties")
    may_do = bool(frame["may_work"]) and asked.as_of is None and page.died_on is None
    day = asked.as_of.on if asked.as_of else on
    context = frame | {
        "page": page,
        "control": asked,
        "form": asked.form,  # its errors are told in the title too
        "packs": shown.packs_shown(page, urn, day, may_do=may_do),
        "policy_href": shown.href_to("policy:show", urn),
    }
    return render(request, "cases/duties.html", context)


@require_safe
def history(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """Every move, every arrangement, every change."""
    school = doors.school(request.actor, urn, Permission.CASE_SEE)
    head = case_head(
        request.actor, school, case_id, Permission.CASE_SEE, page="case-history", at=timezone.now()
    )
    first = (Paging.of(request.GET.get("page"), 10**6, size=case_history.CHANGES)).offset
    medical = request.actor.may(Permission.MEDICAL_SEE, school.id)
    found = case_history.history_of(case_id, first=first, medical=medical)
    stack = stack_of(school.id, timezone.localdate())
    context = case_frame(request.actor, school, head, "history") | {
        "history": found,
        "arrangements": [(one, shown.provided(one.said, stack.role)) for one in found.arrangements],
        "paging": Paging.of(request.GET.get("page"), found.changes_in_all, size=case_history.CHANGES),
    }
    return render(request, "cases/history.html", context)
