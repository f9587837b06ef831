"""Which column of a roll is what."""

import pytest

from onroll.domain.roll.columns import RollMap, fit, guess
from onroll.domain.roll.guessing import targets_of
from onroll.domain.roll.targets import Field, Part, Target

PLAIN = ["UPN", "Surname", "Forename", "Date of birth"]


def keys(headings: list[str]) -> dict[str, int]:
    return {target.key: at for target, at in guess([headings, ["x"]]).places.items()}


@pytest.mark.parametrize(("heading", "key"), [
    ("Unique Pupil Number", "upn"), ("Former UPN", "former-upn"), ("Adm. No.", "admission"),
    ("Legal Surname", "surname"), ("Legal Forename", "forename"),
    ("Preferred Forename", "known-as"), ("Known as", "known-as"), ("Chosen Name", "known-as"),
    ("D.O.B.", "born-on"), ("NC Year", "year-group"), ("Reg Group", "tutor-group"),
    ("SEN Status", "sen"), ("EHCP?", "ehcp"), ("Date of Admission", "joined-on"), ("Leaving Date", "left-on"),
    ("Contact 1 Name", "contact-1-name"), ("Contact1 Relationship", "contact-1-relationship"),
    ("Parent/Carer 2 e-mail", "contact-2-email"), ("Contact 2 Parental Responsibility", "contact-2-responsibility"),
    ("Contact 1 PR", "contact-1-responsibility"), ("Contact 1 Lives With", "contact-1-lives-with"),
    ("Contact 3 Mobile", "contact-3-phone"), ("Contact Priority", "contact-1-priority"),
    ("Primary Contact Name", "contact-1-name"), ("Contact 1 First Name", "contact-1-forename"),
    ("Priority 2 Contact Name", "contact-2-name"), ("Parental responsibility", "contact-1-responsibility"),
])  # fmt: skip
def test_a_heading_is_known_by_what_schools_call_it(heading: str, key: str) -> None:
    assert {target.key: at for target, at in targets_of([heading]).items()} == {key: 0}


def test_headings_after_a_contact_belong_to_it_until_the_pupil_is_spoken_of_again() -> None:
    places = keys(
        [*PLAIN, "Contact 1 Name", "Phone", "Email", "Contact 2 Name", "Phone", "Tutor group", "Email"]
    )
    assert places["contact-1-phone"] == 5
    assert places["contact-1-email"] == 6
    assert places["contact-2-phone"] == 8
    assert "contact-2-email" not in places


def test_a_pupils_own_email_is_nobodys() -> None:
    assert set(keys([*PLAIN, "Email"])) == {"upn", "surname", "forename", "born-on"}


def test_a_contacts_surname_is_not_the_pupils() -> None:
    places = keys(["Contact 1 Surname", *PLAIN])
    assert (places["contact-1-surname"], places["surname"]) == (0, 2)


def test_a_merged_line_of_contacts_above_the_headings_is_read_with_them() -> None:
    top = ["", "", "", "", "Contact 1", "", "Contact 2", ""]
    bottom = [*PLAIN, "Name", "Phone", "Name", "Phone"]
    found = guess([["Roll of pupils"], top, bottom, ["A", "B"]])
    assert found.layout is not None
    assert found.layout.skip == 3
    assert found.places[Target(Part.NAME, 2)] == 6
    assert found.places[Target(Part.PHONE, 1)] == 5


def test_the_legal_name_wins_over_the_preferred_one() -> None:
    places = keys(["Preferred Surname", "Surname", "Preferred Forename", "Forename", "UPN"])
    assert (places["surname"], places["forename"], places["known-as"]) == (1, 3, 2)


@pytest.mark.parametrize(("headings", "missing"), [
    pytest.param(["UPN", "Forename"], ("Surname",), id="no surname"),
    pytest.param(["Surname", "Forename", "Year"], ("UPN, admission number or date of birth",), id="no number"),
    pytest.param(["Student name", "UPN"], (), id="one column for the name will do"),
])  # fmt: skip
def test_what_is_missing_is_said_in_words(headings: list[str], missing: tuple[str, ...]) -> None:
    found = guess([headings, ["x", "y"]])
    assert found.missing == missing
    assert (found.layout is None) is bool(missing)


def test_a_saved_map_fits_the_next_file_with_its_columns_moved() -> None:
    kept = RollMap.from_json(RollMap.of([*PLAIN, "House"], {Target(Field.UPN): 0, Target(Field.SURNAME): 1,
        Target(Field.FORENAME): 2, Target(Field.TUTOR_GROUP): 4}).to_json())  # fmt: skip
    found = fit(kept, [["A title"], ["House", "Date of birth", "Forename", "Surname", "UPN"]])
    assert found.layout is not None
    assert found.layout.columns[Target(Field.TUTOR_GROUP)] == 0
    assert found.layout.columns[Target(Field.UPN)] == 4


def test_a_saved_map_says_which_of_its_columns_a_file_lacks() -> None:
    kept = guess([[*PLAIN, "SEN Status"]]).column_map
    assert fit(kept, [PLAIN, ["x"]]).missing == ("SEN status",)


def test_equal_headings_are_told_apart() -> None:
    kept = RollMap.of(["Name", "Name"], {Target(Field.NAME): 0, Target(Part.NAME, 1): 1})
    assert fit(kept, [["Name", "Name", "UPN"]]).places == {Target(Field.NAME): 0, Target(Part.NAME, 1): 1}


@pytest.mark.parametrize(
    "kept", [{}, {"columns": {"no-such": ["x", 0]}}, {"columns": {"upn": 3}}, {"columns": 1}]
)
def test_what_is_no_map_is_refused(kept: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"column|Field"):
        RollMap.from_json(kept)
