"""Lists come 25 to a page, whatever a URL asks for."""

import pytest

from onroll.pages.paging import Paging


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        pytest.param(None, 1, id="nothing asked"),
        pytest.param("3", 3, id="a page"),
        pytest.param("99", 10, id="too far gives the last"),
        pytest.param("0", 1, id="zero"),
        pytest.param("-1", 1, id="negative"),
        pytest.param("two", 1, id="a word"),
        pytest.param("²", 1, id="a digit that is no number"),
        pytest.param("9" * 5000, 1, id="a very long number"),
    ],
)
def test_any_page_asked_for_is_a_page_that_exists(asked, number):
    assert Paging.of(asked, 240).number == number


@pytest.mark.parametrize(
    ("number", "total", "slots"),
    [
        pytest.param(1, 20, [1], id="one page"),
        pytest.param(1, 70, [1, 2, 3], id="few pages"),
        pytest.param(3, 240, [1, 2, 3, 4, None, 10], id="a gap of one page is the page itself"),
        pytest.param(6, 260, [1, None, 5, 6, 7, None, 11], id="gaps on both sides"),
        pytest.param(11, 260, [1, None, 10, 11], id="the last page"),
    ],
)
def test_page_links_keep_both_ends_and_the_neighbours(number, total, slots):
    assert Paging(number, total).slots() == slots


def test_the_range_counts_from_one():
    paging = Paging(3, 60)
    assert (paging.offset, paging.first, paging.last) == (50, 51, 60)


def test_an_empty_list_is_one_page_of_nothing():
    paging = Paging.of("4", 0)
    assert (paging.number, paging.pages, paging.first, paging.last, paging.slots()) == (1, 1, 0, 0, [1])
