"""A calendar file comes in whole or not at all, and says beforehand what it would do."""

import json
from datetime import date, timedelta

import pytest

from onroll.actions.calendar.bring_in import bring_in_calendar
from onroll.actions.calendar.entries import add_entry
from onroll.actions.calendar.scope import Facts
from onroll.domain.permissions import Role
from onroll.domain.schoolcalendar import Kind
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries.calendar_import import LineState, plan, read_text
from onroll.queries.calendars import calendar_of, calendars_of
from onroll.records.attendance.models import Summary
from onroll.records.base import pen
from onroll.records.ledger.models import LedgerRow
from onroll.records.schools.models import CalendarDay, Trust, YearGroup
from tests.support.cast import NOW, a_person, a_pupil, a_register, a_school, actor, marks, whole_days

pytestmark = pytest.mark.django_db
OCTOBER = [date(2026, 10, 5) + timedelta(days=n) for n in range(12) if n % 7 < 5]
HEAD = "kind,from,to,name\n"
YEAR = """term,2026-09-03,2026-10-23,Term 1
holiday,2026-10-26,2026-10-30,Half-term
inset,2026-10-08,,Staff training
"""


@pytest.fixture
def school():
    return a_school(calendar=False)


@pytest.fixture
def officer(school):
    return actor(a_person(school, Role.ATTENDANCE_OFFICER))


def planned(school, text, replace_year=None):
    return plan(school.pk, school.trust_id, read_text(text), replace_year=replace_year)


def bring_in(who, school, text, *, replace_year=None, seen=None, **options):
    seen = planned(school, text, replace_year).seen if seen is None else seen
    return bring_in_calendar(who, school.pk, text, replace_year=replace_year, seen=seen, at=NOW, **options)


def live(school):
    rows = CalendarDay.objects.filter(school=school, withdrawn_at=None).order_by("first_on", "kind")
    return [(row.kind, row.first_on.isoformat(), row.name) for row in rows]


THREE = [
    ("term", "2026-09-03", "Term 1"),
    ("inset", "2026-10-08", "Staff training"),
    ("holiday", "2026-10-26", "Half-term"),
]


def test_a_first_calendar_comes_in_and_says_what_it_added(school, officer):
    bring_in(officer, school, HEAD + YEAR)
    assert live(school) == THREE
    row = LedgerRow.objects.order_by("-number").first()
    assert (row.verb, row.subject) == ("calendar-brought-in", "calendar-year:2026")
    assert json.loads(row.detail) | {"counted": 0} == {
        "replaced_year": None, "added": 3, "renamed": 0, "withdrawn": 0, "counted": 0, "moved": 0, "newly_reached": 0,
    }  # fmt: skip


def test_the_same_file_again_changes_nothing(school, officer):
    bring_in(officer, school, HEAD + YEAR)
    rows = LedgerRow.objects.count()
    assert bring_in(officer, school, HEAD + YEAR).nothing_changed
    assert (live(school), LedgerRow.objects.count()) == (THREE, rows)


def test_another_name_takes_the_place_of_the_old_one(school, officer):
    bring_in(officer, school, HEAD + YEAR)
    text = HEAD + YEAR.replace("Half-term", "Autumn half-term")
    assert [line.state for line in planned(school, text).lines] == [
        LineState.SAME, LineState.RENAMED, LineState.SAME,
    ]  # fmt: skip
    bring_in(officer, school, text)
    assert live(school)[2] == ("holiday", "2026-10-26", "Autumn half-term")
    assert CalendarDay.objects.get(name="Autumn half-term").replaces.name == "Half-term"


def test_adding_leaves_what_is_not_in_the_file(school, officer):
    add_entry(officer, school.pk, Facts(Kind.CLOSURE, OCTOBER[0], OCTOBER[0], "Snow"), at=NOW)
    bring_in(officer, school, HEAD + YEAR)
    assert ("closure", "2026-10-05", "Snow") in live(school)


def test_replacing_a_year_withdraws_what_the_file_does_not_have_and_only_of_that_year(school, officer):
    for on, name in ((OCTOBER[0], "Snow"), (date(2026, 7, 20), "Last summer"), (date(2027, 9, 1), "Next")):
        add_entry(officer, school.pk, Facts(Kind.CLOSURE, on, on, name), at=NOW)
    text = HEAD + YEAR
    assert [leaving.entry.name for leaving in planned(school, text, 2026).leaving] == ["Snow"]
    bring_in(officer, school, text, replace_year=2026)
    assert live(school) == [
        ("closure", "2026-07-20", "Last summer"),
        *THREE,
        ("closure", "2027-09-01", "Next"),
    ]
    assert CalendarDay.objects.get(name="Snow").withdrawn_at == NOW


