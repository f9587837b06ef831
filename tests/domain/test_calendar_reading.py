"""A calendar file is read line by line, and each bad line says its number, its column and the reason."""

from datetime import date

import pytest

from onroll.domain.schoolcalendar import CalendarEntry, Kind, Layer
from onroll.domain.schoolcalendar.reading import (
    CalendarProblem,
    name_problem,
    read_calendar,
    text_of,
    write_calendar,
)

GOOD = """kind,from,to,name
term,2026-09-01,2026-10-23,Term 1
inset,2026-09-03,,Staff training
"""


def test_good_lines_become_entries_with_their_line_number():
    found = read_calendar(GOOD)
    assert found.problems == []
    assert [(line.line, line.entry) for line in found.lines] == [
        (2, CalendarEntry(Kind.TERM, date(2026, 9, 1), date(2026, 10, 23), "Term 1")),
        (3, CalendarEntry(Kind.INSET, date(2026, 9, 3), date(2026, 9, 3), "Staff training")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(GOOD.replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param(GOOD.replace(",", ";"), id="semicolons"),
        pytest.param(GOOD.replace(",", "\t"), id="tabs"),
        pytest.param(GOOD.replace("kind,from", "Kind , FROM"), id="headings in capitals"),
        pytest.param(
            GOOD.replace("2026-09-03", "03/09/2026").replace("2026-10-23", "23/10/26"), id="English dates"
        ),
        pytest.param(GOOD.replace("term,", "Term,").replace("inset,", " INSET ,"), id="kinds in capitals"),
        pytest.param(
            GOOD.replace("name\n", "name,note\n").replace("Term 1", "Term 1,seven weeks"), id="more columns"
        ),
    ],
)
def test_the_same_calendar_in_another_dress_is_the_same(text):
    assert [line.entry for line in read_calendar(text).lines] == [
        line.entry for line in read_calendar(GOOD).lines
    ]
    assert read_calendar(text).problems == []


def test_empty_lines_are_passed_over_and_still_numbered():
    found = read_calendar("\n" + GOOD.replace("inset", "\n,,,\ninset"))
    assert [line.line for line in found.lines] == [3, 6]


def test_a_name_over_two_lines_does_not_put_the_numbers_out():
    found = read_calendar('kind,from,to,name\nterm,2026-09-01,2026-10-23,"Term\n1"\ninset,nonsense,,\n')
    assert [(line.line, line.entry.name) for line in found.lines] == [(2, "Term 1")]
    assert [problem.line for problem in found.problems] == [4]


def test_columns_may_stand_in_any_order():
    found = read_calendar("name,to,from,kind\nTerm 1,2026-10-23,2026-09-01,term\n")
    assert found.lines[0].entry == CalendarEntry(Kind.TERM, date(2026, 9, 1), date(2026, 10, 23), "Term 1")


def test_a_year_group_puts_the_line_on_its_layer():
    found = read_calendar("kind,from,to,name,Year group\nclosure,2026-10-05,,Boiler,9\n")
    assert found.lines[0].year_group == "9"
    assert found.lines[0].entry.layer is Layer.YEAR_GROUP


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        pytest.param("vacation,2026-10-26,,x", "kind", '"vacation" is no kind', id="unknown kind"),
        pytest.param(",2026-10-26,,x", "kind", "The kind is missing", id="no kind"),
        pytest.param("holiday,,2026-10-26,x", "from", "The date is missing", id="no first day"),
        pytest.param("holiday,26 October,,x", "from", '"26 October" is no date', id="a date in words"),
        pytest.param("holiday,2026-02-30,,x", "from", "is no date", id="a date that does not exist"),
        pytest.param("holiday,0206-10-26,,x", "from", "The year 206", id="a year mistyped"),
        pytest.param("holiday,2026-10-26,2026-1o-30,x", "to", "is no date", id="a bad last day"),
        pytest.param("holiday,2026-10-26,2026-10-23,x", "to", "before the first", id="ends before it begins"),
        pytest.param("holiday,2026-10-26,," + "x" * 81, "name", "longer than 80", id="a name too long"),
        pytest.param("holiday,2026-10-26,,=1+1", "name", "formula", id="a name that is a formula"),
        pytest.param("term,2026-09-01,2026-10-23,Term 1", "", "the same as line 2", id="a line given twice"),
    ],
)
def test_a_bad_line_says_its_number_its_column_and_why(line, column, words):
    found = read_calendar(GOOD + line + "\n")
    assert [(problem.line, problem.column) for problem in found.problems] == [(4, column)]
    assert words in found.problems[0].reason
    assert len(found.lines) == 2


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        pytest.param("", "", "The file is empty", id="nothing"),
        pytest.param("\n \n", "", "The file is empty", id="blank lines only"),
        pytest.param("kind,to,name\nterm,2026-09-01,x\n", "from", 'no column "from"', id="a column missing"),
        pytest.param('kind,from,to\n"term,2026-09-01', "", "cannot be read", id="an open quotation mark"),
    ],
)
def test_a_file_that_is_no_calendar_says_so(text, column, words):
    found = read_calendar(text)
    assert found.lines == []
    assert found.problems[0].column == column
    assert words in found.problems[0].reason


def test_a_file_without_the_needed_columns_is_not_read_on():
    problems = read_calendar("UPN,Date,Mark\nA1,2026-09-01,I\n").problems
    assert [problem.line for problem in problems] == [1, 1, 1]


def test_a_file_of_endless_lines_is_stopped():
    text = "kind,from,to,name\n" + "".join(f"inset,2026-09-03,,Day {n}\n" for n in range(2100))
    assert read_calendar(text).problems == [CalendarProblem(2001, "", "A calendar has at most 2000 lines")]


def test_what_is_written_is_read_back():
    entries = [
        (CalendarEntry(Kind.TERM, date(2026, 9, 1), date(2026, 10, 23), 'Term "1", long'), ""),
        (CalendarEntry(Kind.AM_ONLY, date(2026, 10, 23), date(2026, 10, 23), ""), ""),
        (
            CalendarEntry(
                Kind.CLOSURE, date(2026, 10, 5), date(2026, 10, 6), "Boiler – cold", Layer.YEAR_GROUP
            ),
            "9",
        ),
    ]
    found = read_calendar(write_calendar(entries))
    assert [(line.entry, line.year_group) for line in found.lines] == entries


def test_the_year_group_column_is_written_only_when_it_is_needed():
    entry = CalendarEntry(Kind.INSET, date(2026, 9, 3), date(2026, 9, 3))
    assert write_calendar([(entry, "")]) == "kind,from,to,name\r\ninset,2026-09-03,2026-09-03,\r\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("Été".encode(), id="UTF-8"),
        pytest.param("Été".encode("utf-8-sig"), id="UTF-8 with BOM"),
        pytest.param("Été".encode("cp1252"), id="cp1252"),
        pytest.param("Été".encode("utf-16"), id="UTF-16 with BOM"),
    ],
)
def test_the_encodings_of_schools_are_read(data):
    assert text_of(data) == "Été"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"PK\x03\x04\x14\x00\x06\x00", id="a workbook"),
        pytest.param(bytes(range(256)), id="every byte"),
        pytest.param(b"\xff\xfe\x00", id="half a UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_in_words(data):
    with pytest.raises(ValueError, match="not a text file"):
        text_of(data)


def test_an_ordinary_name_has_no_problem():
    assert name_problem("Autumn half-term") is None
