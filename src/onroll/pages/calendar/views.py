"""The calendar of a school: a year of it as a picture, as a table and as a file."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.domain.permissions import Permission
from onroll.domain.schoolcalendar import Kind, Layer, school_year
from onroll.domain.schoolcalendar.calendarfile import EARLIEST, LATEST, write_calendar
from onroll.domain.vocabulary import in_words, roles_with
from onroll.pages.calendar.picture import calendar_picture
from onroll.pages.calendar.rows import entry_rows, term_rows
from onroll.pages.calendar.words import note_words, said, year_name
from onroll.pages.downloads import csv_file
from onroll.pages.moved import latest, moved_page
from onroll.pages.parts import Link
from onroll.pages.requests import OnrollRequest
from onroll.queries import calendar_pages, doors, recounts
from onroll.queries.calendar_pages import CalendarYear


@require_safe
def show(request: OnrollRequest, urn: int) -> HttpResponse:
    """One school year, for the whole school or for one year group."""
    school = doors.school(request.actor, urn, Permission.CALENDAR_SEE)
    today = timezone.localdate()
    year = year_asked(request, school_year(today))
    page = calendar_pages.calendar_year(school, year, number(request.GET.get("group")), today)
    may_edit = request.actor.may(Permission.CALENDAR_EDIT, school.id)
    mine = layers_to_change(request, school, page) if may_edit else frozenset()
    context = {
        "school": school,
        "page": page,
        "year_name": year_name(year),
        "years": years(school.urn, page, school_year(today)),
        "picture": calendar_picture(page),
        "terms": term_rows(page.terms, mine),
        "sessions": int(page.days * 2),
        "sessions_so_far": int(page.so_far * 2),
        "rows": entry_rows([row for row in page.entries if row.entry.kind is not Kind.TERM], mine),
        "past": entry_rows((*page.withdrawn, *page.replaced), mine),
        "heading": f"No term is set for {year_name(year)}",
        "year_query": f"?year={year}",
        "who_can": in_words(roles_with(Permission.CALENDAR_EDIT)),
        "notes": [note_words(note, page) for note in page.notes] if page.terms else [],
        "may_edit": may_edit,
        "recounts": latest(school, "calendar") if may_edit else [],
    }
    return render(request, "calendar/show.html", context)


@require_safe
def file(request: OnrollRequest, urn: int) -> HttpResponse:
    """The school year as a CSV file, which this room and `onroll count` read back."""
    school = doors.school(request.actor, urn, Permission.CALENDAR_SEE)
    year = year_asked(request, school_year(timezone.localdate()))
    response = csv_file(f"calendar-{school.urn}-{year}.csv")
    response.write(write_calendar(calendar_pages.for_file(school, year)))
    return response


@require_safe
def moved(request: OnrollRequest, urn: int, recount_id: int) -> HttpResponse:
    """What a change of the calendar moved."""
    school = doors.school(request.actor, urn, Permission.CALENDAR_EDIT)
    back = reverse("calendar:show", args=[urn])
    about = partial(_about, school)
    return moved_page(request, school, recount_id, about=about, back=back)


def _about(school: doors.SchoolSeen, recount: recounts.RecountSeen) -> str:
    """The entry or the year that a recount was made for, in words."""
    kind, _, number_of = recount.subject.partition(":")
    if kind == "calendar-day":
        return said(calendar_pages.entry(school, int(number_of)).entry)
    return f"School year {year_name(int(number_of))}" if kind == "calendar-year" else ""


def year_asked(request: OnrollRequest, this_year: int) -> int:
    """The school year that an address asks for; this one when it asks for none that makes sense."""
    asked = number(request.GET.get("year"))
    return asked if asked is not None and EARLIEST <= asked < LATEST else this_year


def number(text: str | None) -> int | None:
    """A whole number from an address; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None


def layers_to_change(
    request: OnrollRequest, school: doors.SchoolSeen, page: CalendarYear
) -> frozenset[Layer]:
    """The layers on which somebody who may change the calendar may change entries."""
    own = frozenset({Layer.SCHOOL, Layer.YEAR_GROUP})
    seen = (*page.entries, *page.withdrawn, *page.replaced)
    if (
        any(row.entry.layer is Layer.TRUST for row in seen)
        and calendar_pages.whom(request.actor, school).trust
    ):
        return own | {Layer.TRUST}
    return own


def years(urn: int, page: CalendarYear, this_year: int) -> list[Link]:
    """The way to the school years around the one shown, and to this one."""
    wanted = sorted({page.year - 1, page.year, page.year + 1, this_year})
    href = reverse("calendar:show", args=[urn])
    group = f"&group={page.group_id}" if page.group_id else ""
    return [Link(year_name(year), f"{href}?year={year}{group}", year == page.year) for year in wanted]
