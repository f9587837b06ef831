"""One roll file: how far it is, what it would do, what it did."""

import csv
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.domain.register.import_states import ImportState, Move, may
from onroll.domain.vocabulary import not_found
from onroll.pages.downloads import csv_file, safe_row
from onroll.pages.registers.words import STATUS
from onroll.pages.requests import OnrollRequest
from onroll.pages.roll.forms import ApproveForm
from onroll.pages.roll.room import first_of, paging_of, roll_of, school_of
from onroll.pages.roll.words import LISTS, PROBLEMS, dates_words, differences, given_name
from onroll.queries.doors import SchoolSeen
from onroll.queries.imports.problems import problems_page, rejected
from onroll.queries.imports.seen import ImportSeen
from onroll.queries.roll.history import changes_page, recount_of
from onroll.queries.roll.preview import PAGE, missing_page, staged_page
from onroll.queries.roll.questions import open_questions


@require_safe
def show(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """One file, as its state asks."""
    school = school_of(request, urn)
    row = roll_of(school, import_id)
    if row.state is ImportState.MAPPING:
        return redirect("roll:columns", urn=urn, import_id=import_id)
    if row.is_working:
        return render(
            request, "roll/working.html", {"school": school, "row": row, "status": STATUS[row.state]}
        )
    if row.state is ImportState.READY:
        form = ApproveForm(counts=row.counts, initial={"version": row.version})
        return render(request, "roll/ready.html", ready(school, row, form))
    return render(request, "roll/done.html", _done(school, row))


def ready(school: SchoolSeen, row: ImportSeen, form: ApproveForm) -> dict[str, Any]:
    """What the page of a file that waits for approval shows."""
    counts = row.counts
    return {
        "school": school,
        "row": row,
        "form": form,
        "open_questions": open_questions(school, row.id),
        "asked": counts.get("ask", 0),
        "lists": [(key, counts.get(key, 0), words.after(counts.get(key, 0))) for key, words in LISTS.items()],
        "problems": _problems(row),
        "missing": counts.get("missing", 0),
        "new_groups": [*counts.get("new-years", ()), *counts.get("new-tutor-groups", ())],  # type: ignore[misc]
        "changes_nothing": not any(counts.get(key) for key in ("new", "changed", "ask")),
    }


def _problems(row: ImportSeen) -> list[tuple[str, int, str]]:
    found = ((key, row.counts.get(key, 0), words) for key, words in PROBLEMS.items())
    return [(key, number, words.after(number)) for key, number, words in found if number]


def _done(school: SchoolSeen, row: ImportSeen) -> dict[str, Any]:
    return {
        "school": school,
        "row": row,
        "status": STATUS[row.state],
        "applied": row.state is ImportState.APPLIED,
        "recount": recount_of(school, row.id),
        "problems": _problems(row),
        "kept": row.cleared_at is None,
        "may_change_columns": may(row.state, Move.CHANGE_COLUMNS),
    }


@require_safe
def pupils(request: OnrollRequest, urn: int, import_id: int, state: str) -> HttpResponse:
    """The pupils of a read file who are new, who change, or who stay as they are."""
    school = school_of(request, urn)
    row = roll_of(school, import_id)
    if state not in LISTS:
        raise not_found()
    page, total = staged_page(
        request.actor, school, import_id, state, first=first_of(request, PAGE), at=timezone.now()
    )
    context = {
        "school": school,
        "row": row,
        "words": LISTS[state],
        "state": state,
        "total": total,
        "lines": [
            (one, given_name(one.given), dates_words(one.given), differences(one.differences)) for one in page
        ],
        "paging": paging_of(request, total, PAGE),
    }
    return render(request, "roll/pupils.html", context)


@require_safe
def would_miss(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """The pupils on roll whom a read file does not name."""
    school = school_of(request, urn)
    row = roll_of(school, import_id)
    page, total = missing_page(
        request.actor,
        school,
        import_id,
        first=first_of(request, PAGE),
        on=timezone.localdate(),
        at=timezone.now(),
    )
    context = {"school": school, "row": row, "pupils": page, "total": total}
    return render(request, "roll/would_miss.html", context | {"paging": paging_of(request, total, PAGE)})


@require_safe
def problems(request: OnrollRequest, urn: int, import_id: int, kind: str) -> HttpResponse:
    """The lines of a file that are not used, or of which a cell is to be looked at."""
    school = school_of(request, urn)
    row = roll_of(school, import_id)
    if kind not in PROBLEMS:
        raise not_found()
    page = problems_page(
        request.actor, school, import_id, kind, first=first_of(request, PAGE), at=timezone.now()
    )
    context = {
        "school": school,
        "row": row,
        "words": PROBLEMS[kind],
        "lines": page.rows,
        "total": page.total,
        "paging": paging_of(request, page.total, PAGE),
    }
    return render(request, "roll/problems.html", context)


@require_safe
def problems_file(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """All lines that are not used or are to be looked at, to take away and put right."""
    school = school_of(request, urn)
    row = roll_of(school, import_id)
    response = csv_file(f"roll-problems-{row.id}.csv")
    writer = csv.writer(response)
    writer.writerow(("Line", "Column", "Reason", "Used", "Pupil"))
    for line in rejected(request.actor, school, import_id, at=timezone.now()):
        used = "no" if line.kind == "left-out" else "all but this cell"
        writer.writerow(safe_row([line.line or "", line.column, line.reason, used, line.raw]))
    return response


@require_safe
def changes(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """What a written file changed, pupil by pupil."""
    school = school_of(request, urn)
    row = roll_of(school, import_id)
    page, total = changes_page(
        request.actor, school, import_id, first=first_of(request, PAGE), at=timezone.now()
    )
    context = {
        "school": school,
        "row": row,
        "total": total,
        "changed": [(one, differences(one.differences)) for one in page],
        "paging": paging_of(request, total, PAGE),
    }
    return render(request, "roll/changes.html", context)
