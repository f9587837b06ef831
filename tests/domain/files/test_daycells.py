"""A cell of two marks is read strictly; what could mean two things is refused with a reason."""

from functools import partial

import pytest

from onroll.domain.register import CHAR_OF_CODE, national
from onroll.domain.register.files.codebook import CodeBook
from onroll.domain.register.files.daycells import LONE, DayCells, unknown_halves, why_not_read

NOTHING = b".."


def chars(*codes):
    return "".join(CHAR_OF_CODE.get(code, code) for code in codes).encode()


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        pytest.param("/\\", chars("/", "\\"), id="present all day"),
        pytest.param("II", chars("I", "I"), id="ill all day"),
        pytest.param("//", chars("/", "/"), id="a slash is a mark in either session"),
        pytest.param("I-", chars("I", "-"), id="afternoon not taken"),
        pytest.param("--", chars("-", "-"), id="neither taken"),
        pytest.param("##", chars("#", "#"), id="closed"),
        pytest.param(" I", chars(".", "I"), id="a space is a blank morning"),
        pytest.param("I ", chars("I", "."), id="a space is a blank afternoon"),
        pytest.param("  ", NOTHING, id="two spaces"),
        pytest.param("", NOTHING, id="blank"),
        pytest.param("   ", NOTHING, id="three spaces"),
        pytest.param(" II ", chars("I", "I"), id="spaces all round"),
        pytest.param("I I", chars("I", "I"), id="a space between"),
        pytest.param("C2 C2", chars("C2", "C2"), id="codes of two characters with a space"),
        pytest.param("C2C2", chars("C2", "C2"), id="codes of two characters in a row"),
        pytest.param("C2I", chars("C2", "I"), id="two characters, then one"),
        pytest.param("/C2", chars("/", "C2"), id="one character, then two"),
        pytest.param("Y1Y7", chars("Y1", "Y7"), id="both of two"),
        pytest.param(" C2", chars(".", "C2"), id="a blank morning, then a code of two"),
        pytest.param("C2 ", chars("C2", "."), id="a code of two, then a blank afternoon"),
        pytest.param("C2-", chars("C2", "-"), id="a code of two, then a hyphen"),
        pytest.param("-", chars("-", "-"), id="a hyphen alone is the whole day"),
        pytest.param("#", chars("#", "#"), id="a closure alone is the whole day"),
        pytest.param("Z", chars("Z", "Z"), id="not on roll is the whole day"),
    ],
)
def test_two_marks_are_read(cell, found):
    assert DayCells(CodeBook())[cell] == found


@pytest.mark.parametrize("cell", ["I", "/", "C2", "Y4", "\\"])
def test_one_mark_alone_is_kept_apart_because_its_session_is_not_known(cell):
    assert DayCells(CodeBook())[cell] == bytes((LONE, ord(CHAR_OF_CODE[cell])))
    assert "one mark for two sessions" in why_not_read(cell, CodeBook())


@pytest.mark.parametrize("cell", ["III", "I/I", "I I I", "/ \\ /", "C2C2C2", "ill all day"])
def test_more_than_two_marks_are_refused(cell):
    assert DayCells(CodeBook())[cell] == b"\x02\x02"
    assert "not two marks" in why_not_read(cell, CodeBook())


@pytest.mark.parametrize(
    ("cell", "unknown"),
    [
        pytest.param("HI", [(0, "H")], id="morning"),
        pytest.param("IH", [(1, "H")], id="afternoon"),
        pytest.param("HH", [(0, "H"), (1, "H")], id="both"),
        pytest.param("i/", [(0, "i")], id="lower case is another code"),
        pytest.param("/2", [(1, "2")], id="a digit is no code by itself"),
        pytest.param(" H", [(1, "H")], id="a blank morning"),
        pytest.param("H", [(0, "H")], id="alone: said once"),
        pytest.param("I9", [(1, "9")], id="no such code of two"),
        pytest.param("Y8Y8", [], id="too many pieces: no code is blamed"),
    ],
)
def test_a_half_that_is_no_code_is_named(cell, unknown):
    book = CodeBook()
    found = DayCells(book)[cell]
    assert (unknown_halves(cell, found, book) if 0 in found else []) == unknown


def test_a_school_s_own_codes_are_read_too():
    book = CodeBook(partial(national, code_map={"I01": "I", "H": "G"}))
    assert DayCells(book)["I01 H"] == chars("I", "G")
    assert DayCells(book)["hi"] == chars("G", "I")


def test_a_cell_without_end_is_not_kept():
    cells = DayCells(CodeBook())
    assert cells[f"I{' ' * 50}I"] == chars("I", "I")
    assert len(cells) == 0
