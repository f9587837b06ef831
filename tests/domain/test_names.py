"""A search finds a child however the name was typed."""

import pytest

from onroll.domain.names import folded, search_text, shown_name


@pytest.mark.parametrize(("typed", "found"), [
    pytest.param("O'Brien", "obrien", id="straight apostrophe"),
    pytest.param("O’Brien", "obrien", id="curly apostrophe"),
    pytest.param("ZOË", "zoe", id="accent and capitals"),
    pytest.param("Zoe\u0308", "zoe", id="combining accent"),
    pytest.param("Łukasz Øst", "lukasz ost", id="letters that do not decompose"),
    pytest.param("Smith-Jones  Lee", "smith jones lee", id="hyphen and spaces"),
    pytest.param("Straße", "strasse", id="sharp s"),
    pytest.param("", "", id="nothing"),
    pytest.param("Quil\0lon \0", "quillon", id="what a database cannot be asked for"),
])  # fmt: skip
def test_names_fold(typed: str, found: str) -> None:
    assert folded(typed) == found


def test_a_pupil_is_found_by_every_name_and_number() -> None:
    text = search_text(
        forename="Siân",
        surname="D'Arcy-Lee",
        known_as="Shan",
        upn="B801200005001",
        former_upn="",
        admission_number="0042",
    )
    assert text == " sian darcy lee shan b801200005001 0042"


def test_the_known_name_is_shown() -> None:
    assert shown_name("Alexandra", "Moss", "Alex") == "Alex Moss"
    assert shown_name("Alexandra", "Moss", "") == "Alexandra Moss"
