"""What a recount keeps, and that it writes no more than changed."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onroll.actions.change import change
from onroll.actions.recount import Moved, recount_school
from onroll.domain.schoolcalendar import Kind
from onroll.records.attendance.models import RegisterYear, Summary
from onroll.records.base import NoPen
from onroll.records.schools.models import School, YearGroup
from tests.support.cast import (
    NOW,
    a_calendar_entry,
    a_pupil,
    a_register,
    a_school,
    marks,
    whole_days,
)

pytestmark = pytest.mark.django_db
OCTOBER = [date(2026, 10, 5) + timedelta(days=n) for n in range(12) if n % 7 < 5]  # ten school days


def recount(school: School) -> Moved:
    with change(None, "recounted", NOW, school_id=school.pk):
        return recount_school(school.pk)


def test_a_recount_keeps_both_counts_and_the_forecast() -> None:
    school = a_school()
    pupil = a_pupil(school)
    a_register(pupil, marks(whole_days(OCTOBER, "I")))
    moved = recount(school)
    kept = Summary.objects.get(pupil=pupil)
    assert (kept.s_sessions, kept.h_sessions, kept.s_spell, kept.nearness) == (20, 20, 20, 20)
    assert kept.s_forecast_on == date(2026, 10, 23)  # domain.md R8, V1
    assert (kept.year, kept.as_of) == (2026, date(2026, 10, 16))
    assert (moved.counted, moved.written, len(moved.moves)) == (1, 1, 1)
    assert School.objects.get(pk=school.pk).marks_to == date(2026, 10, 16)


def test_the_same_marks_counted_again_write_nothing() -> None:
    school = a_school()
    a_register(a_pupil(school), marks(whole_days(OCTOBER, "I")))
    recount(school)
    assert recount(school).written == 0


def test_somebody_elses_later_marks_move_the_forecast_of_a_running_spell() -> None:
    school = a_school()
    ill, well = a_pupil(school), a_pupil(school)
    a_register(ill, marks(whole_days(OCTOBER[:5], "I")))
    recount(school)
    before = Summary.objects.get(pupil=ill).h_forecast_on
    a_register(well, marks(whole_days(OCTOBER, "/")))
    recount(school)
    after = Summary.objects.get(pupil=ill).h_forecast_on
    assert before == date(2026, 10, 23)
    assert after is not None
    assert after > date(2026, 10, 23)


def test_a_closure_of_one_year_group_moves_only_its_pupils() -> None:
    school = a_school()
    nine, ten = a_pupil(school, year=9), a_pupil(school, year=10)
    for pupil in (nine, ten):
        a_register(pupil, marks(whole_days(OCTOBER, "I")))
    recount(school)
    day = OCTOBER[3]
    a_calendar_entry(
        school, Kind.CLOSURE, day, day, "Boiler", year_group=YearGroup.objects.get(school=school, code="9")
    )
    moved = recount(school)
    assert [(move.pupil_id, move.health_before, move.health) for move in moved.moves] == [(nine.pk, 20, 18)]


def test_only_the_statutory_count_stops_at_compulsory_school_age() -> None:
    school = a_school()
    older = a_pupil(school, year=11, born_on=date(2009, 1, 1))  # turned 16 in January 2025
    a_register(older, marks(whole_days(OCTOBER, "I")))
    recount(school)
    kept = Summary.objects.get(pupil=older)
    assert (kept.s_sessions, kept.h_sessions) == (0, 20)


def test_an_appointment_breaks_the_statutory_spell_unless_the_school_says_otherwise() -> None:
    school = a_school()
    pupil = a_pupil(school)
    a_register(pupil, marks(whole_days(OCTOBER, "I") | {("2026-10-07", "AM"): "M"}))
    recount(school)
    assert Summary.objects.get(pupil=pupil).s_spell == 15
    with change(None, "x", NOW):
        School.objects.filter(pk=school.pk).update(appointment_breaks_statutory=False)
    recount(school)
    assert Summary.objects.get(pupil=pupil).s_spell == 19


def test_queries_do_not_grow_with_pupils() -> None:
    counts = []
    for size in (3, 30):
        school = a_school()
        for _ in range(size):
            a_register(a_pupil(school), marks(whole_days(OCTOBER, "I")))
        with CaptureQueriesContext(connection) as queries:
            recount(school)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_recount_needs_the_pen() -> None:
    school = a_school()
    with pytest.raises(NoPen):
        recount_school(school.pk)


def test_a_school_whose_marks_are_gone_has_no_counts_left() -> None:
    school = a_school()
    a_register(a_pupil(school), marks(whole_days(OCTOBER, "I")))
    recount(school)
    with change(None, "x", NOW):
        RegisterYear.objects.all().delete()
    recount(school)
    assert not Summary.objects.exists()
    assert School.objects.get(pk=school.pk).marks_to is None
