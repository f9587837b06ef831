"""Several lines of one pupil, and lines that contradict each other."""

from datetime import date

import pytest

from onroll.domain.roll import gathering
from onroll.domain.roll.gathering import RollStopped
from onroll.domain.roll.times import Dates
from tests.domain.roll.brought import left_out, only, roll

HEAD = "UPN,Adm no,Surname,Forename,DOB,Tutor group,Admission date,Leaving date,Contact name,PR,Phone"
UPN, OTHER = "B801200005001", "W865400026123"
ROBIN = f"{UPN},1,Quill,Robin,05/03/2013,9 Ash,02/09/2024,"


def test_a_line_for_each_contact_makes_one_pupil_with_several() -> None:
    given = only(f"{HEAD}\n{ROBIN},Ann Quill,Y,\n{ROBIN},Bo Oak,N,\n{ROBIN},Ann Quill,,07700 900001")
    assert [(one.name, one.responsibility, one.phone) for one in given.contacts] == [
        ("Ann Quill", True, "07700 900001"), ("Bo Oak", False, ""),
    ]  # fmt: skip
    assert given.line == 2


def test_a_line_with_nothing_but_a_contact_goes_on_with_the_pupil_above() -> None:
    given = only(f"{HEAD}\n{ROBIN},Ann Quill,Y,\n,,,,,,,,Bo Oak,N,")
    assert [one.name for one in given.contacts] == ["Ann Quill", "Bo Oak"]


def test_a_contact_below_a_line_that_is_not_used_belongs_to_nobody() -> None:
    text = f"{HEAD}\n{ROBIN},Ann Quill,Y,\n{OTHER},2,,Jo,01/01/2013,,,,,,\n,,,,,,,,Cy Elm,Y,"
    assert [one.name for one in only(text).contacts] == ["Ann Quill"]
    assert [(line, column) for line, column, _ in left_out(text)] == [(3, "Surname"), (4, "")]


def test_two_times_on_roll_may_stand_on_two_lines() -> None:
    first = ROBIN.replace("02/09/2024,", "02/09/2022,20/07/2023")
    given = only(f"{HEAD}\n{first},,,\n{ROBIN},,,")
    assert given.dates == (
        Dates(date(2022, 9, 2), date(2023, 7, 20)), Dates(date(2024, 9, 2), None),
    )  # fmt: skip


def test_a_blank_on_one_line_is_filled_from_another() -> None:
    bare = f"{UPN},,Quill,Robin,,,,"
    assert only(f"{HEAD}\n{bare},,,\n{ROBIN},,,").tutor_group == "9 Ash"


@pytest.mark.parametrize(("second", "why"), [
    pytest.param(ROBIN.replace("Quill", "Oak"), "differ: Surname", id="one UPN for two surnames"),
    pytest.param(ROBIN.replace("9 Ash", "9 Oak"), "differ: Tutor group", id="two tutor groups"),
    pytest.param(f"{OTHER},1,Oak,Jo,01/01/2013,,,", "admission number stands", id="one admission number"),
    pytest.param(",2,Quill,Robin,05/03/2013,,,", "same name and date of birth", id="one name with and without UPN"),
])  # fmt: skip
def test_lines_that_contradict_each_other_are_not_used_neither_of_them(second: str, why: str) -> None:
    text = f"{HEAD}\n{ROBIN},,,\n{second},,,"
    assert roll(text).pupils == ()
    assert [line for line, _, _ in left_out(text)] == [2, 3]
    assert all(why in reason for _, _, reason in left_out(text))
    assert all(note.who.surname for note in roll(text).notes)


def test_twins_are_two_pupils() -> None:
    twin = f"{OTHER},2,Quill,Jay,05/03/2013,9 Ash,02/09/2024,"
    assert len(roll(f"{HEAD}\n{ROBIN},,,\n{twin},,,").pupils) == 2


@pytest.mark.parametrize("line", ["", ",,,,", HEAD, "Total,1", "Count: 1"])
def test_what_is_no_line_of_a_pupil_is_passed_over(line: str) -> None:
    found = roll(f"{HEAD}\n{ROBIN},,,\n{line}")
    assert (len(found.pupils), found.lines, found.notes) == (1, 1, ())


def test_a_file_of_far_too_many_pupils_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST_PUPILS", 1)
    with pytest.raises(RollStopped, match="A roll is of one school") as stopped:
        roll(f"{HEAD}\n{ROBIN},,,\n{OTHER},2,Oak,Jo,01/01/2013,,,,,,")
    assert stopped.value.line == 3


def test_a_file_of_which_nothing_can_be_read_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST_LEFT_OUT", 2)
    with pytest.raises(RollStopped, match="Check which column is which"):
        roll("\n".join([HEAD, *[f"{UPN},1,Quill,,,,,,,,"] * 3]))
