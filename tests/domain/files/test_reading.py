"""Marks come into the grids as the file says them, in every shape; and nothing is kept that was not said."""

import pytest

from onroll.domain.register import NO_MARK
from onroll.domain.register.files import CodeBook, PupilKey, ReadingStopped, guess, read_marks
from onroll.domain.register.files import reading as reading_module
from onroll.domain.register.files.lines import BY_ADMISSION, BY_NAME, BY_UPN
from tests.domain.files.rows import ListRows, marks, read, table
from tests.domain.reference import at, day, entry, reference_with

A, B = "B801200005001", "W865400026123"
HEADER = "UPN,Date,Session,Mark"


def long(*lines: str) -> list[list[str]]:
    return table("\n".join([HEADER, *lines]))


def test_each_line_gives_one_mark():
    found = read(long(f"{A},07/09/2026,AM,/", f"{A},07/09/2026,PM,\\", f"{B},08/09/2026,AM,C2"))
    assert marks(found) == {
        A: {at("2026-09-07 AM"): "/", at("2026-09-07 PM"): "\\"},
        B: {at("2026-09-08 AM"): "C2"},
    }
    assert (found.lines, found.passed_over, found.flawed) == (3, 0, False)


def test_the_same_texts_in_another_dress_are_the_same_pupil_and_session():
    found = read(long(f" {A.lower()} ,2026-09-07,am, I ", f"{A},07/09/2026,Morning,I", f"{A},7/9/26,1,I"))
    assert marks(found) == {A: {at("2026-09-07 AM"): "I"}}
    assert not found.conflicts


def test_years_are_kept_apart():
    found = read(long(f"{A},31/07/2026,PM,I", f"{A},01/08/2026,AM,I"))
    assert sorted(found.registers) == [2025, 2026]
    assert set(marks(found)[A]) == {at("2026-07-31 PM"), at("2026-08-01 AM")}


def test_the_leap_day_has_a_place():
    assert marks(read(long(f"{A},29/02/2028,PM,I")))[A] == {at("2028-02-29 PM"): "I"}


@pytest.mark.parametrize("blank", ["", " ", "   "])
def test_a_blank_mark_says_nothing_and_contradicts_nothing(blank):
    found = read(long(f"{A},07/09/2026,AM,I", f"{A},07/09/2026,AM,{blank}", f"{B},07/09/2026,AM,{blank}"))
    assert marks(found) == {A: {at("2026-09-07 AM"): "I"}, B: {}}
    assert (found.lines, found.flawed, found.conflicts) == (3, False, {})


@pytest.mark.parametrize(
    "again",
    [
        pytest.param("I", id="an equal repeat is none"),
        pytest.param("", id="a blank is none"),
    ],
)
def test_no_conflict(again):
    found = read(long(f"{A},07/09/2026,AM,I", f"{A},07/09/2026,AM,{again}"))
    assert marks(found)[A] == {at("2026-09-07 AM"): "I"}


@pytest.mark.parametrize(
    ("one", "other"), [("I", "/"), ("/", "\\"), ("I", "-"), ("-", "I"), ("C", "C2"), ("#", "Z")]
)
def test_two_different_marks_for_one_session_are_a_conflict_and_neither_stands(one, other):
    found = read(long(f"{A},07/09/2026,AM,{one}", f"{A},07/09/2026,PM,I", f"{A},07/09/2026,AM,{other}"))
    assert marks(found)[A] == {at("2026-09-07 PM"): "I"}
    assert len(found.conflicts) == 1


@pytest.mark.parametrize("code", ["H", "J", "Y", "i", "c2", "QQ", "1", "2", "j", "a", ".", "//", "Y8", "–"])
def test_an_unknown_code_is_kept_apart_and_makes_no_conflict(code):
    found = read(long(f"{A},07/09/2026,AM,I", f"{A},07/09/2026,AM,{code}", f"{B},07/09/2026,AM,{code}"))
    assert marks(found) == {A: {at("2026-09-07 AM"): "I"}, B: {}}
    assert found.unknown == {code: 2}
    assert found.flawed


