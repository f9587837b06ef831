"""A calendar file is read line by line, and each bad line says its number, its column and the reason."""

import io
from datetime import date

import openpyxl
import pytest

from onroll.domain.schoolcalendar import CalendarEntry, Kind, Layer
from onroll.domain.schoolcalendar.calendarfile import name_problem, write_calendar
from onroll.queries.calendar_import import read_file, read_text, text_of
from onroll.queries.tables import TableProblem, brought
from onroll.queries.tables.calendars import read_calendar

GOOD = """kind,from,to,name
term,2026-09-01,2026-10-23,Term 1
inset,2026-09-03,,Staff training
"""
ENTRIES = [
    CalendarEntry(Kind.TERM, date(2026, 9, 1), date(2026, 10, 23), "Term 1"),
    CalendarEntry(Kind.INSET, date(2026, 9, 3), date(2026, 9, 3), "Staff training"),
]


def entries(found):
    return [line.entry for line in found.lines]


def problems(found):
    return [(problem.line, problem.column) for problem in found.problems]


def test_good_lines_become_entries_with_their_line_number():
    found = read_text(GOOD)
    assert (problems(found), entries(found)) == ([], ENTRIES)
    assert [line.line for line in found.lines] == [2, 3]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(GOOD.replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param(GOOD.replace(",", ";"), id="semicolons"),
        pytest.param(GOOD.replace("kind,from", "Kind , FROM"), id="headings in capitals"),
        pytest.param(
            GOOD.replace("2026-09-03", "03/09/2026").replace("2026-10-23", "23/10/26"), id="English dates"
        ),
        pytest.param(GOOD.replace("term,", "Term,").replace("inset,", " INSET ,"), id="kinds in capitals"),
        pytest.param(
            GOOD.replace("name\n", "name,note\n").replace("Term 1", "Term 1,seven weeks"), id="more columns"
        ),
        pytest.param("name,to,from,kind\nTerm 1,2026-10-23,2026-09-01,term\nStaff training,,2026-09-03,inset\n",
                     id="columns in another order"),
    ],
)  # fmt: skip
def test_the_same_calendar_in_another_dress_is_the_same(text):
    assert entries(read_text(text)) == ENTRIES


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_encodings_of_schools_are_read(encoding):
    data = GOOD.replace("Term 1", "Été").encode(encoding)
    assert entries(read_file(io.BytesIO(data), "calendar.csv"))[0].name == "Été"


def test_a_workbook_is_read_as_a_file_of_text_is():
    book = openpyxl.Workbook()
    for row in (
        ["kind", "from", "to", "name"],
        ["term", date(2026, 9, 1), date(2026, 10, 23), "Term 1"],
        ["inset", date(2026, 9, 3), None, "Staff training"],
    ):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    assert entries(read_file(stream, "calendar.xlsx")) == ENTRIES


def test_empty_lines_are_passed_over_and_still_numbered():
    found = read_text("\n" + GOOD.replace("inset", "\n,,,\ninset"))
    assert [line.line for line in found.lines] == [3, 6]


def test_a_year_group_puts_the_line_on_its_layer():
    (line,) = read_text("kind,from,to,name,Year group\nclosure,2026-10-05,,Boiler,9\n").lines
    assert (line.year_group, line.entry.layer) == ("9", Layer.YEAR_GROUP)


def test_a_line_for_a_year_group_says_nothing_for_the_whole_school():
    found = read_text(GOOD.replace("name\n", "name,year-group\n") + "closure,2026-10-05,,Boiler,9\n")
    assert found.entries == tuple(ENTRIES)


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        pytest.param("vacation,2026-10-26,,x", "kind", '"vacation" is not a kind', id="unknown kind"),
        pytest.param(",2026-10-26,,x", "kind", "is not a kind", id="no kind"),
        pytest.param("holiday,,2026-10-26,x", "from", "The date is missing", id="no first day"),
        pytest.param("holiday,next week,,x", "from", '"next week" is not a date', id="a date in words"),
        pytest.param("holiday,2026-02-30,,x", "from", "is not a date", id="a date that does not exist"),
        pytest.param("holiday,0206-10-26,,x", "from", "is not a date", id="a year mistyped"),
        pytest.param("holiday,2026-10-26,2026-1o-30,x", "to", "is not a date", id="a bad last day"),
        pytest.param("holiday,2026-10-26,2026-10-23,x", "to", "ends before", id="ends before it begins"),
    ],
)
def test_a_bad_line_says_its_number_its_column_and_why(line, column, words):
    found = read_text(GOOD + line + "\n")
    assert problems(found) == [(4, column)]
    assert words in found.problems[0].message
    assert entries(found) == ENTRIES


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"", "The file is empty", id="nothing"),
        pytest.param(b"UPN,Date,Mark\nA1,2026-09-01,I\n", "no line with the headings", id="a register"),
        pytest.param(
            b"kind,to,name\nterm,2026-09-01,x\n", "no line with the headings", id="a column missing"
        ),
        pytest.param(b"PK\x03\x04\x14\x00\x06\x00", "damaged", id="half a workbook"),
        pytest.param(b"%PDF-1.7 ...", "a PDF", id="a PDF"),
        pytest.param(bytes(range(256)) * 4, "", id="every byte"),
    ],
)
def test_a_file_that_is_no_calendar_says_so(data, words):
    found = read_file(io.BytesIO(data), "calendar.csv")
    assert found.lines == ()
    assert len(found.problems) == 1
    assert words in found.problems[0].message


def test_a_file_of_endless_lines_is_stopped():
    found = read_text("kind,from,to,name\n" + "".join(f"inset,2026-09-03,,Day {n}\n" for n in range(2100)))
    assert problems(found) == [(2002, "")]


def test_a_calendar_without_a_term_is_refused_only_where_counting_needs_one():
    text = "kind,from,to,name\ninset,2026-09-03,,Staff training\n"
    assert problems(read_text(text)) == []
    with brought(io.BytesIO(text.encode())) as tables, pytest.raises(TableProblem, match="no term"):
        read_calendar(tables)


def test_what_is_written_is_read_back():
    written = [
        (CalendarEntry(Kind.TERM, date(2026, 9, 1), date(2026, 10, 23), 'Term "1", long'), ""),
        (CalendarEntry(Kind.AM_ONLY, date(2026, 10, 23), date(2026, 10, 23), ""), ""),
        (CalendarEntry(Kind.CLOSURE, date(2026, 10, 5), date(2026, 10, 6), "Boiler – cold", Layer.YEAR_GROUP), "9"),
    ]  # fmt: skip
    found = read_text(write_calendar(written))
    assert [(line.entry, line.year_group) for line in found.lines] == written
    assert text_of(found) == write_calendar(written)


def test_the_year_group_column_is_written_only_when_it_is_needed():
    assert write_calendar([(ENTRIES[1], "")]) == (
        "kind,from,to,name\r\ninset,2026-09-03,2026-09-03,Staff training\r\n"
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("x" * 81, "longer than 80", id="too long"),
        pytest.param("=1+1", "formula", id="a formula"),
        pytest.param("@here", "formula", id="an old formula"),
    ],
)
def test_a_name_that_cannot_be_kept_says_why(name, words):
    assert words in name_problem(name)
    assert name_problem("Autumn half-term") is None
