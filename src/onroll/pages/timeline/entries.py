"""One entry: read whole, corrected, withdrawn, and its file taken away."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onroll.actions.timeline.taking_back import correct as correct_entry
from onroll.actions.timeline.taking_back import withdraw as withdraw_entry
from onroll.domain.casework.entries import Entry
from onroll.domain.casework.given import ContactGiven, Given
from onroll.domain.casework.taking_back import may_take_back
from onroll.domain.permissions import Permission
from onroll.pages.case_frame import case_frame
from onroll.pages.requests import OnrollRequest
from onroll.pages.timeline.document_forms import PaperForm
from onroll.pages.timeline.forms import Offered, WithdrawForm, WritingForm, initial_of_contact
from onroll.pages.timeline.shown import facts_of, withdrawn_words
from onroll.pages.timeline.writing import KINDS, offered_to
from onroll.queries import doors
from onroll.queries.documents import open_document
from onroll.queries.doors import SchoolSeen
from onroll.queries.timeline import EntrySeen, Line, entry
from onroll.queries.written import given_to_correct, kind_of


@require_safe
def show(request: OnrollRequest, urn: int, case_id: int, kind: str, entry_id: int) -> HttpResponse:
    """The entry whole, what came of it, and what may be done with it."""
    school = doors.school(request.actor, urn, Permission.CASE_SEE)
    seen = _entry(request, school, case_id, kind, entry_id)
    context = {
        **_context(request, school, seen, kind),
        "facts": facts_of(seen.line),
        "withdrawn": withdrawn_words(seen.line),
        "may_take_back": _may_take_back(request, school, seen.line),
    }
    return render(request, "timeline/entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: OnrollRequest, urn: int, case_id: int, kind: str, entry_id: int) -> HttpResponse:
    """The same form, filled with what was written; sending it withdraws the old entry and records this one."""
    school = doors.school(request.actor, urn, Permission.CASE_WORK)
    seen = _entry(request, school, case_id, kind, entry_id)
    given = given_to_correct(request.actor, school.id, case_id, kind_of(kind), entry_id)
    offered = offered_to(request, school, seen.head, kind_of(kind))
    form = _form(kind_of(kind))(request.POST or None, offered=offered, initial=_initial(given, offered))
    if form.is_valid():
        made = correct_entry(
            request.actor,
            school.id,
            case_id,
            entry_id,
            given=form.given(),
            form_key=form.cleaned_data["form_key"],
            on=timezone.localdate(),
            at=timezone.now(),
        )
        messages.success(request, "Corrected. What stood there before is kept, struck through.")
        return redirect("timeline:entry", urn=urn, case_id=case_id, kind=kind, entry_id=made)
    context = {
        **_context(request, school, seen, kind),
        "form": form,
        "fields": f"timeline/fields_{kind}.html",
    }
    return render(request, "timeline/correct.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: OnrollRequest, urn: int, case_id: int, kind: str, entry_id: int) -> HttpResponse:
    """Take it back, with the reason."""
    school = doors.school(request.actor, urn, Permission.CASE_WORK)
    seen = _entry(request, school, case_id, kind, entry_id)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        withdraw_entry(
            request.actor,
            school.id,
            case_id,
            kind_of(kind),
            entry_id,
            reason=form.cleaned_data["reason"],
            on=timezone.localdate(),
            at=timezone.now(),
        )
        messages.success(
            request, "Withdrawn. The entry stays on the timeline, struck through, with your reason."
        )
        return redirect("timeline:show", urn=urn, case_id=case_id)
    return render(request, "timeline/withdraw.html", {**_context(request, school, seen, kind), "form": form})


@require_safe
def download(request: OnrollRequest, urn: int, case_id: int, entry_id: int) -> StreamingHttpResponse:
    """The file of a document, to be saved: never shown inside our own page, whatever it is."""
    school = doors.school(request.actor, urn, Permission.CASE_SEE)
    file = open_document(request.actor, school, case_id, entry_id, at=timezone.now())
    return StreamingHttpResponse(
        file.pieces,
        content_type=file.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{file.file_name}"',
            "Content-Length": str(file.size),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


def _entry(request: OnrollRequest, school: SchoolSeen, case_id: int, kind: str, entry_id: int) -> EntrySeen:
    return entry(
        request.actor, school, case_id, kind_of(kind), entry_id, page="timeline-entry", at=timezone.now()
    )


def _context(request: OnrollRequest, school: SchoolSeen, seen: EntrySeen, kind: str) -> dict[str, Any]:
    return {
        **case_frame(request.actor, school, seen.head, "timeline"),
        "line": seen.line,
        "kind": kind,
        "replaced_by": seen.replaced_by,
    }


def _may_take_back(request: OnrollRequest, school: SchoolSeen, line: Line) -> bool:
    return line.taken_back is None and may_take_back(
        request.actor, school.id, recorded_by_id=line.by_id, tier=line.tier
    )


def _form(kind: Entry) -> type[WritingForm]:
    return PaperForm if kind is Entry.DOCUMENT else KINDS[kind].form


def _initial(given: Given, offered: Offered) -> dict[str, Any]:
    if isinstance(given, ContactGiven):
        own = initial_of_contact(given, offered.people)
        return {**own, "happened_on": given.happened_on, "tier": given.tier}
    fields = asdict(given)
    if "decided_by_id" in fields:
        fields["decided_by"] = fields.pop("decided_by_id")
    return fields
