"""A school's calendar is built once and kept, and what is kept is never out of date."""

from datetime import date

import pytest

from onroll.domain.schoolcalendar import Kind, Layer, Session
from onroll.queries.calendars import calendar_of, calendars_of
from onroll.records.base import pen
from onroll.records.schools.models import CalendarDay, Trust, YearGroup
from tests.support.cast import NOW, a_calendar_entry, a_school

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 7)


def is_open(school, group=None):
    return calendar_of(school.pk, group).is_session(DAY, Session.AM)


def test_the_same_entries_give_the_same_calendar():
    school = a_school()
    assert calendar_of(school.pk) is calendar_of(school.pk)


def test_an_entry_closes_the_day_at_once_and_withdrawn_opens_it_again():
    school = a_school()
    assert is_open(school)
    closure = a_calendar_entry(school, Kind.CLOSURE, DAY, DAY, "Boiler")
    assert not is_open(school)
    with pen():
        CalendarDay.objects.filter(pk=closure.pk).update(withdrawn_at=NOW)
    assert is_open(school)


def test_an_entry_that_moves_or_is_renamed_is_seen_at_once():
    school = a_school()
    closure = a_calendar_entry(school, Kind.CLOSURE, DAY, DAY, "Boiler")
    assert calendar_of(school.pk).why(DAY, Session.AM) == "Boiler (closure)"
    with pen():
        CalendarDay.objects.filter(pk=closure.pk).update(name="Snow")
    assert calendar_of(school.pk).why(DAY, Session.AM) == "Snow (closure)"
    with pen():
        CalendarDay.objects.filter(pk=closure.pk).update(
            first_on=date(2026, 10, 8), last_on=date(2026, 10, 8)
        )
    assert is_open(school)


def test_what_was_for_one_year_group_and_is_for_everybody_now_closes_for_everybody():
    school = a_school()
    nine = YearGroup.objects.get(school=school, code="9")
    closure = a_calendar_entry(school, Kind.CLOSURE, DAY, DAY, "Boiler", year_group=nine)
    assert is_open(school)
    assert not is_open(school, nine.pk)
    with pen():
        CalendarDay.objects.filter(pk=closure.pk).update(year_group=None)
    assert not is_open(school)


def test_an_entry_of_the_trust_is_in_the_calendars_of_its_schools_and_of_no_other():
    school, other = a_school(), a_school("Elsewhere")
    calendar_of(school.pk)
    with pen():
        school.trust = Trust.objects.create(name="Invented Trust")
        school.save(update_fields=["trust"])
        CalendarDay.objects.create(
            trust=school.trust, kind=Kind.CLOSURE, first_on=DAY, last_on=DAY, name="Snow", recorded_at=NOW
        )
    layers = {entry.name: entry.layer for entry in calendar_of(school.pk).entries}
    assert layers["Snow"] is Layer.TRUST
    assert "Snow" not in {entry.name for entry in calendar_of(other.pk).entries}


def test_who_changes_the_answer_changes_only_their_own():
    school = a_school()
    calendars_of(school.pk).clear()
    assert None in calendars_of(school.pk)
