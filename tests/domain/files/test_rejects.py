"""Every line that is not used is named once, with its number and the reason; nothing else is named."""

import pytest

from onroll.domain.register.files import CodeBook, Fault, problems, verdict
from onroll.domain.register.files.lines import BY_UPN
from tests.domain.files.rows import ListRows, read, rejected, table
from tests.domain.reference import entry, reference_with

A, B = "B801200005001", "W865400026123"
HEADER = "UPN,Date,Session,Mark"


def long(*lines: str) -> list[list[str]]:
    return table("\n".join([HEADER, *lines]))


def said(found):
    return [(problem.line, problem.fault) for problem in found]


@pytest.mark.parametrize(
    ("line", "fault", "words"),
    [
        (",07/09/2026,AM,/", Fault.UNREADABLE, "no UPN"),
        (f"{A},31/02/2026,AM,/", Fault.UNREADABLE, '"31/02/2026" is not a date'),
        (f"{A},,AM,/", Fault.UNREADABLE, "no date"),
        (f"{A},07/09/2026,EVE,/", Fault.UNREADABLE, '"EVE" is not a session'),
        (f"{A},07/09/2026,,/", Fault.UNREADABLE, "no session"),
        (f"{A},07/09/2026,AM", Fault.UNREADABLE, "ends after 3 cells"),
        (f"{A},31/02/2026,AM,", Fault.UNREADABLE, "not a date"),
        (f"{A},07/09/2026,AM,QQ", Fault.UNKNOWN_CODE, '"QQ" is not a national'),
        (f"{A},07/09/2026,AM,H", Fault.UNKNOWN_CODE, "withdrawn in August 2024"),
        (f"{A},07/09/2026,AM,i", Fault.UNKNOWN_CODE, "I is a capital letter"),
        (f"{A},05/09/2026,AM,I", Fault.NO_SESSION, "2026-09-05 AM"),
        (f"{A},26/10/2026,PM,/", Fault.NO_SESSION, "2026-10-26 PM"),
        (f"{A},01/09/2025,AM,/", Fault.NO_SESSION, "2025-09-01 AM"),
    ],
)
def test_a_line_that_is_not_used_says_why(line, fault, words):
    [problem] = rejected(long(f"{B},07/09/2026,AM,/", line, f"{B},07/09/2026,PM,/"))
    assert (problem.line, problem.fault) == (3, fault)
    assert words in problem.reason
    assert problem.cells == tuple(line.split(","))


@pytest.mark.parametrize("mark", ["", " ", "-", "#", "Z"])
@pytest.mark.parametrize("on", ["05/09/2026", "26/10/2026", "02/09/2026", "01/08/2030"])
def test_silent_marks_without_a_session_are_passed_over(mark, on):
    assert rejected(long(f"{A},{on},AM,{mark}")) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        pytest.param(f"{A},31/02/2026,AM,QQ", Fault.UNREADABLE, id="unreadable before unknown code"),
        pytest.param(f"{A},05/09/2026,AM,QQ", Fault.UNKNOWN_CODE, id="unknown code before no session"),
    ],
)
def test_the_first_reason_that_holds_is_given(line, fault):
    assert said(rejected(long(line))) == [(2, fault)]


def test_all_lines_of_a_conflict_are_named_with_the_line_they_contradict():
    found = rejected(
        long(f"{A},07/09/2026,AM,I", f"{A},07/09/2026,AM,I", f"{A},07/09/2026,AM,", f"{A},07/09/2026,AM,/")
    )
    assert said(found) == [(2, Fault.CONFLICT), (3, Fault.CONFLICT), (5, Fault.CONFLICT)]
    assert [problem.reason for problem in found] == [
        "The same session has two marks: I here, / on line 5. Neither is used.",
        "The same session has two marks: I here, / on line 5. Neither is used.",
        "The same session has two marks: / here, I on line 2. Neither is used.",
    ]


def test_three_marks_for_one_session_each_name_another():
    found = rejected(long(*(f"{A},07/09/2026,AM,{mark}" for mark in "I/C-")))
    assert [problem.reason.split(": ")[1] for problem in found] == [
        "I here, / on line 3. Neither is used.",
        "/ here, I on line 2. Neither is used.",
        "C here, I on line 2. Neither is used.",
        "- here, I on line 2. Neither is used.",
    ]


def test_where_there_is_no_session_there_is_no_conflict():
    found = rejected(
        long(f"{A},05/09/2026,AM,-", f"{A},05/09/2026,AM,I", f"{A},05/09/2026,AM,/", f"{A},05/09/2026,PM,I")
    )
    assert said(found) == [(3, Fault.NO_SESSION), (4, Fault.NO_SESSION), (5, Fault.NO_SESSION)]


def test_the_lines_between_are_not_named():
    rows = table(
        f"My school,,,\n\n{HEADER}\n{A},07/09/2026,AM,/\n\nTotal,,,1\n{HEADER}\n{A},05/09/2026,AM,I\n"
    )
    assert said(rejected(rows)) == [(8, Fault.NO_SESSION)]