def test_a_file_with_one_bad_line_leaves_everything_as_it_was(school, officer):
    bring_in(officer, school, HEAD + YEAR)
    text = HEAD + "term,2026-11-02,2026-12-18,Term 2\ninset,soon,,x\n"
    with pytest.raises(Refusal) as refusal:
        bring_in(officer, school, text, replace_year=2026)
    assert refusal.value.kind is Refused.INVALID
    assert live(school) == THREE


def test_a_calendar_that_changed_since_the_preview_is_not_overwritten(school, officer):
    seen = planned(school, HEAD + YEAR).seen
    add_entry(officer, school.pk, Facts(Kind.CLOSURE, OCTOBER[0], OCTOBER[0], "Snow"), at=NOW)
    with pytest.raises(Refusal) as refusal:
        bring_in(officer, school, HEAD + YEAR, seen=seen)
    assert refusal.value.kind is Refused.STALE
    assert live(school) == [("closure", "2026-10-05", "Snow")]


def test_a_line_for_a_year_group_closes_only_its_sessions(school, officer):
    text = "kind,from,to,name,year-group\nterm,2026-09-03,2026-10-23,Term 1,\nclosure,2026-10-08,,Boiler,Year 9\n"
    bring_in(officer, school, text)
    nine = YearGroup.objects.get(school=school, code="9")
    calendars = calendars_of(school.pk)
    assert calendars[None].is_session(date(2026, 10, 8), "AM")
    assert not calendars[nine.pk].is_session(date(2026, 10, 8), "AM")


def test_a_year_group_that_the_school_has_not_is_a_problem_of_its_column(school):
    made = planned(school, "kind,from,to,name,year-group\nclosure,2026-10-08,,Boiler,13\n")
    (problem,) = made.problems
    assert (problem.line, problem.column) == (2, "year-group")
    assert problem.reason == 'The school has no year group "13".'


def test_bank_holidays_and_the_trusts_own_entries_are_there_already(school, officer):
    with pen():
        school.trust = Trust.objects.create(name="Invented Trust")
        school.save()
        CalendarDay.objects.create(
            trust=school.trust, kind="holiday", first_on="2026-10-26", last_on="2026-10-30", recorded_at=NOW
        )
    made = planned(
        school, HEAD + YEAR + "bank-holiday,2027-05-03,,Early May\nbank-holiday,2026-10-12,,Jubilee\n"
    )
    assert {line.line: line.state for line in made.lines} == {
        2: "new", 3: "same", 4: "new", 5: "same", 6: "new",
    }  # fmt: skip


def test_a_file_that_moves_an_inset_day_recounts_and_a_rehearsal_says_so_first(school, officer):
    bring_in(officer, school, HEAD + YEAR)
    pupil = a_pupil(school)
    a_register(pupil, marks(whole_days(OCTOBER, "I")))
    moved_inset = HEAD + YEAR.replace("2026-10-08", "2026-10-20")
    rehearsed = bring_in(officer, school, moved_inset, replace_year=2026, rehearse=True)
    assert live(school) == THREE
    assert not Summary.objects.exists()
    done = bring_in(officer, school, moved_inset, replace_year=2026)
    assert [move.health for move in rehearsed.moved.moves] == [20]
    assert [move.health for move in done.moved.moves] == [20]
    assert Summary.objects.get(pupil=pupil).h_sessions == 20
    assert calendar_of(school.pk).kind_on(date(2026, 10, 20)) is Kind.INSET


def test_a_role_without_the_calendar_brings_nothing_in(school):
    head = actor(a_person(school, Role.HEADTEACHER))
    with pytest.raises(Refusal) as refusal:
        bring_in(head, school, HEAD + YEAR)
    assert refusal.value.kind is Refused.NOT_ALLOWED
    assert live(school) == []


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        pytest.param("closure,2026-10-09,,=1+1", "name", "formula", id="a name that is a formula"),
        pytest.param("inset,2026-10-08,,Twice", "", "the same as line 4", id="a line given twice"),
    ],
)
def test_what_a_line_may_not_say_is_a_problem_of_the_line(school, line, column, words):
    (problem,) = planned(school, HEAD + YEAR + line + "\n").problems
    assert (problem.line, problem.column) == (5, column)
    assert words in problem.reason


def test_headings_without_entries_are_a_problem(school):
    (problem,) = planned(school, HEAD).problems
    assert problem.reason == "The file has headings, but no entry below them."
