"""The header, the shape and the columns are found from the headings, and a saved map fits the next file."""

import json
from datetime import date

import pytest

from onroll.domain.register.files import ColumnMap, Guess, Role, Shape, fit, guess
from onroll.domain.register.files.headings import SYNONYMS, plain, roles_of
from onroll.domain.schoolcalendar import Session
from tests.domain.files.rows import table

LONG = "UPN,Date,Session,Mark"
UPN, DATE, SESSION, MARK = Role.UPN, Role.DATE, Role.SESSION, Role.MARK
SEVENTH = date(2026, 9, 7)


def places(found: Guess):
    assert found.layout is not None
    return dict(found.layout.columns)


@pytest.mark.parametrize(
    "header",
    [
        "UPN,Date,Session,Mark",
        "upn,date,session,mark",
        " UPN , DATE , Am/Pm , Code ",
        "U.P.N.,Session date,AM PM,Attendance code",
        "Unique Pupil Number,Attendance Date,AM/PM,Attendance Mark",
        "UPN,Mark date,Part of day,Register mark",
    ],
)
def test_a_long_header_is_known_by_its_words(header):
    found = guess(table(header))
    assert found.layout is not None
    assert found.layout.shape is Shape.LONG
    assert places(found) == {UPN: 0, DATE: 1, SESSION: 2, MARK: 3}


def test_columns_may_come_in_any_order_with_others_between():
    found = guess(table("Comments,Mark,Surname,Session,Forename,Date,Minutes late,Reg,DOB,Adm. No.,UPN,Year"))
    assert places(found) == {
        UPN: 10, Role.ADMISSION: 9, Role.SURNAME: 2, Role.FORENAME: 4, Role.DOB: 8,
        Role.YEAR_GROUP: 11, Role.TUTOR_GROUP: 7, DATE: 5, SESSION: 3, MARK: 1,
    }  # fmt: skip


def test_lines_above_the_header_are_skipped():
    rows = table(f"Attendance of Elm Vale School,,,\n,,,\nPrinted 12/09/2026,,,\n{LONG}\nA,07/09/2026,AM,I")
    found = guess(rows)
    assert found.layout is not None
    assert (found.header.first, found.layout.skip) == (3, 4)


@pytest.mark.parametrize("who", ["UPN", "Admission number", "Surname,Forename,DOB"])
def test_any_way_to_tell_who_the_pupil_is_will_do(who):
    assert guess(table(f"{who},Date,Session,Mark")).complete


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        pytest.param("Date,Session,Mark", {UPN}, id="nobody is named"),
        pytest.param("Surname,Forename,Date,Session,Mark", {UPN}, id="a name without a birth date"),
        pytest.param("UPN,Date,Mark", {SESSION}, id="no session"),
        pytest.param("UPN,Session,Mark", {DATE}, id="no date"),
        pytest.param("UPN,Date,Session,Comments", {MARK}, id="no mark"),
        pytest.param("UPN,Surname", {DATE, SESSION, MARK}, id="no marks at all"),
        pytest.param("one,two,three", {UPN, DATE, SESSION, MARK}, id="no header"),
    ],
)
def test_what_is_missing_is_said(header, missing):
    found = guess(table(header))
    assert not found.complete
    assert set(found.missing) == missing


def test_a_summary_is_known_as_one():
    assert guess(table("UPN,Surname,Possible,Attended,Authorised")).summary
    assert not guess(table("UPN,Surname,Comments")).summary


def test_nothing_is_found_in_nothing():
    assert guess([]) == Guess(None, None, missing=(UPN, DATE, SESSION, MARK))
    assert not guess([[], [""], ["", ""]]).complete


def days(found: Guess):
    assert found.layout is not None
    return [(day.at, day.date, day.session) for day in found.layout.days]


WIDE = [(1, SEVENTH, Session.AM), (2, SEVENTH, Session.PM)]


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("UPN,07/09/2026 AM,07/09/2026 PM", id="dates of England"),
        pytest.param("UPN,2026-09-07 AM,2026-09-07 PM", id="ISO dates"),
        pytest.param("UPN,Mon 07/09/2026 am,Mon 07/09/2026 pm", id="weekdays, lower case"),
        pytest.param("UPN,07/09/2026 1,07/09/2026 2", id="numbered sessions"),
        pytest.param(",07/09/2026,\nUPN,AM,PM", id="merged: the date over two columns"),
        pytest.param("UPN,07/09/2026,\n,AM,PM", id="merged, with the pupil's headings above"),
        pytest.param(",07/09/2026,07/09/2026\nUPN,AM,PM", id="merged, the date twice"),
        pytest.param("Autumn,,\n,Mon 07/09/2026,\nUPN,am,pm", id="merged below a title"),
    ],
)
def test_a_column_for_each_session_is_known_by_its_heading(header):
    found = guess(table(header))
    assert found.layout.shape is Shape.WIDE_SESSION
    assert days(found) == WIDE
    assert found.layout.skip == len(table(header))


def test_a_merged_header_does_not_run_on_over_totals():
    found = guess(table("UPN,07/09/2026,,08/09/2026,,Total,\n,AM,PM,AM,PM,,Late"))
    assert [at for at, *_ in days(found)] == [1, 2, 3, 4]


