"""Dates and sessions are read as schools write them, and what could mean two things is not read."""

from datetime import date

import pytest

from onroll.domain.register.files.datetext import (
    looks_like_a_date,
    read_date,
    read_day_heading,
    read_session,
    read_session_date,
)
from onroll.domain.schoolcalendar import Session

SEVENTH = date(2026, 9, 7)  # a Monday


@pytest.mark.parametrize(
    "text",
    [
        *("07/09/2026", "7/9/2026", "07/09/26", "7/9/26", "07-09-2026", "07.09.2026", "7 9 2026"),
        *("2026-09-07", "2026/09/07", "2026-9-7", "2026-09-07 00:00:00", "2026-09-07T00:00:00"),
        *("2026-09-07 00:00:00.000", "07/09/2026 00:00", "07/09/2026 08:45:10", "2026-09-07T09:00"),
        *("7 September 2026", "07 Sep 2026", "7-Sep-26", "7th September 2026", "7 sept 2026"),
        *("Mon 07/09/2026", "Monday 7 September 2026", "Mon, 07/09/2026", "mon 2026-09-07", " 07/09/2026 "),
    ],
)
def test_a_date_is_read(text):
    assert read_date(text) == SEVENTH


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("31/02/2026", id="no such day"),
        pytest.param("29/02/2027", id="no leap year"),
        pytest.param("09/25/2026", id="month first"),
        pytest.param("2026-13-01", id="month 13"),
        pytest.param("00/09/2026", id="day 0"),
        pytest.param("07/09-2026", id="mixed signs"),
        pytest.param("07/09", id="no year"),
        pytest.param("07/09/026", id="three digits of a year"),
        pytest.param("Tue 07/09/2026", id="the wrong weekday"),
        pytest.param("7 Septober 2026", id="no such month"),
        pytest.param("2026-09-07T23:00:00Z", id="a time zone: in England it is the 8th"),
        pytest.param("2026-09-07T00:00:00+01:00", id="an offset"),
        pytest.param("07/09/2026 AM", id="more than a date"),
        pytest.param("46272", id="a spreadsheet's number"),
        pytest.param("٠٧/٠٩/٢٠٢٦", id="digits of another script"),
        pytest.param("today", id="a word"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_date_is_not_read(text):
    assert read_date(text) is None


def test_the_leap_day_is_read():
    assert read_date("29/02/2028") == date(2028, 2, 29)


@pytest.mark.parametrize("text", ["07/09/1989", "01/01/2100", "0001-01-01", "9999-12-31", "07/09/0026"])
def test_a_register_has_no_such_years(text):
    assert read_date(text) is not None
    assert read_session_date(text) is None


@pytest.mark.parametrize(
    ("text", "session"),
    [(text, Session.AM) for text in ("AM", "am", " Am ", "a.m.", "Morning", "1")]
    + [(text, Session.PM) for text in ("PM", "pm", "p.m.", "AFTERNOON", "2")],
)
def test_a_session_is_read(text, session):
    assert read_session(text) is session


@pytest.mark.parametrize("text", ["", " ", "EVE", "A", "3", "0", "AM PM", "1.5", "AM1", "noon"])
def test_what_is_no_session_is_not_read(text):
    assert read_session(text) is None


@pytest.mark.parametrize(
    ("text", "session"),
    [
        *(
            (text, Session.AM)
            for text in ("07/09/2026 AM", "2026-09-07 am", "Mon 07/09/2026 AM", "07/09/2026AM")
        ),
        *(
            (text, Session.AM)
            for text in ("AM 07/09/2026", "07/09/26 (AM)", "07/09/2026\nAM", "07/09/2026 1")
        ),
        *(
            (text, Session.PM)
            for text in ("07/09/2026 PM", "2026-09-07_PM", "07/09/2026 - PM", "07/09/2026 2")
        ),
        *(
            (text, Session.PM)
            for text in ("2026-09-07 00:00:00 pm", "7 Sep 2026 Afternoon", "PM: 07/09/2026")
        ),
        *(
            (text, None)
            for text in ("07/09/2026", "2026-09-07", "Monday 7 September 2026", "2026-09-07 00:00:00")
        ),
    ],
)
def test_a_heading_names_a_date_and_perhaps_a_session(text, session):
    assert read_day_heading(text) == (SEVENTH, session)


@pytest.mark.parametrize(
    "text",
    ["UPN", "AM", "Total AM", "31/02/2026 AM", "07/09/2026 EVE", "07/09/2026 3", "Date of birth", "1", ""],
)
def test_other_headings_name_no_date(text):
    assert read_day_heading(text) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *((text, True) for text in ("31/02/2026 AM", "07/09/2026 EVE", "7 Septober 2026", "07/09/2026")),
        *((text, True) for text in ("07/09/2026 AM registration", "Mon 31/02/2026")),
        *((text, False) for text in ("UPN", "Year 9", "9/10", "Attendance %", "")),
        *((text, False) for text in ("01/09/2026 - 18/12/2026", "% to 18/12/2026", "Possible by 18/12/2026")),
    ],
)
def test_a_heading_that_was_meant_as_a_date_is_noticed(text, meant):
    assert looks_like_a_date(text) is meant