@pytest.mark.parametrize(
    "line",
    [
        ",07/09/2026,AM,/",
        f"{A},31/02/2026,AM,/",
        f"{A},,AM,/",
        f"{A},07/09/2026,EVE,/",
        f"{A},07/09/2026,,/",
        f"{A},07/09/2026,AM",
        f"{A}",
        "anything at all",
    ],
)
def test_an_unreadable_line_makes_no_conflict_and_names_nobody(line):
    found = read(long(f"{B},07/09/2026,AM,I", line))
    assert marks(found) == {B: {at("2026-09-07 AM"): "I"}}
    assert (found.lines, found.passed_over, found.flawed) == (2, 0, True)
    assert found.dates == {day("2026-09-07")}


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("", id="blank"),
        pytest.param(",,,", id="blank cells"),
        pytest.param(" , ,, ", id="spaces"),
        pytest.param("Total,,,34", id="total"),
        pytest.param("Sub total,07/09/2026,,34", id="sub total of a day"),
        pytest.param("Subtotal:,,,34", id="subtotal"),
        pytest.param(",,,34", id="a number without a word"),
        pytest.param(",Grand total,,1204 marks", id="grand total in another column"),
        pytest.param("Count,12,,", id="count"),
        pytest.param("Total,07/09/2026,AM,34", id="total of a session"),
        pytest.param(HEADER, id="the header once more"),
        pytest.param("upn,DATE,Session,mark", id="the header in other capitals"),
    ],
)
def test_lines_that_are_no_marks_are_passed_over_in_silence(line):
    found = read(long(f"{A},07/09/2026,AM,I", line))
    assert (found.lines, found.passed_over, found.flawed) == (1, 1, False)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(f"{A},Total,AM,/", id="a pupil with a date that is none"),
        pytest.param(",07/09/2026,AM,34", id="a date and a session with a number for a mark"),
        pytest.param("Totality,07/09/2026,AM,I", id="a UPN that only begins like the word"),
        pytest.param("Total,,,I", id="a mark beside the word"),
    ],
)
def test_lines_that_only_look_like_totals_are_not_passed_over(line):
    assert read(long(f"{A},07/09/2026,AM,I", line)).lines == 2


def wide(*lines: str) -> list[list[str]]:
    header = "UPN,Surname,07/09/2026 AM,07/09/2026 PM,08/09/2026 AM,08/09/2026 PM"
    return table("\n".join([header, *lines]))


BOTH_WAYS = pytest.mark.parametrize(
    "between",
    [
        pytest.param("", id="cells joined"),
        pytest.param(",", id="commas"),
        pytest.param("\t", id="tabs"),
    ],
)


@BOTH_WAYS
@pytest.mark.parametrize(
    ("cells", "found"),
    [
        pytest.param("/,\\,I,I", "/\\II", id="a mark in each cell"),
        pytest.param("/,,I,", "/.I.", id="blanks"),
        pytest.param(",,,", "....", id="all blank"),
        pytest.param(",\\,,I", ".\\.I", id="blank at the start"),
        pytest.param("/, , I,I ", "/.II", id="spaces"),
        pytest.param("C2,C2,/,C", "22/C", id="codes of two characters"),
        pytest.param("C2,,/,Y1", "2./a", id="codes of two characters and blanks, as long as all single"),
        pytest.param("-,-,#,Z", "--#Z", id="silent ones"),
        pytest.param("/", "/...", id="a line that ends early: the rest is blank"),
        pytest.param("/,\\,I,I,x,y", "/\\II", id="a line with more cells"),
        pytest.param(",,/,\\,I,I", "../\\", id="a line with more cells and blanks"),
        pytest.param(",,,/,I", ".../", id="a line with more cells, as long as a full one"),
        pytest.param("/,.,i,QQ", "/...", id="unknown codes"),
        pytest.param("/,é,I,\x1f", "/.I.", id="characters that no code has"),
    ],
)
def test_a_wide_line_gives_a_mark_for_each_column(between, cells, found):
    reading = read(wide(f"{A},Ash,{cells}", f"{B},Elm,I,I,I,I"), between=between)
    start = 2 * (day("2026-09-07") - day("2026-08-01")).days
    grid = reading.marks(2026, PupilKey(BY_UPN, A))
    assert grid[start : start + 4] == found
    assert grid.count(NO_MARK) == len(grid) - 4 + found.count(".")
    assert [pupil.line for pupil in reading.pupils.values()] == [2, 3]
    assert reading.lines == 2


