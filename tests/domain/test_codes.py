"""The national codes, and how a cell of a file becomes one."""

import pytest

from onroll.domain.register import (
    CHAR_OF_CODE,
    CODE_OF_CHAR,
    CODES,
    NO_MARK,
    NOT_TAKEN,
    RETIRED,
    STATISTICAL,
    Category,
    Effect,
    Rule,
    exact,
    is_blank,
    national,
)
from tests.domain import oracle

STORED = "/\\LKVPWBDMSXCTRIEQGNOUZ#"


def test_every_code_has_one_character_of_its_own():
    assert len(CODE_OF_CHAR) == len(CHAR_OF_CODE) == 35
    assert all(len(char) == 1 and char.isascii() for char in CODE_OF_CHAR)
    assert NO_MARK not in CODE_OF_CHAR
    assert CHAR_OF_CODE[NOT_TAKEN] == NOT_TAKEN


@pytest.mark.parametrize(
    ("code", "char"),
    [*zip(STORED, STORED, strict=True), ("C1", "1"), ("C2", "2"), ("J1", "j")]
    + [(f"Y{n}", char) for n, char in zip(range(1, 8), "abcdefg", strict=True)],
)
def test_codes_are_stored_as_the_table_says(code, char):
    """A change here makes every stored register read wrong."""
    assert CHAR_OF_CODE[code] == char
    assert CODE_OF_CHAR[char] == code


@pytest.mark.parametrize(
    ("category", "codes"),
    [
        (Category.ATTENDING, oracle.ATTENDING),
        (Category.ATTENDING_ELSEWHERE, oracle.ATTENDING_ELSEWHERE),
        (Category.AUTHORISED, oracle.AUTHORISED),
        (Category.UNAUTHORISED, oracle.UNAUTHORISED),
        (Category.NOT_POSSIBLE, oracle.NEITHER - {"Z", "#"} | {"D"}),
        (Category.NOT_COUNTED, {"Z", "#"}),
    ],
)
def test_every_code_is_in_its_category(category, codes):
    assert {code.code for code in CODES.values() if code.category is category} == codes
    assert STATISTICAL[category]


def test_every_code_says_what_it_means_and_how_sure_we_are():
    assert all(code.meaning and code.source in {"confirmed", "recalled"} for code in CODES.values())


@pytest.mark.parametrize("code", RETIRED)
def test_a_retired_code_is_unknown_and_suggests_one_in_use(code):
    assert exact(code) is None
    assert national(code, {}) is None
    assert RETIRED[code].suggested in CODES


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        *[("I", "I"), (" I ", "I"), ("C2", "C2"), ("\\", "\\"), ("/", "/"), ("-", "-"), ("#", "#")],
        *[(raw, None) for raw in ("i", "c2", "J", "H", ".", "", "II", "2")],
    ],
)
def test_a_code_is_read_to_the_letter(raw, code):
    assert exact(raw) == code


@pytest.mark.parametrize(
    ("raw", "code_map", "code"),
    [
        pytest.param("i", {}, "I", id="a small letter"),
        pytest.param("y1", {}, "Y1", id="a small sub-code"),
        pytest.param("H", {"H": "C"}, "C", id="a retired code the school maps"),
        pytest.param("h", {"H": "C"}, "C", id="and its small letter"),
        pytest.param("c", {"c": "C2"}, "C2", id="the map minds case"),
        pytest.param("C", {"c": "C2"}, "C", id="and leaves the capital alone"),
        pytest.param("I", {"I": "M"}, "M", id="the map comes before the table"),
        pytest.param("I01", {"I01": "I"}, "I", id="a sub-code of a school's own"),
        pytest.param("*", {"*": "-"}, "-", id="a sign for not taken"),
        pytest.param("I01", {}, None, id="unknown is never squeezed in"),
        pytest.param("j", {}, None, id="not even by the character that stores J1"),
        pytest.param("1", {}, None, id="nor the one that stores C1"),
        pytest.param(".", {}, None, id="nor the one for no mark"),
        pytest.param("  ", {}, None, id="blank"),
    ],
)
def test_a_code_is_read_as_the_school_means_it(raw, code_map, code):
    assert national(raw, code_map) == code


def test_a_map_that_leads_nowhere_is_refused():
    with pytest.raises(ValueError, match="no national code"):
        national("q", {"q": "QQ"})


@pytest.mark.parametrize(("raw", "blank"), [("", True), (" \t", True), ("-", False), (".", False)])
def test_blank_is_not_the_same_as_not_taken(raw, blank):
    assert is_blank(raw) is blank


@pytest.mark.parametrize("code", [*oracle.ALL_CODES, NOT_TAKEN])
def test_what_a_code_does_when_nothing_is_counted(code):
    expected = Effect.BREAKS if code in oracle.ENDS_A_SPELL else Effect.SKIPPED
    assert Rule("nothing", frozenset()).effect(code) is expected


@pytest.mark.parametrize("code", oracle.ALL_CODES)
def test_a_rule_has_the_last_word_on_a_code(code):
    one = frozenset({code})
    assert Rule("adds", one, one).effect(code) is Effect.ADDS
    assert Rule("passes", frozenset(), one).effect(code) is Effect.SKIPPED


@pytest.mark.parametrize("code", ["i", "H", "-", ".", ""])
def test_a_rule_of_unknown_codes_is_refused(code):
    with pytest.raises(ValueError, match="not a national attendance code"):
        Rule("wrong", frozenset({code}))
