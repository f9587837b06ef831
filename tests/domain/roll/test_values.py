"""What schools write in the cells of a roll."""

import pytest

from onroll.domain.roll import values


@pytest.mark.parametrize(("text", "status"), [
    ("N", "N"), ("k", "K"), ("E", "E"), ("K - SEN support", "K"), ("SEN Support", "K"), ("EHC Plan", "E"),
    ("Education, Health and Care Plan", "E"), ("No Special Educational Need", "N"), ("-", "N"), ("None", "N"),
    ("E: EHCP", "E"), ("S", None), ("School Action", None), ("12", None),
])  # fmt: skip
def test_sen_status_in_letters_and_words(text: str, status: str | None) -> None:
    assert values.read_sen(text) == status


@pytest.mark.parametrize(("text", "answer"), [
    ("Yes", True), ("y", True), ("TRUE", True), ("1", True), ("✓", True), ("No", False), ("n", False),
    ("False", False), ("-", False), ("both", None), ("mother", None),
])  # fmt: skip
def test_yes_and_no(text: str, answer: bool | None) -> None:
    assert values.read_yes(text) is answer


@pytest.mark.parametrize(("text", "code"), [
    ("9", "9"), ("Year 9", "9"), ("Y09", "9"), ("Yr 10", "10"), ("NCY 7", "7"), ("9.0", "9"), ("R", "R"),
    ("Reception", "R"), ("0", "R"), ("Nursery", "N2"), ("N1", "N1"), ("13", "13"),
    ("15", None), ("9A", None), ("Sixth form", None), ("99", None),
])  # fmt: skip
def test_year_groups_by_their_code(text: str, code: str | None) -> None:
    assert values.year_code(text) == code


@pytest.mark.parametrize(("code", "name", "place"), [
    ("9", "Year 9", 9), ("R", "Reception", 0), ("N2", "Nursery 2", -1), ("N1", "Nursery 1", -2),
])  # fmt: skip
def test_a_new_year_group_has_a_name_and_a_place(code: str, name: str, place: int) -> None:
    assert (values.year_name(code), values.year_position(code)) == (name, place)


@pytest.mark.parametrize(("text", "phone"), [
    ("07700 900123", "07700 900123"), ("+44 (0)1632 960001", "+44 (0)1632 960001"),
    ("01632 960001 (work)", "01632 960001 (work)"), ("mother", None), ("123", None), ("1" * 41, None),
])  # fmt: skip
def test_telephone_numbers_as_written(text: str, phone: str | None) -> None:
    assert values.read_phone(text) == phone


@pytest.mark.parametrize(("text", "email"), [
    (" a.b@example.org ", "a.b@example.org"), ("a@b", None), ("a b@example.org", None),
    ("a@example.org; b@example.org", None), ("none", None),
])  # fmt: skip
def test_e_mail_addresses(text: str, email: str | None) -> None:
    assert values.read_email(text) == email


@pytest.mark.parametrize(("text", "names"), [
    ("Quill, Robin", ("Quill", "Robin")), ("van der Berg,  Jan Piet", ("van der Berg", "Jan Piet")),
    ("Robin Quill", None), ("Quill,", None),
])  # fmt: skip
def test_a_name_in_one_column_needs_its_comma(text: str, names: tuple[str, str] | None) -> None:
    assert values.split_name(text) == names
