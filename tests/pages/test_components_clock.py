"""The clock fills by half days, says its state in words, and never draws more than its ring."""

import math
import re

import pytest

from onroll.pages.pictures.clock import Clock, Standing, large_ring


@pytest.mark.parametrize(
    ("days", "standing"),
    [(0, "calm"), (9.5, "calm"), (10, "near"), (14.5, "near"), (15, "reached"), (23.5, "reached")],
)
def test_a_clock_knows_how_near_it_is(days, standing):
    assert Clock(days).standing is Standing(standing)


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        pytest.param(Clock(3), "3 of 15 school days.", id="calm"),
        pytest.param(Clock(11.5), "11.5 of 15 school days. Near.", id="near"),
        pytest.param(Clock(15), "15 of 15 school days. Reached.", id="reached"),
        pytest.param(
            Clock(16, label="Health"), "Health: 16 of 15 school days. Reached.", id="over, with a label"
        ),
        pytest.param(Clock(2, threshold=30), "2 of 30 school days.", id="another threshold"),
    ],
)
def test_the_words_say_all_that_the_picture_shows(clock, words):
    assert clock.words == words


@pytest.mark.parametrize(
    ("days", "threshold", "marks"),
    [
        pytest.param(0, 15, 0, id="nothing"),
        pytest.param(0.5, 15, 0.42, id="half a mark"),
        pytest.param(1, 15, 0.84, id="one mark, up to its gap"),
        pytest.param(11.5, 15, 11.42, id="eleven marks and a half"),
        pytest.param(15, 15, 14.84, id="all"),
        pytest.param(23.5, 15, 14.84, id="never more than all"),
        pytest.param(-1, 15, 0, id="never less than nothing"),
        pytest.param(30, 30, 29.84, id="thirty"),
    ],
)
def test_a_ring_fills_whole_marks_and_half_marks(days, threshold, marks):
    assert Clock(days, threshold).marks == pytest.approx(marks)


@pytest.mark.parametrize("threshold", [5, 15, 30])
def test_the_arc_ends_where_its_share_of_the_ring_ends(threshold):
    for half_days in range(1, 2 * threshold + 1):
        ring = large_ring(Clock(half_days / 2, threshold))
        x, y = map(float, re.findall(r"[-\d.]+", ring.arc)[-2:])
        turned = math.degrees(math.atan2(y - ring.middle, x - ring.middle)) - ring.turn
        assert turned % 360 == pytest.approx(360 * ring.clock.marks / threshold, abs=0.1)


def test_an_empty_clock_draws_no_arc():
    assert large_ring(Clock(0)).arc == ""
