"""What the register tells a case: first days away, first days back, and when a count was reached."""

from collections.abc import Iterator
from datetime import date

from onroll.domain.casework.absences import DayHeld, absences
from onroll.domain.casework.entries import Entry
from onroll.domain.schoolcalendar import SchoolCalendar, school_year
from onroll.queries.calendars import calendars_of
from onroll.queries.counting import Way
from onroll.queries.doors import SchoolSeen
from onroll.queries.sessions import days_of_year, marked_days
from onroll.queries.timeline.telling import Line
from onroll.records.attendance.models import RegisterYear, Summary
from onroll.records.cases.models import Case


def register_lines(case: Case, seen: SchoolSeen, last: date) -> Iterator[Line]:
    """From the school year in which the case was opened, to its close or `last`, as now known. Three queries.

    `case` comes with its pupil.
    """
    first_year = school_year(case.opened_on)
    until = min(last, case.closed_on or last)
    rows = RegisterYear.objects.filter(pupil_id=case.pupil_id, year__gte=first_year)
    years = dict(rows.values_list("year", "marks"))
    calendars = calendars_of(case.school_id)
    calendar = calendars.get(case.pupil.year_group_id, calendars[None])
    held = _days(years, calendar, seen.way, until)
    for number, absence in enumerate(absences(held)):
        days = _school_days(absence.school_days)
        yield Line(Entry.REGISTER, number, absence.first_on, "First day away for health reasons")
        if absence.back_on:
            yield Line(Entry.REGISTER, number, absence.back_on, f"First day back, after {days} away")
    yield from _reached(case, seen, first_year, until)


def _days(years: dict[int, str], calendar: SchoolCalendar, way: Way, until: date) -> Iterator[DayHeld]:
    for year in sorted(years):
        for day in marked_days(years, days_of_year(calendar, year), way.health):
            halves = [half for half in (day.am, day.pm) if half and half.code]
            if halves and day.on <= until:
                yield DayHeld(day.on, any(half.counts for half in halves))


def _reached(case: Case, seen: SchoolSeen, first_year: int, until: date) -> Iterator[Line]:
    days = _school_days(seen.threshold)
    for summary in Summary.objects.filter(pupil_id=case.pupil_id, year__gte=first_year):
        for words, sessions in (
            ("missed for health reasons", (summary.h_reached_consecutive, summary.h_reached_cumulative)),
            ("of sickness", (summary.s_reached_consecutive, summary.s_reached_cumulative)),
        ):
            reached = [date.fromisoformat(session[:10]) for session in sessions if session]
            if reached and min(reached) <= until:
                title = f"{days} {words} reached in this school year"
                yield Line(Entry.REGISTER, summary.pk, min(reached), title)


def _school_days(days: float) -> str:
    return f"{days:g} school {'day' if days == 1 else 'days'}"
