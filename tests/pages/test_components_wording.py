"""Dates, days and counts are said one way on every page."""

from datetime import UTC, date, datetime

import pytest

from onroll.pages import wording
from onroll.pages.statuses import STATUSES

DAY = date(2026, 12, 8)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        pytest.param(wording.long_date(DAY), "Tuesday 8 December 2026", id="in full"),
        pytest.param(wording.medium_date(DAY), "8 December 2026", id="in a table"),
        pytest.param(wording.short_date(DAY), "Tue 8 Dec", id="in a narrow column"),
        pytest.param(wording.long_date(None), "", id="no date says nothing"),
        pytest.param(
            wording.long_moment(datetime(2026, 12, 8, 9, 5, tzinfo=UTC)),
            "Tuesday 8 December 2026 at 9:05am",
            id="a winter moment",
        ),
        pytest.param(
            wording.long_moment(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)),
            "Wednesday 1 July 2026 at 12:30am",
            id="a summer moment is told in school time, the day too",
        ),
        pytest.param(
            wording.long_date(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)),
            "Wednesday 1 July 2026",
            id="its day alone",
        ),
    ],
)
def test_a_date_is_written_out(said, words):
    assert said == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "0 school days"),
        (0.5, "0.5 school days"),
        (1, "1 school day"),
        (11.5, "11.5 school days"),
        (12.0, "12 school days"),
    ],
)
def test_school_days_are_said_without_a_needless_point(days, words):
    assert wording.school_days(days) == words


@pytest.mark.parametrize(
    ("n", "noun", "words"),
    [
        (1, "pupil", "1 pupil"),
        (1204, "pupil", "1,204 pupils"),
        (2, "person,people", "2 people"),
        (0, "mark", "0 marks"),
    ],
)
def test_a_count_agrees_with_its_noun(n, noun, words):
    assert wording.count_of(n, noun) == words


def test_only_what_is_reached_or_overdue_is_red():
    """A duty that was missed for good is one whose date has passed: it stays red for as long as it is shown."""
    passed = {"overdue", "duty-overdue", "duty-breached"}
    assert {key for key, status in STATUSES.items() if status.tone == "over"} == {"reached"} | passed


def test_every_status_has_words_and_a_tone_that_is_drawn():
    assert {status.tone for status in STATUSES.values()} == {"calm", "good", "due", "over", "quiet"}
    assert all(status.words[0].isupper() for status in STATUSES.values())
