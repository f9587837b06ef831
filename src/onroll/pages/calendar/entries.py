"""Add, change, withdraw and restore an entry of the calendar, each with a look at what would move."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from onroll.actions.calendar.entries import add_entry, change_entry, restore_entry, withdraw_entry
from onroll.actions.calendar.scope import Facts
from onroll.domain.permissions import Permission
from onroll.domain.schoolcalendar import CalendarEntry, Kind, Layer, school_year
from onroll.domain.vocabulary import Refusal, Refused
from onroll.pages.calendar.forms import EntryForm, WithdrawForm
from onroll.pages.calendar.words import KIND_HINTS, for_whom, kind_and_name, said, span
from onroll.pages.moved import ask_first, told, wants_the_form
from onroll.pages.parts import SummaryRow
from onroll.pages.requests import OnrollRequest
from onroll.queries import calendar_pages, doors
from onroll.queries.calendar_pages import EntrySeen, Whom
from onroll.queries.doors import SchoolSeen

_TRUSTS_OWN = "This entry counts at every school of the trust, and your roles are not at all of them."


def add(request: OnrollRequest, urn: int) -> HttpResponse:
    """Add an entry."""
    school = doors.school(request.actor, urn, Permission.CALENDAR_EDIT)
    whom = calendar_pages.whom(request.actor, school)
    kind = request.GET.get("kind", "")
    form = EntryForm(
        request.POST or None,
        whom=whom,
        standing=calendar_pages.standing_entries(school),
        initial={"kind": kind if kind in set(Kind) else "", "whom": "school"},
    )
    if form.is_valid() and not wants_the_form(request):
        facts = form.facts()
        doing = partial(add_entry, request.actor, school.id, facts, at=timezone.now())
        asked = ask_first(request, school, doing, doing="Add this entry", what=_said(facts))
        return asked or told(
            request,
            school,
            doing(),
            done=f"Added: {_said(facts)}.",
            room="calendar",
            otherwise=_year_of(school, facts.first),
        )
    context = {"school": school, "form": form, "kind_hints": KIND_HINTS, "back": _back(school)}
    return render(request, "calendar/add.html", context)


def change(request: OnrollRequest, urn: int, entry_id: int) -> HttpResponse:
    """Let an entry say something else. When it no longer stands, both texts are shown."""
    school = doors.school(request.actor, urn, Permission.CALENDAR_EDIT)
    whom = calendar_pages.whom(request.actor, school)
    row = _mine(calendar_pages.entry(school, entry_id), whom)
    standing = calendar_pages.standing_entries(school)
    form = EntryForm(request.POST or None, whom=whom, standing=standing, changing=row)
    if row.withdrawn_at is not None:
        return _too_late(request, school, row, form)
    if form.is_valid() and not wants_the_form(request):
        facts = form.facts()
        doing = partial(change_entry, request.actor, school.id, entry_id, facts, at=timezone.now())
        asked = ask_first(request, school, doing, doing="Save this change", what=_said(facts))
        return asked or told(
            request,
            school,
            doing(),
            done=f"Saved: {_said(facts)}.",
            room="calendar",
            otherwise=_year_of(school, facts.first),
        )
    context = {
        "school": school,
        "form": form,
        "row": row,
        "kind_hints": KIND_HINTS,
        "back": _back(school, row),
    }
    return render(request, "calendar/change.html", context)


def withdraw(request: OnrollRequest, urn: int, entry_id: int) -> HttpResponse:
    """Ask once more, saying what would move, then take an entry out."""
    school = doors.school(request.actor, urn, Permission.CALENDAR_EDIT)
    row = _mine(calendar_pages.entry(school, entry_id), calendar_pages.whom(request.actor, school))
    form = WithdrawForm(request.POST or None)
    if row.withdrawn_at is not None:
        return redirect(_year_of(school, row.entry.first))
    if form.is_valid() and not wants_the_form(request):
        because = form.cleaned_data["because"]
        doing = partial(
            withdraw_entry, request.actor, school.id, entry_id, because=because, at=timezone.now()
        )
        asked = ask_first(request, school, doing, doing="Take this entry out", what=said(row.entry))
        return asked or told(
            request,
            school,
            doing(),
            done=f"Taken out: {said(row.entry)}. You can put it back from the end of this page.",
            room="calendar",
            otherwise=_year_of(school, row.entry.first),
        )
    context = {"school": school, "form": form, "row": row, "facts": _facts(row), "back": _back(school, row)}
    return render(request, "calendar/withdraw.html", context)


@require_POST
def restore(request: OnrollRequest, urn: int, entry_id: int) -> HttpResponse:
    """Put a withdrawn entry back."""
    school = doors.school(request.actor, urn, Permission.CALENDAR_EDIT)
    row = _mine(calendar_pages.entry(school, entry_id), calendar_pages.whom(request.actor, school))
    otherwise = _year_of(school, row.entry.first)
    if wants_the_form(request):
        return redirect(otherwise)
    doing = partial(restore_entry, request.actor, school.id, entry_id, at=timezone.now())
    asked = ask_first(request, school, doing, doing="Put this entry back", what=said(row.entry))
    return asked or told(
        request, school, doing(), done=f"Put back: {said(row.entry)}.", room="calendar", otherwise=otherwise
    )


def _too_late(request: OnrollRequest, school: SchoolSeen, row: EntrySeen, form: EntryForm) -> HttpResponse:
    """Somebody else was first: show what stands now beside what was entered. Nothing is lost or overwritten."""
    stands = calendar_pages.what_stands_for(row.id or 0)
    context = {
        "school": school,
        "form": form,
        "row": row,
        "stands": _facts(stands) if stands else [],
        "entered": _entered(form) if form.is_bound and form.is_valid() else [],
        "action": reverse("calendar:change", args=[school.urn, stands.id])
        if stands
        else reverse("calendar:add", args=[school.urn]),
        "kind_hints": KIND_HINTS,
        "back": _back(school, row),
    }
    return render(request, "calendar/too_late.html", context, status=409 if form.is_bound else 200)


def _mine(row: EntrySeen, whom: Whom) -> EntrySeen:
    if row.entry.layer is Layer.TRUST and not whom.trust:
        raise Refusal(
            Refused.NOT_ALLOWED, _TRUSTS_OWN, ask="Ask somebody who looks after the trust's calendar."
        )
    return row


def _facts(row: EntrySeen) -> list[SummaryRow]:
    return [
        SummaryRow("What", kind_and_name(row.entry)),
        SummaryRow("When", span(row.entry.first, row.entry.last)),
        SummaryRow("For", for_whom(row)),
    ]


def _entered(form: EntryForm) -> list[SummaryRow]:
    facts = form.facts()
    whom = dict(form.fields["whom"].choices)[form.cleaned_data["whom"]]  # type: ignore[attr-defined]
    entry = CalendarEntry(facts.kind, facts.first, facts.last, facts.name)
    return [
        SummaryRow("What", kind_and_name(entry)),
        SummaryRow("When", span(facts.first, facts.last)),
        SummaryRow("For", whom),
    ]


def _said(facts: Facts) -> str:
    return said(CalendarEntry(facts.kind, facts.first, facts.last, facts.name))


def _back(school: SchoolSeen, row: EntrySeen | None = None) -> str:
    return _year_of(school, row.entry.first) if row else reverse("calendar:show", args=[school.urn])


def _year_of(school: SchoolSeen, on: object) -> str:
    return f"{reverse('calendar:show', args=[school.urn])}?year={school_year(on)}"  # type: ignore[arg-type]
