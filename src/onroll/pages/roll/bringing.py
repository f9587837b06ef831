"""Bring a roll in, and say which of its columns is what."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from onroll.actions.roll.bringing import bring_roll, choose_columns
from onroll.actions.roll.reading import read_small_now
from onroll.pages.paging import PAGE_SIZE
from onroll.pages.parts import Preview, PreviewCell, PreviewRow
from onroll.pages.registers.words import STATUS
from onroll.pages.requests import OnrollRequest
from onroll.pages.roll.forms import ColumnsForm, RollFileForm
from onroll.pages.roll.room import first_of, paging_of, parts, school_of, version_of
from onroll.pages.roll.words import as_read
from onroll.queries.imports import seen as imports_seen
from onroll.queries.imports.seen import ROLL, Group
from onroll.queries.roll.columns import RollColumnsPage, columns_page


def upload(request: OnrollRequest, urn: int) -> HttpResponse:
    """Choose a file, and the files that were brought in before. One that is no table is told, and not kept."""
    school = school_of(request, urn)
    form = RollFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file, now = form.cleaned_data["file"], timezone.now()
        brought = bring_roll(request.actor, school, file_name=file.name, source=file.chunks(), at=now)
        if brought.import_id is not None:
            read_small_now(brought.import_id, at=now)
            return redirect("roll:show", urn=urn, import_id=brought.import_id)
        form.add_error("file", brought.problem)
    page = imports_seen.imports(school, Group.ALL, first=first_of(request, PAGE_SIZE), kind=ROLL)
    context = {
        "school": school,
        "form": form,
        "rows": [(row, STATUS[row.state]) for row in page.rows],
        "paging": paging_of(request, page.total, PAGE_SIZE),
        "parts": parts(school, "roll:upload"),
    }
    return render(request, "roll/upload.html", context)


def columns(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """Which column is what: guessed, shown on the first lines, corrected, then kept for the next file."""
    school = school_of(request, urn)
    page = columns_page(school, import_id, None, on=timezone.localdate())
    form = ColumnsForm(request.POST or None, columns=page.columns, places=page.places)
    if form.is_valid():
        chosen = form.chosen()
        if request.POST.get("do") == "read":
            now = timezone.now()
            choose_columns(request.actor, import_id, version=version_of(request), columns=chosen, at=now)
            read_small_now(import_id, at=now)
            return redirect("roll:show", urn=urn, import_id=import_id)
        page = columns_page(school, import_id, chosen, on=timezone.localdate())
    context = {
        "school": school,
        "page": page,
        "form": form,
        "import_id": import_id,
        "preview": _first_lines(page) if page.lines else None,
    }
    return render(request, "roll/columns.html", context)


def _first_lines(page: RollColumnsPage) -> Preview:
    rows = [
        PreviewRow(
            line.line,
            [
                PreviewCell(as_read(target, cell.text), cell.problem, "wrong" if cell.problem else "")
                for target, cell in zip(page.targets, line.cells, strict=True)
            ],
        )
        for line in page.lines
    ]
    return Preview("The first lines, as they will be read", [target.words for target in page.targets], rows)
