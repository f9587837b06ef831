"""Pupil and school numbers. All of them are invented, or printed as examples in public documents."""

import pytest

from onroll.domain.identifiers import (
    dfe_number_problem,
    is_temporary_upn,
    normal_dfe_number,
    normal_upn,
    uln_problem,
    upn_check_letter,
    upn_problem,
    urn_problem,
)


@pytest.mark.parametrize(
    "upn",
    [
        pytest.param("B801200005001", id="a published example"),
        pytest.param("W865400026123", id="permanent"),
        pytest.param("D86540002612A", id="temporary"),
    ],
)
def test_a_right_upn_has_no_problem(upn):
    assert upn_problem(upn) is None


@pytest.mark.parametrize("authority", ["000", "201", "942", "943", "999"])
def test_no_authority_is_turned_away_for_its_number(authority):
    body = f"{authority}400026123"
    assert upn_problem(upn_check_letter(body) + body) is None


def test_a_printed_example_that_adds_up_wrongly_is_not_followed():
    """Two vendors make 267 and Q of 2x2 + 4x7 + 9x1 + 10x6 + 12x4 + 13x9; it is 266, which is P."""
    assert upn_check_letter("207000016049") == "P"


@pytest.mark.parametrize(
    ("upn", "words"),
    [
        pytest.param("", "this one has 0", id="empty"),
        pytest.param("W86540002612", "this one has 12", id="a digit lost"),
        pytest.param("W8654000261233", "this one has 14", id="a digit too many"),
        pytest.param("I865400026123", "begins with a capital letter", id="I is no check letter"),
        pytest.param("w865400026123", "begins with a capital letter", id="not in normal form"),
        pytest.param("8865400026123", "begins with a capital letter", id="no letter"),
        pytest.param("W86540002612S", "12 digits, or 11", id="S is no temporary letter"),
        pytest.param("W8654O0026123", "12 digits, or 11", id="the letter O for a nought"),
        pytest.param("W86540002612²", "12 digits, or 11", id="a digit of another script"),
        pytest.param("A865400026123", "should be W", id="a wrong check letter"),
        pytest.param("W865400026132", "The check letter is W but should be", id="digits swapped"),
    ],
)
def test_a_wrong_upn_is_told_what_is_wrong(upn, words):
    assert words in (upn_problem(upn) or "")


@pytest.mark.parametrize("place", range(1, 13))
def test_any_single_mistyped_digit_is_found(place):
    upn = "W865400026123"
    for digit in "0123456789":
        typed = upn[:place] + digit + upn[place + 1 :]
        assert (upn_problem(typed) is None) is (typed == upn)


def test_no_answer_repeats_the_number():
    assert all(
        "86540" not in (upn_problem(wrong) or "") for wrong in ("A865400026123", "W86540", "x865400026123")
    )


def test_a_upn_is_kept_in_capitals_without_spaces():
    assert normal_upn(" w865 4000 26123\n") == "W865400026123"


@pytest.mark.parametrize(
    ("upn", "temporary"), [("W865400026123", False), ("D86540002612A", True), ("", False)]
)
def test_a_temporary_upn_ends_in_a_letter(upn, temporary):
    assert is_temporary_upn(upn) is temporary


def test_a_check_letter_needs_a_whole_number():
    with pytest.raises(ValueError, match="11 digits and a letter"):
        upn_check_letter("86540002612")


@pytest.mark.parametrize(
    ("uln", "words"),
    [
        pytest.param("9276308686", None, id="a published example"),
        pytest.param("1000000019", None, id="made up"),
        pytest.param("9276308687", "mistyped", id="a wrong last digit"),
        pytest.param("0276308686", "does not begin with 0", id="a nought first"),
        pytest.param("927630868", "10 digits", id="too short"),
        pytest.param("92763O8686", "10 digits", id="a letter"),
    ],
)
def test_a_uln_is_checked(uln, words):
    problem = uln_problem(uln)
    assert problem is None if words is None else words in problem


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        *[(written, "865/4000") for written in ("8654000", " 865/4000 ", "865 4000", "865-4000")],
        *[(written, None) for written in ("865400", "86540000", "865//4000", "abc/4000", "٨٦٥/4000")],
    ],
)
def test_a_dfe_number_is_written_one_way(text, normal):
    assert normal_dfe_number(text) == normal
    assert (dfe_number_problem(text) is None) is (normal is not None)


@pytest.mark.parametrize(
    ("urn", "right"),
    [("100000", True), ("149999", True), ("012345", False), ("12345", False), ("12345a", False)],
)
def test_a_urn_has_six_digits(urn, right):
    assert (urn_problem(urn) is None) is right
