"""Bring a calendar in from a file: look at every line first, then approve all of it or leave everything as it was."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from onroll.actions.calendar.bring_in import bring_in_calendar
from onroll.domain.permissions import Permission
from onroll.domain.schoolcalendar import school_year
from onroll.pages.calendar.forms import BringInForm
from onroll.pages.calendar.views import number, year_asked
from onroll.pages.calendar.words import KINDS, said, span, year_name
from onroll.pages.moved import PREVIEWED, counts_words, told
from onroll.pages.parts import Preview, PreviewCell, PreviewRow
from onroll.pages.requests import OnrollRequest
from onroll.queries import calendar_import, calendar_pages, doors, recounts
from onroll.queries.calendar_import import Leaving, LineState, Plan, PlannedLine
from onroll.queries.doors import SchoolSeen
from onroll.queries.tables.calendars import CalendarFile

_COUNTED = {LineState.NEW: "new", LineState.RENAMED: "with another name", LineState.SAME: "as before"}
_STATUS = {LineState.NEW: "new", LineState.SAME: "same", LineState.RENAMED: "changed"}


def bring_in(request: OnrollRequest, urn: int) -> HttpResponse:
    """Choose a file; then see what it would do."""
    school = doors.school(request.actor, urn, Permission.CALENDAR_EDIT)
    year = year_asked(request, school_year(timezone.localdate()))
    form = BringInForm(request.POST or None, request.FILES or None, year=year)
    if form.is_valid():
        replace_year = year if form.cleaned_data["how"] == form.REPLACE else None
        upload = form.cleaned_data["file"]
        return _preview(
            request, school, calendar_import.read_file(upload.file, upload.name), year, replace_year
        )
    context = {
        "school": school,
        "form": form,
        "year": year,
        "year_name": year_name(year),
        "back": _back(school, year),
    }
    return render(request, "calendar/bring_in.html", context)


@require_POST
def approve(request: OnrollRequest, urn: int) -> HttpResponse:
    """Carry out what was shown. A calendar that changed meanwhile is shown again as it would be now."""
    school = doors.school(request.actor, urn, Permission.CALENDAR_EDIT)
    text = request.POST.get("text", "")
    year = number(request.POST.get("year")) or school_year(timezone.localdate())
    replace_year = year if request.POST.get("how") == BringInForm.REPLACE else None
    file = calendar_import.read_text(text)
    made = _plan(school, file, replace_year)
    if made.problems or made.seen != request.POST.get("seen"):
        return _preview(request, school, file, year, replace_year, stale=not made.problems)
    outcome = bring_in_calendar(
        request.actor, school.id, text, replace_year=replace_year, seen=made.seen, at=timezone.now()
    )
    done = (
        "The calendar has all of this already." if outcome.nothing_changed else "The calendar is brought in."
    )
    return told(request, school, outcome, done=done, room="calendar", otherwise=_back(school, year))


def _preview(
    request: OnrollRequest,
    school: SchoolSeen,
    file: CalendarFile,
    year: int,
    replace_year: int | None,
    *,
    stale: bool = False,
) -> HttpResponse:
    made = _plan(school, file, replace_year)
    text = calendar_import.text_of(file)
    context = {
        "school": school,
        "plan": made,
        "counts": [(made.count(state), words) for state, words in _COUNTED.items() if made.count(state)],
        "lines": _lines(made.lines) if made.lines else None,
        "leaving": [_going(one) for one in made.leaving],
        "text": text,
        "year": year,
        "year_name": year_name(year),
        "how": BringInForm.REPLACE if replace_year else BringInForm.ADD,
        "stale": stale,
        "back": _back(school, year),
        "again": f"{reverse('calendar:bring-in', args=[school.urn])}?year={year}",
        "threshold": school.threshold,
    }
    if not made.problems and made.changes_anything:
        doing = partial(
            bring_in_calendar, request.actor, school.id, text, replace_year=replace_year, seen=made.seen
        )
        outcome = doing(at=timezone.now(), rehearse=True)
        context["moves"] = recounts.would_move(
            request.actor, school, outcome.moved.moves, size=PREVIEWED, at=timezone.now()
        )
        context["counts_words"] = counts_words(outcome)
    return render(request, "calendar/preview.html", context, status=409 if stale else 200)


def _plan(school: SchoolSeen, file: CalendarFile, replace_year: int | None) -> Plan:
    return calendar_import.plan(school.id, calendar_pages.trust_id(school), file, replace_year=replace_year)


def _going(one: Leaving) -> str:
    return f"{said(one.entry)}, {one.year_group}" if one.year_group else said(one.entry)


def _lines(lines: list[PlannedLine]) -> Preview:
    return Preview(
        caption="Lines of the file",
        headings=("What", "When", "Name", "For"),
        rows=[_line(line) for line in lines],
    )


def _line(line: PlannedLine) -> PreviewRow:
    entry = line.entry
    renamed = line.state is LineState.RENAMED
    name = PreviewCell(
        entry.name, f"was: {line.was or 'no name'}" if renamed else "", "changed" if renamed else ""
    )
    cells = (
        PreviewCell(KINDS[entry.kind]),
        PreviewCell(span(entry.first, entry.last)),
        name,
        PreviewCell(line.year_group or "Whole school"),
    )
    return PreviewRow(line.line, cells, _STATUS[line.state])


def _back(school: SchoolSeen, year: int) -> str:
    return f"{reverse('calendar:show', args=[school.urn])}?year={year}"
