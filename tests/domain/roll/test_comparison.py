"""What a file changes of a pupil who is known, field by field."""

from dataclasses import replace
from datetime import date

import pytest

from onroll.domain.roll.comparison import Difference, Facts, Held, HeldContact, plan, without_upn
from onroll.domain.roll.given import ContactGiven, PupilGiven
from onroll.domain.roll.groups import Groups, Year
from onroll.domain.roll.times import Dates, Time

UPN, OTHER, TEMPORARY, OLDER = "B801200005001", "W865400026123", "D86540002612A", "A801200005000"
BORN, JOINED = date(2013, 3, 5), date(2024, 9, 2)
FACTS = Facts(UPN, "", "42", "Quill", "Robin", "Bobbin", BORN, "Year 9", "9 Ash", "K", ehcp=False)
ANN = HeldContact(
    7,
    "Ann Quill",
    "Mother",
    responsibility=True,
    lives_with=True,
    phone="07700 900001",
    email="ann@example.org",
)
BO = HeldContact(8, "Bo Oak", "Father", responsibility=True, phone="07700 900002", priority=2)
HELD = Held(FACTS, (Time(JOINED, None, 5),), (ANN, BO))
GIVEN = PupilGiven(
    2, "Quill", "Robin", UPN, admission="42", known_as="Bobbin", born_on=BORN, year_group="Year 9",
    tutor_group="9 Ash", sen="K", ehcp=False, dates=(Dates(JOINED),),
    contacts=(
        ContactGiven("Ann Quill", "Mother", responsibility=True, lives_with=True, phone="07700 900001",
                     email="ann@example.org", priority=1),
        ContactGiven("Bo Oak", "Father", responsibility=True, lives_with=False, phone="07700 900002", priority=2),
    ),
)  # fmt: skip


def changes(held: Held = HELD, **fields: object) -> list[Difference]:
    given = replace(GIVEN, **fields)  # type: ignore[arg-type]
    found = plan(given, held, leavers_named=True)
    times = tuple(time._replace(id=time.id or 99) for time in found.after.times)
    contacts = tuple(replace(one, id=one.id or 90 + at) for at, one in enumerate(found.after.contacts))
    again = plan(given, replace(found.after, times=times, contacts=contacts), leavers_named=True)
    assert again.differences == (), "the same file again changes nothing"
    return list(found.differences)


def test_a_file_that_says_what_is_held_changes_nothing() -> None:
    assert changes() == []


def test_blank_cells_erase_nothing() -> None:
    bare = PupilGiven(2, "Quill", "Robin", UPN)
    assert plan(bare, HELD, leavers_named=True).differences == ()


@pytest.mark.parametrize(("fields", "difference"), [
    ({"surname": "Oak"}, ("surname", "Quill", "Oak")),
    ({"known_as": "Rob"}, ("known-as", "Bobbin", "Rob")),
    ({"known_as": "", "emptied": frozenset({"known-as"})}, ("known-as", "Bobbin", "")),
    ({"known_as": "Robin"}, ("known-as", "Bobbin", "")),
    ({"born_on": date(2013, 5, 3)}, ("born-on", "2013-03-05", "2013-05-03")),
    ({"year_group": "Year 10"}, ("year-group", "Year 9", "Year 10")),
    ({"tutor_group": "", "emptied": frozenset({"tutor-group"})}, ("tutor-group", "9 Ash", "")),
    ({"admission": "0042"}, ("admission", "42", "0042")),
    ({"sen": "N"}, ("sen", "K", "N")),
    ({"ehcp": True}, ("ehcp", "no", "yes")),
    ({"dates": (Dates(JOINED, date(2026, 7, 20)),)}, ("left-on", "", "2026-07-20")),
    ({"dates": (Dates(date(2024, 9, 9)),)}, ("joined-on", "2024-09-02", "2024-09-09")),
])  # fmt: skip
def test_each_fact_is_shown_old_and_new(fields: dict[str, object], difference: tuple[str, str, str]) -> None:
    assert changes(**fields) == [Difference(*difference)]


@pytest.mark.parametrize(("held", "given", "after"), [
    pytest.param((TEMPORARY, ""), (UPN, ""), (UPN, TEMPORARY), id="temporary to permanent keeps the old one"),
    pytest.param((TEMPORARY, OLDER), (UPN, ""), (UPN, TEMPORARY), id="the latest old one is kept"),
    pytest.param(("", ""), (UPN, TEMPORARY), (UPN, TEMPORARY), id="the file gives both"),
    pytest.param((UPN, ""), (UPN, TEMPORARY), (UPN, TEMPORARY), id="the file adds the former"),
    pytest.param((UPN, TEMPORARY), (UPN, OLDER), (UPN, TEMPORARY), id="a former one that is known stays"),
    pytest.param((UPN, TEMPORARY), (TEMPORARY, ""), (UPN, TEMPORARY), id="an older file takes nothing back"),
    pytest.param((UPN, ""), (TEMPORARY, ""), (UPN, TEMPORARY), id="a temporary one never replaces a permanent one"),
    pytest.param((UPN, ""), ("C801200005001", ""), (UPN, ""), id="a mistyped one never replaces a right one"),
    pytest.param(("C801200005001", ""), (UPN, ""), (UPN, "C801200005001"), id="a mistyped one is put right"),
    pytest.param((UPN, ""), (OTHER, ""), (OTHER, UPN), id="a person said that it is the same child"),
    pytest.param((UPN, ""), ("", ""), (UPN, ""), id="blank"),
    pytest.param((UPN, ""), (UPN, UPN), (UPN, ""), id="a former one that is the same is none"),
])  # fmt: skip
def test_which_upn_is_kept(held: tuple[str, str], given: tuple[str, str], after: tuple[str, str]) -> None:
    before = replace(HELD, facts=replace(FACTS, upn=held[0], former_upn=held[1]))
    changes(before, upn=given[0], former_upn=given[1])
    found = plan(replace(GIVEN, upn=given[0], former_upn=given[1]), before, leavers_named=True)
    assert (found.after.facts.upn, found.after.facts.former_upn) == after


