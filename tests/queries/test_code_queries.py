"""Which marks of a school somebody must look at."""

from datetime import date, timedelta

import pytest

from onroll.domain.permissions import Permission
from onroll.domain.register import not_taken
from onroll.domain.schoolcalendar import Kind, Session, SessionAt
from onroll.queries import code_queries, doors
from onroll.queries.calendars import calendars_of
from onroll.records.base import pen
from onroll.records.pupils.models import Pupil
from onroll.records.schools.models import School
from tests.support import cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 30)
MON, TUE, SAT = "2026-09-07", "2026-09-08", "2026-09-12"


@pytest.fixture
def school() -> School:
    school = cast.a_school()
    with pen():
        school.marks_to = date(2026, 9, 8)
        school.save(update_fields=["marks_to"])
    return school


def taken(**more: str) -> str:
    """A register with every session up to Tuesday 8 September taken, but for what is given as d07_AM="N"."""
    given = {(f"2026-09-{day:02}", half): "/" for day in (3, 4, 7, 8) for half in ("AM", "PM")}
    for key, code in more.items():
        day, half = key[1:].split("_")
        given[f"2026-09-{day}", half] = code
    return cast.marks({at: code for at, code in given.items() if code})


def found(school: School, role: str = "headteacher", **limits: object) -> code_queries.CodeQueries:
    actor = cast.actor(cast.a_person(school, role, **limits))
    seen = doors.school(actor, school.urn, Permission.REGISTER_SEE)
    return code_queries.code_queries(actor, seen, on=TODAY)


def test_n_is_a_query_from_the_sixth_school_day_on(school):
    robin, jo = cast.a_pupil(school, "Robin", "Quill"), cast.a_pupil(school, "Jo", "Reed")
    cast.a_register(robin, taken(d07_AM="N"))
    cast.a_register(jo, taken())
    (old,) = found(school).old_n
    assert (old.pupil_id, old.at) == (robin.pk, SessionAt(date(2026, 9, 7), Session.AM))
    assert old.due_on == date(2026, 9, 14)


def test_a_mark_where_there_is_no_session_is_a_query_and_says_why(school):
    robin = cast.a_pupil(school)
    cast.a_register(robin, taken(d12_AM="I", d12_PM="#"))
    (stray,) = found(school).strays
    assert (stray.pupil_id, stray.code, stray.why) == (robin.pk, "I", "Weekend")


def test_a_closure_of_a_year_group_makes_queries_of_its_marks_only(school):
    nine, ten = cast.a_pupil(school, year=9), cast.a_pupil(school, year=10)
    for one in (nine, ten):
        cast.a_register(one, taken())
    day = date(2026, 9, 7)
    cast.a_calendar_entry(school, Kind.CLOSURE, day, day, "Boiler", year_group=nine.year_group)
    assert {stray.pupil_id for stray in found(school).strays} == {nine.pk}


def test_a_tutor_group_that_was_not_taken_is_one_line(school):
    for _ in range(5):
        cast.a_register(cast.a_pupil(school, tutor="Ash"), taken(d08_PM="-"))
    cast.a_register(cast.a_pupil(school, tutor="Oak"), taken())
    (row,) = found(school).not_taken
    assert (row.tutor_group, row.missing, row.expected) == ("9 Ash", 5, 5)
    assert row.at == SessionAt(date(2026, 9, 8), Session.PM)
    assert found(school).named(row).pupils == ()


def test_a_whole_school_that_was_not_taken_is_one_line(school):
    for tutor in ("Ash", "Oak"):
        cast.a_register(cast.a_pupil(school, tutor=tutor), taken(d07_AM="", d07_PM="-"))
    rows = found(school).not_taken
    assert [(row.tutor_group, row.missing, str(row.at.session)) for row in rows] == [
        ("", 2, "PM"),
        ("", 2, "AM"),
    ]


def test_few_pupils_without_a_mark_are_named(school):
    robin = cast.a_pupil(school, "Robin", "Quill")
    cast.a_register(robin, taken(d08_AM="-"))
    cast.a_register(cast.a_pupil(school), taken())
    queries = found(school)
    (row,) = queries.not_taken
    assert queries.named(row).pupils == ((robin.pk, "Robin Quill"),)


def test_nothing_is_missed_of_a_pupil_who_was_not_on_roll(school):
    cast.a_register(cast.a_pupil(school), taken())
    cast.a_pupil(school, first_on=date(2026, 9, 9))
    cast.a_pupil(school, last_on=date(2026, 9, 2))
    assert found(school).not_taken == []


def test_a_role_limited_to_year_groups_is_told_of_its_pupils_only(school):
    nine, ten = cast.a_pupil(school, year=9), cast.a_pupil(school, year=10)
    for one in (nine, ten):
        cast.a_register(one, taken(d07_AM="N", d12_AM="I", d08_PM="-"))
    queries = found(school, "progress-leader", year_groups=[ten.year_group])
    assert {one.pupil_id for one in [*queries.old_n, *queries.strays]} == {ten.pk}
    assert [row.expected for row in queries.not_taken] == [1]


def test_the_sums_agree_with_asking_pupil_by_pupil(school):
    codes = ("-", "", "/", "I", "N")
    for number in range(30):
        given = {
            f"d{day:02}_{half}": codes[(number * day + len(half)) % 5]
            for day in (3, 4, 7, 8)
            for half in ("AM", "PM")
        }
        cast.a_register(cast.a_pupil(school, tutor=("Ash", "Oak")[number % 2]), taken(**given))
    calendar = calendars_of(school.pk)[None]
    one_by_one = sum(
        len(not_taken({2026: pupil.registers.get().marks}, calendar, date(2026, 9, 8)))
        for pupil in Pupil.objects.filter(school=school)
    )
    assert one_by_one > 50
    assert sum(row.missing for row in found(school).not_taken) == one_by_one


def test_a_school_without_marks_has_no_queries():
    school = cast.a_school()
    cast.a_pupil(school)
    queries = found(school)
    assert (queries.old_n, queries.strays, queries.not_taken) == ([], [], [])


def test_in_the_holidays_the_year_of_the_last_marks_is_looked_at(school):
    cast.a_register(cast.a_pupil(school), taken(d07_AM="N"))
    actor = cast.actor(cast.a_person(school, "headteacher"))
    seen = doors.school(actor, school.urn, Permission.REGISTER_SEE)
    august = code_queries.code_queries(actor, seen, on=date(2027, 8, 20))
    assert (august.year, len(august.old_n)) == (2026, 1)


@pytest.mark.parametrize("pupils", [3, 60])
def test_a_school_of_any_size_costs_as_many_queries(school, django_assert_max_num_queries, pupils):
    for _ in range(pupils):
        cast.a_register(cast.a_pupil(school), taken())
    actor = cast.actor(cast.a_person(school, "headteacher"))
    seen = doors.school(actor, school.urn, Permission.REGISTER_SEE)
    with django_assert_max_num_queries(5):
        queries = code_queries.code_queries(actor, seen, on=TODAY + timedelta(days=1))
        assert (queries.old_n, queries.strays, queries.not_taken) == ([], [], [])
