"""Write on a case: a contact, a decision, a note, a document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onroll.actions.timeline.documents import add_document
from onroll.actions.timeline.recording import record_contact, record_decision, record_note
from onroll.domain.casework.entries import Entry
from onroll.domain.casework.tiers import tiers_of
from onroll.domain.permissions import Permission
from onroll.pages.case_frame import case_frame
from onroll.pages.requests import OnrollRequest
from onroll.pages.timeline import drafts
from onroll.pages.timeline.document_forms import DocumentForm
from onroll.pages.timeline.forms import ContactForm, DecisionForm, NoteForm, Offered, WritingForm
from onroll.pages.uploading import was_too_large
from onroll.queries import doors
from onroll.queries.case_head import CaseHead, case_head
from onroll.queries.circle import colleagues
from onroll.queries.doors import SchoolSeen
from onroll.queries.whom import people_to_contact

read_or_send = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind is asked for and told."""

    form: type[WritingForm]
    template: str
    told: str  # when it is done


KINDS: Mapping[Entry, Kind] = MappingProxyType({
    Entry.CONTACT: Kind(ContactForm, "timeline/contact.html", "Contact recorded."),
    Entry.DECISION: Kind(DecisionForm, "timeline/decision.html", "Decision recorded."),
    Entry.NOTE: Kind(NoteForm, "timeline/note.html", "Note added."),
    Entry.DOCUMENT: Kind(DocumentForm, "timeline/document.html", "Document added."),
})  # fmt: skip


@read_or_send
def contact(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """The quick log: a call is recorded in half a minute. `?with=pupil` says whom it is about."""
    return _write(request, urn, case_id, Entry.CONTACT, record_contact, wanted=request.GET.get("with", ""))


@read_or_send
def decision(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """A question that was decided."""
    return _write(request, urn, case_id, Entry.DECISION, record_decision)


@read_or_send
def note(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """Something worth keeping."""
    return _write(request, urn, case_id, Entry.NOTE, record_note)


@read_or_send
def document(request: OnrollRequest, urn: int, case_id: int) -> HttpResponse:
    """A paper. A file that is not taken is told at its question; the rest of the form stays as it was."""
    school, head = _opened(request, urn, case_id)
    if not head.is_open:
        return _closed(request, school, head)
    form = _form(request, school, head, Entry.DOCUMENT, too_large=was_too_large(request))
    if request.method == "POST" and form.is_valid():
        drafts.keep(request, Entry.DOCUMENT, case_id)
        added = add_document(
            request.actor,
            school,
            case_id,
            given=form.given(),  # type: ignore[arg-type]
            source=form.cleaned_data["file"].file,
            form_key=form.cleaned_data["form_key"],
            on=timezone.localdate(),
            at=timezone.now(),
        )
        if added.entry_id is not None:
            return _done(request, urn, case_id, Entry.DOCUMENT)
        form.add_error("file", added.problem)
    return _shown(request, school, head, form, Entry.DOCUMENT)


def offered_to(request: OnrollRequest, school: SchoolSeen, head: CaseHead, kind: Entry) -> Offered:
    """What a form of this kind may offer to this person."""
    about_people = kind is Entry.CONTACT
    return Offered(
        on=timezone.localdate(),
        me=request.actor.id,
        tiers=tiers_of(request.actor, school.id),
        people=people_to_contact(head.pupil_id, head.id) if about_people else (),
        staff=(
            colleagues(school.id, Permission.SCHOOL_SEE) if about_people or kind is Entry.DECISION else ()
        ),
    )


def _write(
    request: OnrollRequest, urn: int, case_id: int, kind: Entry, record: Callable[..., int], **more: Any
) -> HttpResponse:
    school, head = _opened(request, urn, case_id)
    if not head.is_open:
        return _closed(request, school, head)
    form = _form(request, school, head, kind, **more)
    if request.method == "POST" and form.is_valid():
        drafts.keep(request, kind, case_id)
        record(
            request.actor,
            school.id,
            case_id,
            given=form.given(),
            form_key=form.cleaned_data["form_key"],
            on=timezone.localdate(),
            at=timezone.now(),
        )
        return _done(request, urn, case_id, kind)
    return _shown(request, school, head, form, kind)


def _opened(request: OnrollRequest, urn: int, case_id: int) -> tuple[SchoolSeen, CaseHead]:
    school = doors.school(request.actor, urn, Permission.CASE_WORK)
    head = case_head(
        request.actor, school, case_id, Permission.CASE_WORK, page="timeline-write", at=timezone.now()
    )
    return school, head


def _form(
    request: OnrollRequest, school: SchoolSeen, head: CaseHead, kind: Entry, **more: Any
) -> WritingForm:
    offered, form = offered_to(request, school, head, kind), KINDS[kind].form
    if request.method == "POST":
        return form(request.POST, request.FILES, offered=offered, **more)
    return form(drafts.kept(request, kind, head.id), offered=offered, **more)


def _done(request: OnrollRequest, urn: int, case_id: int, kind: Entry) -> HttpResponse:
    drafts.forget(request, kind, case_id)
    messages.success(request, KINDS[kind].told)
    return redirect("timeline:show", urn=urn, case_id=case_id)


def _shown(
    request: OnrollRequest, school: SchoolSeen, head: CaseHead, form: WritingForm, kind: Entry
) -> HttpResponse:
    context = {
        **case_frame(request.actor, school, head, "timeline"),
        "form": form,
        "kept": form.is_bound and request.method != "POST",
    }
    return render(request, KINDS[kind].template, context)


def _closed(request: OnrollRequest, school: SchoolSeen, head: CaseHead) -> HttpResponse:
    return render(request, "timeline/closed.html", case_frame(request.actor, school, head, "timeline"))