@pytest.mark.parametrize(("sen", "ehcp", "held", "after"), [
    pytest.param("E", None, False, True, id="status E is a plan"),
    pytest.param("K", None, True, False, id="status K is none"),
    pytest.param("", None, True, True, id="nothing is said"),
    pytest.param("K", True, False, True, id="the column of its own decides"),
])  # fmt: skip
def test_an_ehcp_follows_the_status_where_no_column_says_it(
    sen: str, ehcp: bool | None, held: bool, after: bool
) -> None:
    before = replace(HELD, facts=replace(FACTS, ehcp=held))
    assert plan(replace(GIVEN, sen=sen, ehcp=ehcp), before, leavers_named=True).after.facts.ehcp is after


def test_a_returner_has_a_second_time_on_roll() -> None:
    left = replace(HELD, times=(Time(JOINED, date(2026, 7, 20), 5),))
    assert changes(left, dates=(Dates(date(2026, 9, 7)),)) == [Difference("time-on-roll", "", "2026-09-07/")]


def test_a_contact_is_known_by_name_and_keeps_what_the_file_does_not_say() -> None:
    ann, bo = GIVEN.contacts
    moved = replace(ann, phone="07700 900009", email="", lives_with=None)
    assert changes(contacts=(moved, bo)) == [
        Difference("contact-phone", "07700 900001", "07700 900009", "Ann Quill")
    ]


def test_parental_responsibility_that_ended_is_a_change_of_its_own() -> None:
    ann, bo = GIVEN.contacts
    assert changes(contacts=(ann, replace(bo, responsibility=False))) == [
        Difference("contact-responsibility", "yes", "no", "Bo Oak")
    ]


def test_a_contact_that_the_file_no_longer_names_ends_and_a_new_one_begins() -> None:
    ann = GIVEN.contacts[0]
    new = ContactGiven("Cy Elm", "Grandparent", responsibility=False, phone="07700 900003")
    found = plan(replace(GIVEN, contacts=(ann, new)), HELD, leavers_named=True)
    assert found.ended_contacts == (8,)
    assert [one.id for one in found.after.contacts] == [7, 0]
    assert list(found.differences) == [
        Difference("contact", "", "Grandparent, 07700 900003, number 2 to call", "Cy Elm"),
        Difference(
            "contact", "Father, parental responsibility, 07700 900002, number 2 to call", "", "Bo Oak"
        ),
    ]


def test_a_file_that_names_no_contact_of_a_pupil_ends_none() -> None:
    assert changes(contacts=()) == []


def test_a_new_pupil_is_all_new() -> None:
    found = plan(GIVEN, Held(), leavers_named=True)
    assert found.after.facts == FACTS
    assert found.after.times == (Time(JOINED),)
    assert [one.id for one in found.after.contacts] == [0, 0]


def test_a_mistyped_upn_can_be_left_out_of_a_plan() -> None:
    held = replace(HELD, facts=replace(FACTS, upn=TEMPORARY))
    made = plan(
        replace(GIVEN, upn="C801200005001", upn_mistyped=True, surname="Oak"), held, leavers_named=True
    )
    left = without_upn(made, held)
    assert left.after.facts == replace(FACTS, upn=TEMPORARY, surname="Oak")
    assert [one.field for one in made.differences] == ["upn", "former-upn", "surname"]
    assert [one.field for one in left.differences] == ["surname"]


def test_groups_stand_under_the_schools_own_names_and_new_ones_are_told() -> None:
    groups = Groups([Year("9", "Ninth form"), Year("10", "Year 10")], ["9 Ash"])
    said = (("Y9", "9 ASH"), ("ninth FORM", ""), ("7", "7 Elm"), ("Year 7", "7 elm"))
    settled = [groups.settled(replace(GIVEN, year_group=one, tutor_group=two))[0] for one, two in said]
    assert [(one.year_group, one.tutor_group) for one in settled] == [
        ("Ninth form", "9 Ash"), ("Ninth form", ""), ("Year 7", "7 Elm"), ("Year 7", "7 Elm"),
    ]  # fmt: skip
    assert list(groups.new_years.values()) == [Year("7", "Year 7")]
    assert list(groups.new_tutor_groups.values()) == ["7 Elm"]


def test_what_is_no_year_group_is_left_out_and_said() -> None:
    given, note = Groups([], []).settled(replace(GIVEN, year_group="Sixth form"))
    assert given.year_group == ""
    assert note is not None
    assert (note.line, note.column) == (2, "Year group")
