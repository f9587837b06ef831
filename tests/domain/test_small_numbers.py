"""Small numbers are hidden, and cannot be worked out by a reader who knows the whole."""

import itertools

import pytest

from onroll.domain.small_numbers import hidden, plain

FEW, SOME = "fewer than 5", "some"


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        pytest.param((0, 0, 0), ["0", "0", "0"], id="nought is shown"),
        pytest.param((5, 12, 0), ["5", "12", "0"], id="five and more are shown"),
        pytest.param((3, 0, 0), [FEW, "0", "0"], id="one small count, and the whole is small too"),
        pytest.param((1, 2, 0), [FEW, FEW, "0"], id="two small counts"),
        pytest.param(
            (2, 10, 30), [FEW, SOME, "30"], id="a lone small count takes the smallest other with it"
        ),
        pytest.param((4, 4, 0), [SOME, SOME, "0"], id="4 and 4 of 8: naming both small would tell"),
        pytest.param((1, 5, 0), [SOME, SOME, "0"], id="1 and 5 of 6: nothing but that both are there"),
        pytest.param((4, 4, 20), [FEW, FEW, SOME], id="4 and 4 of 28: the third goes with them"),
        pytest.param((1_204, 0, 7), ["1,204", "0", "7"], id="thousands"),
    ],
)
def test_what_a_reader_is_shown_who_may_not_see_children(counts, shown):
    assert [one.words for one in hidden(counts)] == shown


@pytest.mark.parametrize("counts", list(itertools.product(range(8), repeat=3)), ids=str)
def test_nobody_who_knows_the_whole_can_work_out_a_small_count(counts):
    """Try every other row with the same whole: at least one looks the same and differs in each small place."""
    whole, told = sum(counts), [one.words for one in hidden(counts)]
    if whole < 5:
        return  # a whole that small is told nowhere
    same = [
        other
        for other in itertools.product(range(whole + 1), repeat=3)
        if sum(other) == whole and _looks_alike(other, told)
    ]
    for place, count in enumerate(counts):
        if 0 < count < 5:
            assert len({other[place] for other in same}) > 1


def _looks_alike(other, told) -> bool:
    means = {FEW: lambda count: 0 < count < 5, SOME: lambda count: count > 0}
    return all(
        means.get(words, lambda count, words=words: str(count) == words)(count)
        for count, words in zip(other, told, strict=True)
    )


def test_who_may_see_children_is_shown_the_numbers():
    assert [one.words for one in plain((0, 1, 4))] == ["0", "1", "4"]
    assert plain((0, 1))[0].is_nought
    assert not hidden((1, 0))[0].is_nought
