"""Looks and changes: who looked at whom, and who changed what. Numbers of pupils, never a name."""

import csv
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from onroll.actions.ledger_files import export_changes, export_looks
from onroll.domain.permissions import Permission
from onroll.pages.downloads import csv_file, safe_row
from onroll.pages.paging import PAGE_SIZE, Paging
from onroll.pages.parts import Link
from onroll.pages.requests import OnrollRequest
from onroll.pages.school.looks_forms import Filters, FindPupil
from onroll.queries import doors, ledger
from onroll.queries.doors import SchoolSeen

_LOOKS, _CHANGES = "school:looks", "school:changes"
_FIRST = 8  # numbers of pupils shown before "and 12 more"


@require_safe
def looks(request: OnrollRequest, urn: int) -> HttpResponse:
    """Who looked at pupils, newest first."""
    return _page(request, urn, _LOOKS, ledger.looks)


@require_safe
def changes(request: OnrollRequest, urn: int) -> HttpResponse:
    """Who changed what, newest first."""
    return _page(request, urn, _CHANGES, ledger.changes)


def find(request: OnrollRequest, urn: int) -> HttpResponse:
    """Find a pupil by UPN: posted, so that no address and no log has it."""
    school = doors.school(request.actor, urn, Permission.LOOKS_SEE)
    form = FindPupil(request.POST or None)
    if form.is_valid():
        pupil_id = ledger.pupil_by_upn(school, form.cleaned_data["upn"])
        if pupil_id is not None:
            return redirect(f"{reverse(_LOOKS, args=[urn])}?pupil={pupil_id}")
        form.add_error("upn", "No pupil of this school has this UPN, now or before")
    return render(request, "school/find_pupil.html", {"school": school, "form": form})


@require_POST
def looks_file(request: OnrollRequest, urn: int) -> HttpResponse:
    """The looks asked for, as a CSV file; the ledger says who took it."""
    school = doors.school(request.actor, urn, Permission.LOOKS_SEE)
    asked = _filters(request, school).asked()
    export_looks(request.actor, urn, asked, at=timezone.now())
    response = csv_file(f"looks-{urn}-{timezone.localdate().isoformat()}.csv")
    writer = csv.writer(response)
    writer.writerow(["When", "Who", "Page", "Pupils"])
    for row in ledger.all_looks(school, asked):
        pupils = " ".join(map(str, row.pupil_ids))
        writer.writerow(safe_row([_moment(row.at), row.person, row.page, pupils]))
    return response


@require_POST
def changes_file(request: OnrollRequest, urn: int) -> HttpResponse:
    """The changes asked for, as a CSV file; the ledger says who took it."""
    school = doors.school(request.actor, urn, Permission.LOOKS_SEE)
    asked = _filters(request, school).asked()
    export_changes(request.actor, urn, asked, at=timezone.now())
    response = csv_file(f"changes-{urn}-{timezone.localdate().isoformat()}.csv")
    writer = csv.writer(response)
    writer.writerow(["Row", "When", "Who", "What", "Of what", "More"])
    for row in ledger.all_changes(school, asked):
        writer.writerow(safe_row([row.number, _moment(row.at), row.person, row.did, row.subject, row.detail]))
    return response


def _page(
    request: OnrollRequest, urn: int, name: str, listed: Callable[..., tuple[list[Any], int]]
) -> HttpResponse:
    school = doors.school(request.actor, urn, Permission.LOOKS_SEE)
    filters = _filters(request, school)
    asked = filters.asked()
    wanted = Paging.of(request.GET.get("page"), 10**7)
    rows, total = listed(school, asked, offset=wanted.offset, size=PAGE_SIZE)
    paging = Paging.of(request.GET.get("page"), total)
    if not rows and total:  # an address beyond the last page
        rows, total = listed(school, asked, offset=paging.offset, size=PAGE_SIZE)
    context = {
        "school": school,
        "is_looks": name == _LOOKS,
        "parts": _parts(request, urn, name),
        "rows": [(row, row.pupil_ids[:_FIRST], row.pupil_ids[_FIRST:]) for row in rows]
        if name == _LOOKS
        else rows,
        "paging": paging,
        "filters": filters,
        "chips": filters.chips(),
        "here": reverse(name, args=[urn]),
        "may_open": request.actor.may(Permission.PUPIL_SEE, school.id),
    }
    return render(request, "school/looks.html" if name == _LOOKS else "school/changes.html", context)


def _filters(request: OnrollRequest, school: SchoolSeen) -> Filters:
    given = request.POST if request.method == "POST" else request.GET
    return Filters(given, people=ledger.people(school))


def _parts(request: OnrollRequest, urn: int, name: str) -> list[Link]:
    query = request.GET.copy()
    query.pop("page", None)
    tail = f"?{query.urlencode()}" if query else ""
    return [
        Link("Looks", reverse(_LOOKS, args=[urn]) + tail, current=name == _LOOKS),
        Link("Changes", reverse(_CHANGES, args=[urn]) + tail, current=name == _CHANGES),
    ]


def _moment(at: datetime) -> str:
    return timezone.localtime(at).isoformat(sep=" ", timespec="seconds")
