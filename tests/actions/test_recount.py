"""What a recount keeps, and that it writes no more than changed."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onroll.actions.change import change
from onroll.actions.figures import Figures
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


def recount(school: School, pupil_ids: list[int] | None = None) -> Moved:
    with change(None, "recounted", NOW, school_id=school.pk):
        return recount_school(school.pk, pupil_ids=pupil_ids)


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


@pytest.mark.parametrize("some", [pytest.param(False, id="everybody"), pytest.param(True, id="some")])
def test_queries_do_not_grow_with_pupils(*, some: bool) -> None:
    counts = []
    for size in (3, 30):
        school = a_school()
        pupils = [a_pupil(school) for _ in range(size)]
        for pupil in pupils:
            a_register(pupil, marks(whole_days(OCTOBER, "I")))
        recount(school)
        with CaptureQueriesContext(connection) as queries:
            moved = recount(school, [pupil.pk for pupil in pupils] if some else None)
        assert (moved.counted, moved.written) == (size, 0)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14  # transaction and cursor included


def test_each_further_batch_costs_three_queries(monkeypatch: pytest.MonkeyPatch) -> None:
    school = a_school()
    for _ in range(7):
        a_register(a_pupil(school), marks(whole_days(OCTOBER, "I")))
    recount(school)
    counts = []
    for size in (10, 3):  # one batch of seven, then three batches: 3, 3 and 1
        monkeypatch.setattr("onroll.actions.recount.BATCH", size)
        with CaptureQueriesContext(connection) as queries:
            moved = recount(school)
        assert (moved.counted, moved.written) == (7, 0)
        counts.append(len(queries))
    assert counts[1] - counts[0] == 2 * 3  # registers, times on roll, what is kept


def test_a_recount_in_batches_finds_what_a_recount_at_once_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    school, elsewhere = a_school(), a_school()
    pupils = []
    for number in range(7):  # numbers of the two schools alternate
        pupils.append(a_pupil(school))
        a_register(pupils[-1], marks(whole_days(OCTOBER[: number + 2], "I")))
        a_register(a_pupil(elsewhere), marks(whole_days(OCTOBER, "I")))
    monkeypatch.setattr("onroll.actions.recount.BATCH", 2)
    assert recount(school).counted == 7
    kept = Summary.objects.order_by("pupil_id").values_list("pupil_id", "h_sessions")
    assert list(kept) == [(pupil.pk, 2 * (number + 2)) for number, pupil in enumerate(pupils)]


def test_every_column_that_a_recount_fills_is_compared() -> None:
    not_counted = {"id", "pupil", "school", "year", "as_of", "quiet_at"}
    assert set(Figures._fields) == {column.name for column in Summary._meta.concrete_fields} - not_counted


def test_a_register_that_begins_again_with_nothing_is_not_the_last_date() -> None:
    school = a_school()
    pupil = a_pupil(school)
    a_register(pupil, marks(whole_days(OCTOBER, "I")))
    a_register(pupil, marks({}, year=2027), year=2027)
    recount(school)
    assert School.objects.get(pk=school.pk).marks_to == OCTOBER[-1]


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


def test_one_pupils_later_marks_do_not_make_the_register_look_fresh() -> None:
    school = a_school()
    for _ in range(3):
        a_register(a_pupil(school), marks(whole_days(OCTOBER[:5], "/")))
    a_register(a_pupil(school), marks(whole_days(OCTOBER, "/")))
    recount(school)
    school.refresh_from_db()
    assert (school.mostly_to, school.marks_to) == (OCTOBER[4], OCTOBER[9])
