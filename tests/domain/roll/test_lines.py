"""What the lines of a roll say, and which of them or of their cells are not used."""

from datetime import date

import pytest

from onroll.domain.identifiers import upn_check_letter
from onroll.domain.roll.given import ContactGiven, PupilGiven
from onroll.domain.roll.times import Dates
from tests.domain.roll.brought import left_out, looks, only, roll

HEAD = "UPN,Surname,Forename,DOB"
UPN = "B801200005001"  # the reference vector of the domain research, 8.1
OTHER = "W865400026123"


def test_a_line_is_read_whole() -> None:
    given = only(
        "UPN,Former UPN,Adm No,Surname,Forename,Known as,DOB,Year,Tutor group,SEN,EHCP,Admission date,Leaving date\n"
        f"{UPN.lower()},D86540002612A,0042, Quill ,Robin  Jay,Bobbin,05/03/2013,Year 9,9 Ash,K,n,02/09/2024,2026-07-20"
    )
    assert given == PupilGiven(
        line=2, surname="Quill", forename="Robin Jay", upn=UPN, former_upn="D86540002612A", admission="0042",
        known_as="Bobbin", born_on=date(2013, 3, 5), year_group="Year 9", tutor_group="9 Ash", sen="K", ehcp=False,
        dates=(Dates(date(2024, 9, 2), date(2026, 7, 20)),),
    )  # fmt: skip
    assert PupilGiven.from_json(given.to_json()) == given


def test_a_name_in_one_column_without_its_comma_is_not_used() -> None:
    assert left_out(f"UPN,Pupil name\n{UPN},Robin Quill") == [
        (2, "Name as “Surname, Forename”", "Write the surname, a comma and the forename.")
    ]


@pytest.mark.parametrize(("line", "column"), [
    pytest.param(f"{UPN},,Robin,05/03/2013", "Surname", id="no surname"),
    pytest.param(f"{UPN},Quill,,05/03/2013", "Forename", id="no forename"),
    pytest.param(",Quill,Robin,", "", id="nothing but a name"),
    pytest.param(f"{UPN},Quill,Robin,05/31/2013", "Date of birth", id="no such date"),
    pytest.param(f"{UPN},Quill,Robin,05/03/2027", "Date of birth", id="not born yet"),
    pytest.param(f"{UPN},Quill,Robin,05/03/1986", "Date of birth", id="born too long ago"),
    pytest.param(f"{UPN},{'Q' * 81},Robin,05/03/2013", "Surname", id="no name is so long"),
])  # fmt: skip
def test_a_line_that_cannot_be_used_says_where_and_the_others_are_read(line: str, column: str) -> None:
    text = f"{HEAD}\n{line}\n{OTHER},Oak,Ash,2013-01-01"
    assert [(number, where) for number, where, _ in left_out(text)] == [(2, column)]
    assert [one.surname for one in roll(text).pupils] == ["Oak"]


def test_a_line_that_is_not_used_still_says_whom_it_means() -> None:
    (note,) = roll(f"{HEAD}\n{UPN},Quill,Robin,31/31/2013").notes
    assert note.who.upn == UPN


@pytest.mark.parametrize(("upn", "kept", "mistyped", "reason"), [
    pytest.param("C801200005001", "C801200005001", True,
                 "The check letter is C but should be B: a character was mistyped.", id="wrong check letter"),
    pytest.param("B80120000500", "", False, "A UPN has 13 characters; this one has 12. It was left out.",
                 id="too short"),
    pytest.param("I801200005001", "", False,
                 "A UPN begins with a capital letter that is not I, O or S. It was left out.", id="not its letter"),
])  # fmt: skip
def test_a_wrong_upn_is_shown_and_never_taken_in_silence(
    upn: str, kept: str, mistyped: bool, reason: str
) -> None:
    text = f"{HEAD}\n{upn},Quill,Robin,05/03/2013"
    assert looks(text) == [(2, "UPN", reason)]
    assert (only(text).upn, only(text).upn_mistyped) == (kept, mistyped)