@BOTH_WAYS
def test_two_lines_of_one_pupil_are_put_together(between):
    found = read(wide(f"{A},Ash,/,,,", f"{A},Ash,,\\,I,", f"{A},Ash,/,I,,"), between=between)
    assert marks(found)[A] == {at("2026-09-07 AM"): "/", at("2026-09-08 AM"): "I"}
    [(register, contested)] = found.conflicts.items()
    assert register == (2026, (BY_UPN, A))
    assert [(rival.line, rival.column, chr(rival.char)) for rival in contested.values()] == [(4, 3, "I")]


def test_two_columns_of_one_session_are_put_together():
    rows = table(f"UPN,07/09/2026 AM,07/09/2026 PM,07/09/2026 AM\n{A},I,I,I\n{B},I,,/")
    found = read(rows)
    assert marks(found) == {A: {at("2026-09-07 AM"): "I", at("2026-09-07 PM"): "I"}, B: {}}


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("07/09/2026 PM,UPN,07/09/2026 AM,08/09/2026 AM", id="the pupil in the middle"),
        pytest.param("07/09/2026 PM,08/09/2026 AM,07/09/2026 AM,UPN", id="the pupil last, days in disorder"),
        pytest.param(
            "UPN,07/09/2026 PM,31/02/2026 AM,07/09/2026 AM,08/09/2026 AM", id="an unread column between"
        ),
        pytest.param("UPN,07/09/2026 PM,07/09/2026 AM,08/09/2026 AM,Total,%", id="columns after"),
    ],
)
@BOTH_WAYS
def test_columns_may_stand_anywhere(header, between):
    values = {"UPN": A, "07/09/2026 AM": "/", "07/09/2026 PM": "I", "08/09/2026 AM": "C2", "Total": "3"}
    rows = [header.split(","), [values.get(heading, "") for heading in header.split(",")]]
    assert marks(read(rows, between=between)) == {
        A: {at("2026-09-07 AM"): "/", at("2026-09-07 PM"): "I", at("2026-09-08 AM"): "C2"}
    }


@BOTH_WAYS
@pytest.mark.parametrize("line", ["", ",,,,,", "Total,,12,11,12,12", ",,12,11,12,12", "Total pupils,30,,,,"])
def test_totals_below_a_wide_table_are_passed_over(between, line):
    found = read(wide(f"{A},Ash,/,\\,I,I", line), between=between)
    assert (found.lines, found.passed_over, found.flawed) == (1, 1, False)


@BOTH_WAYS
def test_a_wide_line_without_a_upn_is_not_read(between):
    found = read(wide(",Ash,/,\\,I,I"), between=between)
    assert (found.pupils, found.flawed, found.lines, found.is_empty) == ({}, True, 1, True)


@BOTH_WAYS
@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ("/\\,II", "/\\II"),
        (" I,I ", ".II."),
        (",II", "..II"),
        ("C2C2,/C2", "22/2"),
        ("C2 I,--", "2I--"),
        ("II", "II.."),
        ("I,II", "..II"),  # one mark for two sessions is not used
        ("HI,IH", ".II."),
        ("III,II", "..II"),
        ("I,,II", "...."),  # a cell more than there are columns
        (",I,II,", "...."),
    ],
)
def test_two_marks_a_day_are_read(between, cells, found):
    rows = table(f"UPN,07/09/2026,08/09/2026\n{A},{cells}")
    start = 2 * (day("2026-09-07") - day("2026-08-01")).days
    assert read(rows, between=between).marks(2026, PupilKey(BY_UPN, A))[start : start + 4] == found


