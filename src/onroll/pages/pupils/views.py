"""A pupil: the clock, the register year, and every session explained."""

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from onroll.domain.permissions import Permission
from onroll.pages.downloads import csv_file, safe_row
from onroll.pages.parts import Link
from onroll.pages.pupils import pictures
from onroll.pages.pupils.words import clock_sentence, year_name
from onroll.pages.requests import OnrollRequest
from onroll.queries import doors, pupil
from onroll.queries.case_of_pupil import cases_of_pupil
from onroll.queries.explained import explained_year


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: OnrollRequest, urn: int) -> HttpResponse:
    """Pupils by name, known-as, UPN or admission number; posted, so that no name stands in an address."""
    school = doors.school(request.actor, urn, Permission.PUPIL_SEE)
    text = request.POST.get("q", "").strip()[:80]
    found, more = pupil.search(request.actor, school, text, at=timezone.now())
    context = {"school": school, "text": text, "found": found, "more": more, "most": pupil.FOUND}
    return render(request, "pupils/search.html", context)


@require_safe
def show(request: OnrollRequest, urn: int, pupil_id: int) -> HttpResponse:
    """The clock with its sentence, the register year as a picture, amendments and contacts."""
    school = doors.school(request.actor, urn, Permission.PUPIL_SEE)
    page = pupil.pupil_page(request.actor, school, pupil_id, year=_year(request), at=timezone.now())
    context = {
        "school": school,
        "page": page,
        "health_sentence": clock_sentence(page.health, page.threshold) if page.health else "",
        "statutory_sentence": clock_sentence(page.statutory, page.threshold) if page.statutory else "",
        "picture": pictures.register_year(page),
        "months": pictures.by_month(page),
        "codes": pictures.code_rows(page),
        "years": [Link(year_name(one), f"?year={one}", current=one == page.year) for one in page.years],
        "year_name": year_name(page.year),
        "may_judge": request.actor.may(Permission.WATCH_JUDGE, school.id),
        "cases": cases_of_pupil(request.actor, school, pupil_id),
        "may_open": request.actor.may(Permission.CASE_OPEN, school.id),
        "may_record_death": request.actor.may(Permission.DEATH_RECORD, school.id),
    }
    return render(request, "pupils/show.html", context)


@require_safe
def sessions(request: OnrollRequest, urn: int, pupil_id: int) -> HttpResponse:
    """Every session of the year: counted, skipped or a break, and why."""
    school = doors.school(request.actor, urn, Permission.PUPIL_SEE)
    page = explained_year(request.actor, school, pupil_id, year=_year(request), at=timezone.now())
    context = {
        "school": school,
        "page": page,
        "year_name": year_name(page.year),
        "months": pictures.explained_by_month(page),
    }
    return render(request, "pupils/sessions.html", context)


@require_safe
def file(request: OnrollRequest, urn: int, pupil_id: int) -> HttpResponse:
    """The explanation as a CSV file."""
    school = doors.school(request.actor, urn, Permission.PUPIL_SEE)
    page = explained_year(request.actor, school, pupil_id, year=_year(request), at=timezone.now(), both=True)
    response = csv_file(f"sessions-{school.urn}-{page.pupil.id}-{page.year}.csv")
    writer = csv.writer(response)
    writer.writerow(["Date", "Session", "Mark", *_columns("Health"), *_columns("Sickness")])
    for health, statutory in zip(page.health, page.statutory, strict=True):
        row: list[object] = [health.at.date, health.at.session.value, health.code or ""]
        for one in (health, statutory):
            row += [one.effect.value, one.reason, one.spell_days, one.total_days]
        writer.writerow(safe_row(row))
    return response


def _columns(count: str) -> list[str]:
    return [f"{count} count: {what}" for what in ("effect", "why", "days running", "days this year")]


def _year(request: OnrollRequest) -> int | None:
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None