def test_the_afternoon_of_a_morning_only_day_does_not_exist():
    short = reference_with(entry("am-only", "2026-09-07"))
    rows = long(f"{A},07/09/2026,AM,I", f"{A},07/09/2026,PM,I")
    assert said(rejected(rows, calendar=short)) == [(3, Fault.NO_SESSION)]


def wide(*lines: str) -> list[list[str]]:
    return table("\n".join(["UPN,Surname,05/09/2026 AM,07/09/2026 AM,07/09/2026 PM,08/09/2026 AM", *lines]))


def where(found):
    return [(problem.line, problem.column, problem.heading, problem.fault) for problem in found]


def test_a_cell_of_a_wide_file_is_named_with_its_column():
    found = rejected(wide(f"{A},Ash,I,H,/,C2", f"{B},Elm,#,/,é,"))
    assert where(found) == [
        (2, 2, "05/09/2026 AM", Fault.NO_SESSION),
        (2, 3, "07/09/2026 AM", Fault.UNKNOWN_CODE),
        (3, 4, "07/09/2026 PM", Fault.UNKNOWN_CODE),
    ]
    assert [problem.cells for problem in found] == [(A, "Ash", "I"), (A, "Ash", "H"), (B, "Elm", "é")]
    assert [problem.key for problem in found] == [(BY_UPN, A), (BY_UPN, A), (BY_UPN, B)]


def test_a_conflict_of_a_wide_file_names_line_and_column():
    found = rejected(wide(f"{A},Ash,,I,I,", f"{A},Ash,,I,/,"))
    assert where(found) == [
        (2, 4, "07/09/2026 PM", Fault.CONFLICT),
        (3, 4, "07/09/2026 PM", Fault.CONFLICT),
    ]
    assert "I here, / on line 3, column 5" in found[0].reason
    assert "/ here, I on line 2, column 5" in found[1].reason


def test_a_conflict_between_two_columns_names_both():
    found = rejected(table(f"UPN,07/09/2026 AM,07/09/2026 AM\n{A},I,/"))
    assert where(found) == [(2, 1, "07/09/2026 AM", Fault.CONFLICT), (2, 2, "07/09/2026 AM", Fault.CONFLICT)]


def test_a_wide_line_without_a_upn_is_named_as_a_whole():
    [problem] = rejected(wide(",Ash,,H,/,/"))
    assert (problem.line, problem.column, problem.fault) == (2, None, Fault.UNREADABLE)


def test_a_column_whose_heading_cannot_be_read_is_named_once():
    rows = table(f"Title,,\nUPN,07/09/2026 AM,31/02/2026 AM\n{A},/,I\n{B},/,I")
    [problem] = rejected(rows)
    assert (problem.line, problem.column, problem.fault) == (2, 2, Fault.UNREADABLE)
    assert '"31/02/2026 AM"' in problem.reason


@pytest.mark.parametrize(
    ("cell", "reasons"),
    [
        ("HI", ['In "HI": the code "H" was withdrawn']),
        ("HJ", ['In "HJ": the code "H" was', 'In "HJ": the code "J" was']),
        ("H", ['The code "H" was withdrawn']),
        ("C2", ['"C2" is one mark for two sessions']),
        ("I", ['"I" is one mark for two sessions']),
        ("III", ['"III" is not two marks']),
        ("/2", ['In "/2": the code "2" is not a national']),
        ("I-", []),
        (" I", []),
    ],
)
def test_a_cell_of_two_marks_says_what_is_wrong_with_it(cell, reasons):
    found = rejected(table(f"UPN,07/09/2026\n{A},{cell}"))
    assert len(found) == len(reasons)
    for problem, reason in zip(found, reasons, strict=True):
        assert problem.reason.startswith(reason)


def test_one_half_of_a_cell_may_have_no_session():
    short = reference_with(entry("am-only", "2026-09-07"))
    [problem] = rejected(table(f"UPN,07/09/2026\n{A},II"), calendar=short)
    assert (problem.column, problem.reason) == (1, "no-session 2026-09-07 PM")


@pytest.mark.parametrize("shape", ["long", "wide"])
def test_every_line_of_a_stranger_is_named_and_nothing_else_about_it(shape):
    rows = {
        "long": long(f"{A},07/09/2026,AM,H", f"{B},07/09/2026,AM,H"),
        "wide": wide(f"{A},Ash,I,H,/,C2", f"{B},Elm,,H,/,C2"),
    }[shape]
    reading = read(rows)
    found = problems(
        ListRows(rows), reading, CodeBook(), verdicts={}, words=lambda *_: "", strangers={(BY_UPN, A)}
    )
    assert said(found) == [(2, Fault.UNKNOWN_PUPIL), (3, Fault.UNKNOWN_CODE)]


def test_the_first_fault_of_a_place_wins():
    grid = verdict({Fault.CONFLICT: [0, 1, 2], Fault.FUTURE: [1], Fault.NO_SESSION: [2], Fault.OFF_ROLL: [2]})
    assert list(grid[:4]) == [4, 3, 1, 0]


def test_a_reason_quotes_no_long_text():
    [problem] = rejected(long(f"{A},07/09/2026,AM,{'secret ' * 20}"))
    assert problem.reason.count("secret") == 3
