"""What somebody does to a file: approve, cancel, have it read again, undo."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from onroll.actions.imports import applying, closing, columns, undoing
from onroll.domain.permissions import Permission
from onroll.domain.register.import_states import Move, may
from onroll.domain.register.pupil_match import to_check
from onroll.domain.vocabulary import Refusal, Refused
from onroll.pages.registers.forms import ApproveForm, VersionForm
from onroll.pages.registers.preview import preview_of
from onroll.pages.registers.words import STATUS
from onroll.pages.requests import OnrollRequest
from onroll.queries import doors
from onroll.queries.imports import barriers
from onroll.queries.imports import seen as imports_seen


@require_POST
def approve(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """Let a file into the register."""
    school = doors.school(request.actor, urn, Permission.REGISTER_IMPORT)
    row = imports_seen.one(school, import_id)
    form = ApproveForm(request.POST, checks=to_check(row.counts) > 0)
    if form.is_valid():
        applying.approve(
            request.actor,
            import_id,
            version=form.cleaned_data["version"],
            names_checked=form.cleaned_data.get("checked", False),
            at=timezone.now(),
        )
        return redirect("registers:show", urn=urn, import_id=import_id)
    context = {"school": school, "row": row, "status": STATUS[row.state], "may_import": True}
    return render(
        request, "registers/ready.html", {**context, **preview_of(school, row), "approve": form, "form": form}
    )


def cancel(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """Ask once more, then give a file up."""
    school = doors.school(request.actor, urn, Permission.REGISTER_IMPORT)
    row = imports_seen.one(school, import_id)
    if request.method == "POST":
        closing.cancel(request.actor, import_id, version=_version(request), at=timezone.now())
        messages.success(request, "The file was cancelled and deleted. The register is as it was.")
        return redirect("registers:list", urn=urn)
    if not may(row.state, Move.CANCEL):
        raise Refusal(
            Refused.CONFLICT, "This file can no longer be cancelled. Open its page to see how it stands."
        )
    return render(
        request, "registers/cancel.html", {"school": school, "row": row, "form": _form(row.version)}
    )


def undo(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """Say what undoing does and what may stand in the way; then undo."""
    school = doors.school(request.actor, urn, Permission.REGISTER_IMPORT)
    row = imports_seen.one(school, import_id)
    if request.method == "POST":
        undoing.undo(request.actor, import_id, version=_version(request), at=timezone.now())
        return redirect("registers:show", urn=urn, import_id=import_id)
    if not may(row.state, Move.UNDO):
        raise Refusal(Refused.CONFLICT, "Only a file that is in the register can be undone.")
    context = {
        "school": school,
        "row": row,
        "barrier": barriers.barrier_of(school, import_id, at=timezone.now()),
        "form": _form(row.version),
    }
    return render(request, "registers/undo.html", context)


@require_POST
def read_again(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """Read a file again, after something was put right."""
    doors.school(request.actor, urn, Permission.REGISTER_IMPORT)
    columns.read_again(request.actor, import_id, version=_version(request), at=timezone.now())
    return redirect("registers:show", urn=urn, import_id=import_id)


@require_POST
def change_columns(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """Choose the columns of a file again."""
    doors.school(request.actor, urn, Permission.REGISTER_IMPORT)
    columns.change_columns(request.actor, import_id, version=_version(request), at=timezone.now())
    return redirect("registers:columns", urn=urn, import_id=import_id)


@require_POST
def start_again(request: OnrollRequest, urn: int, import_id: int) -> HttpResponse:
    """Queue the work on a file once more."""
    doors.school(request.actor, urn, Permission.REGISTER_IMPORT)
    closing.start_again(request.actor, import_id, version=_version(request), at=timezone.now())
    return redirect("registers:show", urn=urn, import_id=import_id)


def _form(version: int) -> VersionForm:
    return VersionForm(initial={"version": version})


def _version(request: OnrollRequest) -> int:
    """The version that the page showed; one that was tampered with fits no import, and is told as stale."""
    form = VersionForm(request.POST)
    return int(form.cleaned_data["version"]) if form.is_valid() else 0