@pytest.mark.parametrize("header", ["UPN,07/09/2026,08/09/2026", "UPN,Mon 07/09/2026,2026-09-08"])
def test_a_column_for_each_day_is_known_by_its_heading(header):
    found = guess(table(f"{header}\nA,/\\,II"))
    assert found.layout.shape is Shape.WIDE_DAY
    assert days(found) == [(1, SEVENTH, None), (2, date(2026, 9, 8), None)]


def test_columns_that_are_neither_pupil_nor_day_are_left_alone():
    found = guess(table("UPN,Surname,07/09/2026 AM,Present,%,07/09/2026 PM,Total"))
    assert [at for at, *_ in days(found)] == [2, 5]
    assert found.layout.unread == ()


@pytest.mark.parametrize(
    "heading", ["31/02/2026 AM", "07/09/2026", "08/09/2026 EVE", "Tue 07/09/2026 AM", "07/09/1926 AM"]
)
def test_a_column_that_was_meant_as_a_session_but_cannot_be_read_is_named(heading):
    found = guess(table(f"UPN,07/09/2026 PM,{heading}"))
    assert found.layout.unread == (2,)
    assert [at for at, *_ in days(found)] == [1]


def test_a_line_of_data_is_not_taken_for_a_header():
    found = guess(table("A1,07/09/2026,AM,I\nA1,07/09/2026,PM,I"))
    assert not found.complete


def test_two_columns_for_one_role_are_a_doubt():
    found = guess(table("UPN,Date,Session,Code,Mark"))
    assert places(found)[MARK] == 4
    assert found.doubts == {MARK: [3, 4]}


def test_no_word_means_two_roles():
    words = [word for synonyms in SYNONYMS.values() for word in synonyms]
    assert sorted(words) == sorted(set(words))
    assert all(plain(word) == word for word in words)


@pytest.mark.parametrize(
    "header",
    [
        "UPN,Surname,Date,Session,Mark",
        "Adm No,UPN,07/09/2026 AM,07/09/2026 PM",
        "UPN,07/09/2026,08/09/2026",
    ],
)
def test_a_map_survives_being_kept(header):
    kept = guess(table(header)).column_map
    assert ColumnMap.from_json(json.loads(json.dumps(kept.to_json()))) == kept


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"shape": "long"},
        {"shape": "long", "columns": 3},
        {"shape": "round", "columns": {}},
        {"shape": "long", "columns": {"shoe size": ["upn", 0]}},
        {"shape": "long", "columns": {"upn": "upn"}},
        {"shape": "long", "columns": {"upn": 7}},
    ],
)
def test_what_is_no_map_is_refused(kept):
    with pytest.raises(ValueError):  # noqa: PT011 - the words are for a developer
        ColumnMap.from_json(kept)


def test_a_kept_map_fits_a_file_with_other_titles_order_and_capitals():
    kept = guess(table("UPN,Date,Session,Mark,Comments")).column_map
    found = fit(kept, table("Week 3,,,\n,,,\nMARK,comments,SESSION,DATE,Upn"))
    assert places(found) == {UPN: 4, DATE: 3, SESSION: 2, MARK: 0}
    assert found.layout.skip == 3


def test_a_kept_map_finds_the_days_of_another_week():
    kept = guess(table("UPN,07/09/2026 AM,07/09/2026 PM")).column_map
    assert days(fit(kept, table("UPN,08/09/2026 AM"))) == [(1, date(2026, 9, 8), Session.AM)]


def test_a_kept_map_says_which_headings_a_file_lacks():
    kept = guess(table("UPN,Date,Session,Mark,Surname")).column_map
    found = fit(kept, table("UPN,Date,Session,Surname"))
    assert not found.complete
    assert found.missing == (MARK,)


def test_a_person_may_choose_the_second_of_two_equal_headings():
    headings = ["UPN", "Date", "Session", "Code", "Code"]
    chosen = ColumnMap.of(Shape.LONG, headings, {UPN: 0, DATE: 1, SESSION: 2, MARK: 4})
    assert places(fit(chosen, [headings]))[MARK] == 4


def test_a_person_may_choose_a_column_that_no_word_gives_away():
    headings = ["Ref", "When", "Half", "What"]
    chosen = ColumnMap.of(Shape.LONG, headings, {UPN: 0, DATE: 1, SESSION: 2, MARK: 3})
    assert not guess([headings]).complete
    assert fit(chosen, [headings]).complete


def test_the_key_of_a_map_does_not_depend_on_the_dates():
    first, second, other = (
        guess(table(header)).fingerprint
        for header in ("UPN,07/09/2026 AM,07/09/2026 PM", "upn,08/09/2026 AM", "UPN,Surname,07/09/2026 AM")
    )
    assert first == second
    assert first != other


def test_the_upn_alone_can_be_asked_for():
    found = guess(table("UPN,Adm No,Surname,Date,Session,Mark")).column_map
    assert set(found.by_upn_alone().columns) == {UPN, DATE, SESSION, MARK}


def test_the_likelier_word_wins_over_the_first_column():
    assert roles_of(["Pupil id", "Admission No"])[Role.ADMISSION] == 1