def test_one_mark_alone_is_the_morning_s_on_a_day_that_has_no_afternoon():
    short = reference_with(entry("am-only", "2026-09-07"))
    rows = table(f"UPN,07/09/2026,08/09/2026\n{A},C2,I")
    assert marks(read(rows, calendar=short)) == {A: {at("2026-09-07 AM"): "C2"}}


def test_what_the_first_line_says_of_a_pupil_is_kept():
    rows = table(
        "Surname,Forename,DOB,Year,Reg,Adm No,UPN,Date,Session,Mark\n"
        f"O'Ash, Zoë ,29/02/2012,9,9 Elm,0012,{A},07/09/2026,AM,I\n"
        f"Other,Name,,,,,{A},07/09/2026,PM,I"
    )
    [pupil] = read(rows).pupils.values()
    assert (pupil.key, pupil.line, pupil.upn, pupil.admission) == ((BY_UPN, A), 2, A, "0012")
    assert (pupil.surname, pupil.forename, pupil.dob) == ("O'Ash", "Zoë", day("2012-02-29"))
    assert (pupil.year_group, pupil.tutor_group) == ("9", "9 Elm")


def test_a_pupil_without_upn_is_known_by_admission_number_and_else_by_name_and_birth_date():
    rows = table(
        "Surname,Forename,DOB,Adm No,UPN,Date,Session,Mark\n"
        f"Ash,Zoë,01/02/2012,a12,{A},07/09/2026,AM,I\n"
        "Ash,Zoë,01/02/2012,a12,,07/09/2026,PM,I\n"
        "Ash,Zoë,01/02/2012,,,08/09/2026,AM,I\n"
        "ASH,Zoe,2012-02-01,,,08/09/2026,PM,I\n"
        "Ash,Zoë,,,,09/09/2026,AM,I"
    )
    found = read(rows)
    assert list(found.pupils) == [(BY_UPN, A), (BY_ADMISSION, "A12"), (BY_NAME, "ash|zoe|2012-02-01")]
    assert len(marks(found)["ash|zoe|2012-02-01"]) == 2
    assert found.flawed


@pytest.mark.parametrize("shape", ["long", "wide"])
def test_a_file_that_names_more_pupils_than_there_are_is_stopped(shape, monkeypatch):
    monkeypatch.setattr(reading_module, "MOST_REGISTERS", 2)
    rows = {
        "long": long(f"{A},07/09/2026,AM,I", f"{B},07/09/2026,AM,I", "X,07/09/2026,AM,I"),
        "wide": wide(f"{A},,I,I,I,I", f"{B},,I,I,I,I", "X,,I,I,I,I"),
    }[shape]
    with pytest.raises(ReadingStopped) as stopped:
        read(rows)
    assert stopped.value.line == 4
    assert "UPN" in stopped.value.reason


def test_every_session_with_a_mark_is_known_even_when_the_mark_is_not_used():
    found = read(
        long(
            f"{A},07/09/2026,AM,I",
            f"{A},08/09/2026,PM,-",
            f"{A},09/09/2026,AM,I",
            f"{A},09/09/2026,AM,/",
            f"{A},10/09/2026,AM,",
            f"{A},11/09/2026,AM,H",
        )
    )
    assert list(found.marked(2026)) == [at("2026-09-07 AM"), at("2026-09-08 PM"), at("2026-09-09 AM")]
    assert found.rejected_on == {day("2026-09-11")}
    assert max(found.dates) == day("2026-09-11")


def test_a_school_s_own_codes_go_through_the_same_reader():
    rows = long(f"{A},07/09/2026,AM,I01", f"{A},07/09/2026,PM,i")
    meanings = {"I01": "I", "i": "I"}
    layout = guess(rows).layout
    found = read_marks(ListRows(rows), layout, CodeBook(meanings.get))
    assert marks(found)[A] == {at("2026-09-07 AM"): "I", at("2026-09-07 PM"): "I"}
