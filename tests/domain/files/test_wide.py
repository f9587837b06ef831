"""The quick ways through a wide file say what the slow and obvious way says."""

from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onroll.domain.register import CODES, national
from onroll.domain.register.files.codebook import EMPTY, CodeBook
from onroll.domain.register.files.daycells import DayCells
from onroll.domain.register.files.placing import Run, YearRuns, layers
from onroll.domain.register.files.wide import WideLines
from onroll.domain.schoolcalendar import GRID_LENGTH
from tests.domain.files.rows import layout_of

STRANGE = (
    "",
    "",
    "",
    "-",
    " ",
    "I ",
    " I",
    "i",
    "H",
    ".",
    "..",
    "é",
    "12",
    "C22",
    "\x1f",
    "/\\",
    "I-",
    "C2C2",
    "ill",
)
TEXTS = [*CODES, *STRANGE]
CELLS = st.lists(st.sampled_from(TEXTS), min_size=1, max_size=9)
BOOKS = [CodeBook(), CodeBook(partial(national, code_map={"ill": "I", "H": "G", "12": "C2"}))]
DAY = date(2026, 9, 7)


def lines(heading: str, count: int, book: CodeBook, after: int) -> WideLines:
    """A table with `count` columns of marks after the UPN, and some more after these."""
    halves = ["", ""] if not heading else ["AM", "PM"]
    headings = [
        f"{DAY + timedelta(days=n if not heading else n // 2):%d/%m/%Y} {halves[n % 2]}".strip()
        for n in range(count)
    ]
    return WideLines(layout_of([["UPN", *headings, *["Total"] * after]]), book, lambda _: False)


@given(
    CELLS,
    st.integers(1, 9),
    st.integers(0, 2),
    st.sampled_from(BOOKS),
    st.sampled_from([",", "\t", "\x1f", ";"]),
)
@settings(max_examples=500)
@pytest.mark.parametrize("heading", ["AM", ""])
def test_a_line_read_as_one_text_is_read_as_cell_by_cell(heading, cells, columns, after, book, between):
    wide = lines(heading, columns, book, after)
    cells = [cell for cell in cells if between not in cell]
    row = ["A1", *cells]
    found = wide.read_text(between.join(cells), between)
    padded = [*cells, *[""] * columns][:columns]
    read = (lambda cell: bytes((book.char(cell),))) if heading else DayCells(book).__getitem__
    slow = b"".join(map(read, padded))
    assert wide.read(row) == slow
    assert found is None or found == slow


PLACES = st.lists(st.integers(0, GRID_LENGTH - 1), min_size=1, max_size=700, unique=True)


@given(st.one_of(PLACES, PLACES.map(sorted), st.integers(1, GRID_LENGTH).map(range).map(list)), st.randoms())
def test_a_new_grid_holds_each_mark_in_its_place_and_nothing_else(places, rnd):
    marks = bytes(rnd.choice(b"/I.-C") for _ in places)
    [runs] = layers([(2026, place) for place in places])
    expected = bytearray(bytes((EMPTY,)) * GRID_LENGTH)
    for place, char in zip(places, marks, strict=True):
        expected[place] = char
    assert runs.fresh(marks) == expected
    grid = bytearray(bytes((EMPTY,)) * GRID_LENGTH)
    assert list(runs.merge(grid, marks)) == []
    assert grid == expected


def test_a_clash_is_told_and_leaves_the_grid_as_it_was():
    runs = YearRuns(2026, [Run(0, 3, 10)])
    grid = runs.fresh(b"I/.")
    assert [(clash.slot, clash.place, chr(clash.char)) for clash in runs.merge(grid, b"IC-")] == [
        (1, 11, "C")
    ]
    assert bytes(grid[10:13]) == b"I/-"


def test_a_session_that_columns_repeat_comes_in_runs_of_its_own():
    found = layers([(2026, 10), (2026, 11), (2026, 10), (2025, 10), (2026, 10)])
    assert [runs.year for runs in found] == [2026, 2025, 2026, 2026]
