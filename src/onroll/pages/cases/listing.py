"""The list of cases, and the same as a file."""

import csv
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onroll.domain.casework.states import State
from onroll.domain.permissions import Permission
from onroll.pages.cases.forms import CaseFilters
from onroll.pages.downloads import csv_file, safe_row
from onroll.pages.duty_lines import when
from onroll.pages.paging import Paging
from onroll.pages.parts import Link
from onroll.pages.requests import OnrollRequest
from onroll.queries import case_list, doors
from onroll.queries.case_list import Asked, CaseList, CaseRow, Order

TEXT = "cases-text"  # where the session keeps the name that was typed: it never stands in an address


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: OnrollRequest, urn: int) -> HttpResponse:
    """Cases, narrowed as asked, a page at a time; the one whose duty comes first stands first."""
    school = doors.school(request.actor, urn, Permission.CASE_SEE)
    if request.method == "POST":
        return _narrow(request)
    asked = _asked(request)
    on, at = timezone.localdate(), timezone.now()
    first = Paging.of(request.GET.get("page"), 10**6).offset
    page = case_list.case_list(request.actor, school, asked, first=first, on=on, at=at)
    context = {
        "school": school,
        "page": page,
        "lines": [(row, when(row.next.status, row.next.due_on, on) if row.next else "") for row in page.rows],
        "asked": asked,
        "views": _views(page, asked, reverse("cases:list", args=[urn])),
        "paging": Paging.of(request.GET.get("page"), page.total),
        "filters": CaseFilters(
            {**request.GET.dict(), "q": asked.text}, states=[(state.value, state.words) for state in State]
        ),
        "query": request.GET.urlencode(),
        "may_open": request.actor.may(Permission.CASE_OPEN, school.id),
        "may_log": request.actor.may(Permission.CASE_WORK, school.id),
        "may_team": request.actor.may(Permission.CASE_TEAM, school.id),
        "by_name": Order.NAME,
    }
    return render(request, "cases/list.html", context)


@require_safe
def file(request: OnrollRequest, urn: int) -> HttpResponse:
    """The same list as a CSV file."""
    school = doors.school(request.actor, urn, Permission.CASE_SEE)
    on = timezone.localdate()
    rows = case_list.all_cases(request.actor, school, _asked(request), on=on, at=timezone.now())
    response = csv_file(f"cases-{school.urn}-{on.isoformat()}.csv")
    writer = csv.writer(response)
    writer.writerow(_HEADINGS)
    for row in rows:
        writer.writerow(safe_row(_cells(row)))
    return response


_HEADINGS = (
    "Name", "Year", "Tutor group", "State", "Opened", "Closed", "Expected to be away from",
    "Health count: days", "Duties overdue", "Next duty", "Next duty: due",
)  # fmt: skip


def _cells(row: CaseRow) -> list[object]:
    title, due_on = (row.next.title, row.next.due_on) if row.next else ("", None)
    return [
        row.name, row.year_group, row.tutor_group, row.state.words, row.opened_on, row.closed_on, row.expected_from,
        row.days, row.overdue, title, due_on,
    ]  # fmt: skip


def _narrow(request: OnrollRequest) -> HttpResponse:
    """Keep the text, and go to the address of what was chosen."""
    query = {name: request.POST[name] for name in ("state", "whose", "sort") if request.POST.get(name)}
    if text := request.POST.get("q", "").strip()[:80]:
        request.session[TEXT] = text
        query["found"] = "1"
    return redirect(f"{request.path}?{urlencode(query)}" if query else request.path)


def _asked(request: OnrollRequest) -> Asked:
    """What the address asks for. Nonsense is left out."""
    query = request.GET
    state, sort = query.get("state", ""), query.get("sort", "")
    order = sort.removeprefix("-")
    return Asked(
        text=request.session.get(TEXT, "") if query.get("found") else "",
        state=State(state) if state in set(State) else None,
        mine=query.get("whose") == "mine",
        order=Order(order) if order in set(Order) else Order.DUE,
        backwards=sort.startswith("-"),
    )


def _views(page: CaseList, asked: Asked, href: str) -> list[Link]:
    """The list at a glance: every open case, mine, closed."""
    whole = asked.text == ""
    return [
        Link("Open", href, current=whole and asked.state is None and not asked.mine, count=page.open),
        Link("On my teams", f"{href}?whose=mine", current=whole and asked.mine and asked.state is None),
        Link(
            "Closed",
            f"{href}?state=closed",
            current=whole and asked.state is State.CLOSED and not asked.mine,
            count=page.counts.get(State.CLOSED, 0),
        ),
    ]