def test_a_former_upn_that_is_wrong_is_left_out_and_said() -> None:
    text = f"{HEAD},Former UPN\n{UPN},Quill,Robin,05/03/2013,C801200005001"
    assert only(text).former_upn == ""
    assert looks(text) == [
        (2, "Former UPN", "The check letter is C but should be B: a character was mistyped. It was left out.")
    ]


@pytest.mark.parametrize("authority", ["940", "943", "999", "001"], ids=lambda code: f"authority {code}")
def test_a_upn_of_any_authority_is_right(authority: str) -> None:
    body = f"{authority}200005001"
    text = f"{HEAD}\n{upn_check_letter(body)}{body},Quill,Robin,05/03/2013"
    assert looks(text) == []
    assert only(text).upn.endswith(body)


@pytest.mark.parametrize(("heading", "cell"), [
    ("SEN status", "S"), ("EHCP", "perhaps"), ("Contact 1 PR", "mother"), ("Contact 1 phone", "at work"),
    ("Contact 1 email", "ann at home"), ("Known as", "x" * 81), ("Tutor group", "x" * 41),
])  # fmt: skip
def test_a_cell_that_cannot_be_read_is_left_out_and_said_and_the_line_is_used(
    heading: str, cell: str
) -> None:
    text = f"{HEAD},Contact 1 name,{heading}\n{UPN},Quill,Robin,05/03/2013,Ann Quill,{cell}"
    assert [line for line, _, _ in looks(text)] == [2]
    given = only(text)
    assert cell not in str(given.to_json())


def test_a_hyphen_says_that_there_is_none_and_a_blank_says_nothing() -> None:
    head = f"{HEAD},Known as,Tutor group,SEN"
    said = only(f"{head}\n{UPN},Quill,Robin,05/03/2013,-,none,-")
    assert (said.emptied, said.known_as, said.tutor_group, said.sen) == (
        {"known-as", "tutor-group"},
        "",
        "",
        "N",
    )
    silent = only(f"{head}\n{UPN},Quill,Robin,05/03/2013,,,")
    assert (silent.emptied, silent.sen) == (frozenset(), "")


def test_numbered_contacts_are_read_with_their_parts() -> None:
    given = only(
        f"{HEAD},Contact 1 name,Relationship,PR,Lives with,Phone,Email,"
        "Contact 2 forename,Contact 2 surname,Contact 2 PR\n"
        f"{UPN},Quill,Robin,05/03/2013,Ann Quill,Mother,Y,Yes,07700 900001,ann@example.org,Bo,Oak,N"
    )
    assert given.contacts == (
        ContactGiven("Ann Quill", "Mother", responsibility=True, lives_with=True, phone="07700 900001",
                     email="ann@example.org", priority=1),
        ContactGiven("Bo Oak", responsibility=False, priority=2),
    )  # fmt: skip


def test_a_contact_without_a_name_is_said_and_an_empty_one_is_nothing() -> None:
    head = f"{HEAD},Contact 1 name,Contact 1 phone,Contact 2 name,Contact 2 phone"
    text = f"{head}\n{UPN},Quill,Robin,05/03/2013,,07700 900001,,"
    assert looks(text) == [(2, "Contact 1: name", "This contact has no name and was left out.")]
    assert only(text).contacts == ()


def test_the_same_fault_on_many_lines_is_listed_a_hundred_times_and_then_counted() -> None:
    lines = "\n".join(f",Quill {number},Robin,2013-01-01,{number},S" for number in range(1, 131))
    found = looks(f"{HEAD},Adm no,SEN\n{lines}")
    assert len(found) == 101
    assert found[0] == (0, "SEN status",
        "This is no SEN status and was left out. Write N, K or E. So are 30 more lines.")  # fmt: skip
