"""The lists behind the numbers of Oversight."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.domain.casework.states import State
from onroll.domain.duties.finding import Status
from onroll.domain.permissions import Permission
from onroll.pages.oversight.forms import CaseFilters, DutyFilters
from onroll.pages.paging import Paging
from onroll.pages.requests import OnrollRequest
from onroll.pages.today.lines import line
from onroll.queries import doors
from onroll.queries.oversight import BANDS
from onroll.queries.oversight_lists import NOBODY, AskedDuties, case_list, duty_list

SIZE = 20


@require_safe
def duties(request: OnrollRequest, urn: int) -> HttpResponse:
    """Duties by status, holder, paragraph and state of the case."""
    school = doors.school(request.actor, urn, Permission.OVERSIGHT_SEE)
    wanted = Paging.of(request.GET.get("page"), 10**6, SIZE)
    on, asked = timezone.localdate(), asked_duties(request.GET)
    page = duty_list(request.actor, school, asked, first=wanted.offset, size=SIZE, on=on, at=timezone.now())
    context = {
        "school": school,
        "page": page,
        "lines": [line(request.actor, school, one, on) for one in page.rows],
        "filters": DutyFilters(request.GET, choices=page.choices),
        "paging": Paging.of(request.GET.get("page"), page.total, SIZE),
        "narrowed": asked != AskedDuties(),
    }
    return render(request, "oversight/duties.html", context)


@require_safe
def cases(request: OnrollRequest, urn: int) -> HttpResponse:
    """Open cases by state and by days missed."""
    school = doors.school(request.actor, urn, Permission.OVERSIGHT_SEE)
    wanted = Paging.of(request.GET.get("page"), 10**6)
    days = _number(request.GET.get("days"))
    page = case_list(
        request.actor,
        school,
        state=_state(request.GET),
        days=days if days in BANDS else None,
        first=wanted.offset,
        size=wanted.size,
        on=timezone.localdate(),
        at=timezone.now(),
        page="oversight-list",
    )
    context = {
        "school": school,
        "page": page,
        "filters": CaseFilters(request.GET),
        "paging": Paging.of(request.GET.get("page"), page.total),
    }
    return render(request, "oversight/cases.html", context)


def asked_duties(query: QueryDict) -> AskedDuties:
    """What a list of duties is narrowed to. Nonsense is as if it were not asked."""
    status, holder = query.get("status", ""), query.get("holder", "")
    pack, _, paragraph = query.get("paragraph", "").partition("/")
    return AskedDuties(
        status=Status(status) if status in set(Status) else None,
        holder=NOBODY if holder == "nobody" else _number(holder),
        paragraph=(pack, paragraph) if paragraph else None,
        state=_state(query),
    )


def _state(query: QueryDict) -> State | None:
    state = query.get("state", "")
    return State(state) if state in set(State) else None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None
