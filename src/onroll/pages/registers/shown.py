"""The files of a school, and one of them: how far it is, what it would do, what it did."""

import csv

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.domain.permissions import Permission
from onroll.domain.register.comparison import Outcome
from onroll.domain.register.import_states import ImportState
from onroll.domain.vocabulary import not_found
from onroll.pages.downloads import csv_file, safe_row
from onroll.pages.paging import Paging
from onroll.pages.registers.preview import preview_of
from onroll.pages.registers.room import may_import, parts
from onroll.pages.registers.words import CHECKS, GROUPS, OUTCOMES, PROBLEMS, STATUS, code_words
from onroll.pages.requests import OnrollRequest
from onroll.queries import doors
from onroll.queries.imports import seen as imports_seen
from onroll.queries.imports.marks import marks_page
from onroll.queries.imports.problems import problems_page, rejected
from onroll.queries.imports.seen import Group

_FIRST = 10**9  # the page that was asked for is held against the true total once that is known


@require_safe
def imports(request: OnrollRequest, urn: int) -> HttpResponse:
    """Every file that was brought in, newest first."""
    school = doors.school(request.actor, urn, Permission.REGISTER_SEE)
    asked = request.GET.get("group", "")
    group = Group(asked) if asked in set(Group) else Group.ALL
    page = imports_seen.imports(school, group, first=_asked(request).offset)
    context = {
        "school": school,
        "rows": [(row, STATUS[row.state]) for row in page.rows],
        "any": page.any,
        "group": group,
        "groups": GROUPS,
        "paging": Paging.of(request.GET.get("page"), page.total),
        "parts": parts(school, "registers:list"),
        "may_import": may_import(request.actor, school),
    }
    return render(request, "registers/list.html", context)


@require_safe
def show(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """One file, as its state asks: progress, what it would do, or what it did."""
    school = doors.school(request.actor, urn, Permission.REGISTER_SEE)
    row = imports_seen.one(school, import_id)
    may = may_import(request.actor, school)
    if row.state is ImportState.MAPPING and may:
        return redirect("registers:columns", urn=urn, import_id=import_id)
    context = {"school": school, "row": row, "status": STATUS[row.state], "may_import": may}
    if row.is_working:
        return render(request, "registers/working.html", context)
    if row.state is ImportState.READY:
        return render(request, "registers/ready.html", {**context, **preview_of(school, row)})
    return render(request, "registers/done.html", {**context, **preview_of(school, row)})


@require_safe
def marks(request: OnrollRequest, urn: int, import_id: int, outcome: str) -> HttpResponse:
    """The marks of a file that are new, the same, changed or kept."""
    school = doors.school(request.actor, urn, Permission.REGISTER_SEE)
    row = imports_seen.one(school, import_id)
    if outcome not in set(Outcome):
        raise not_found()
    page = marks_page(
        request.actor, school, import_id, Outcome(outcome), first=_asked(request).offset, at=timezone.now()
    )
    context = {
        "school": school,
        "row": row,
        "words": OUTCOMES[Outcome(outcome)],
        "changed": outcome == Outcome.CHANGED,
        "lines": [(mark, code_words(mark.old), code_words(mark.new)) for mark in page.rows],
        "total": page.total,
        "paging": Paging.of(request.GET.get("page"), page.total),
        "others": _others(page.total, row.counts.get(outcome, 0)),
    }
    return render(request, "registers/marks.html", context)


@require_safe
def problems(request: OnrollRequest, urn: int, import_id: int, kind: str) -> HttpResponse:
    """The lines of a file that cannot be used for one reason, or that a person must check."""
    school = doors.school(request.actor, urn, Permission.REGISTER_SEE)
    row = imports_seen.one(school, import_id)
    words = PROBLEMS.get(kind) or CHECKS.get(kind)
    if words is None:
        raise not_found()
    page = problems_page(
        request.actor, school, import_id, kind, first=_asked(request).offset, at=timezone.now()
    )
    context = {
        "school": school,
        "row": row,
        "words": words,
        "kind": kind,
        "check": kind in CHECKS,
        "lines": page.rows,
        "total": page.total,
        "counted": row.counts.get(kind, 0),
        "paging": Paging.of(request.GET.get("page"), page.total),
        "may_import": may_import(request.actor, school),
    }
    return render(request, "registers/problems.html", context)


@require_safe
def rejected_file(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """The lines that cannot be used, to take away and put right."""
    school = doors.school(request.actor, urn, Permission.REGISTER_SEE)
    row = imports_seen.one(school, import_id)
    response = csv_file(f"rejected-lines-{row.id}.csv")
    writer = csv.writer(response)
    writer.writerow(("Line", "Column", "Reason", "What to do", "As it stands in the file"))
    for line in rejected(request.actor, school, import_id, at=timezone.now()):
        what = PROBLEMS[line.kind].help if line.kind in PROBLEMS else ""
        writer.writerow(safe_row([line.line, line.column, line.reason, what, line.raw]))
    return response


def _asked(request: OnrollRequest) -> Paging:
    return Paging.of(request.GET.get("page"), _FIRST)


def _others(seen: int, counted: int) -> int:
    """How many marks are of pupils whom the reader does not see."""
    return max(counted - seen, 0)
