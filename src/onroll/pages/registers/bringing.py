"""Bring a file in, and say which of its columns is what."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from onroll.actions.imports.bringing import bring
from onroll.actions.imports.columns import confirm_columns
from onroll.domain.permissions import Permission
from onroll.pages.registers.first_rows import first_rows
from onroll.pages.registers.forms import BringInForm, ColumnsForm, columns_initial, number
from onroll.pages.requests import OnrollRequest
from onroll.pages.uploading import was_too_large
from onroll.queries import doors
from onroll.queries.imports.columns import ColumnsPage, columns_page


def bring_in(request: OnrollRequest, urn: int) -> HttpResponse:
    """Choose a file. One that is no table is told at its question, and is not kept."""
    school = doors.school(request.actor, urn, Permission.REGISTER_IMPORT)
    form = _form(request)
    if form.is_valid():
        file = form.cleaned_data["file"]
        brought = bring(request.actor, school, file_name=file.name, source=file.chunks(), at=timezone.now())
        if brought.import_id is not None:
            return redirect("registers:show", urn=urn, import_id=brought.import_id)
        form.add_error("file", brought.problem)
    return render(request, "registers/bring_in.html", {"school": school, "form": form})


def _form(request: OnrollRequest) -> BringInForm:
    if request.method != "POST":
        return BringInForm()
    return BringInForm(request.POST, request.FILES, too_large=was_too_large(request))


def columns(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """Which column is what: guessed, shown on the first lines, corrected, then kept for the next file."""
    school = doors.school(request.actor, urn, Permission.REGISTER_IMPORT)
    page = columns_page(request.actor, school, import_id, None, at=timezone.now())
    initial = columns_initial(page.shape, page.places)
    form = ColumnsForm(request.POST or None, columns=page.columns, header=page.header, initial=initial)
    if form.is_valid():
        chosen = form.chosen()
        page = columns_page(request.actor, school, import_id, chosen, at=timezone.now())
        if not page.complete:
            form.tell_unfit()
        elif request.POST.get("do") == "read":
            version = number(request.POST.get("version")) or 0
            confirm_columns(request.actor, import_id, version=version, columns=chosen, at=timezone.now())
            return redirect("registers:show", urn=urn, import_id=import_id)
    context = {"school": school, "page": page, "form": form, "import_id": import_id, **_facts(page)}
    return render(request, "registers/columns.html", context)


def _facts(page: ColumnsPage) -> dict[str, object]:
    return {"preview": first_rows(page) if page.lines else None}
