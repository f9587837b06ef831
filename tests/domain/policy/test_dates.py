"""When the next review is due, and when somebody is reminded of it."""

from datetime import date

import pytest

from onroll.domain.policy.dates import next_due, reminder


@pytest.mark.parametrize(
    ("approved", "months", "due"),
    [
        pytest.param("2026-01-29", 12, "2027-01-29", id="a year"),
        pytest.param("2028-02-29", 12, "2029-02-28", id="a year after 29 February"),
        pytest.param("2028-02-29", 48, "2032-02-29", id="four years after 29 February"),
        pytest.param("2027-02-28", 12, "2028-02-28", id="28 February stays, leap year or not"),
        pytest.param("2026-08-31", 6, "2027-02-28", id="half a year into a shorter month"),
        pytest.param("2026-01-31", 1, "2026-02-28", id="a month"),
        pytest.param("2026-12-15", 1, "2027-01-15", id="over the new year"),
        pytest.param("2026-06-30", 24, "2028-06-30", id="two years"),
        pytest.param("2026-11-30", 3, "2027-02-28", id="three months over the new year"),
    ],
)
def test_the_next_review_is_due_after_its_months(approved, months, due):
    assert next_due(date.fromisoformat(approved), months) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("on", "which"),
    [
        pytest.param("2026-11-29", None, id="61 days before: not yet"),
        pytest.param("2026-11-30", 60, id="60 days before"),
        pytest.param("2026-12-10", 60, id="a night was missed: the first reminder is still owed"),
        pytest.param("2027-01-14", 60, id="15 days before: still the first"),
        pytest.param("2027-01-15", 14, id="14 days before"),
        pytest.param("2027-01-29", 14, id="on the day"),
        pytest.param("2027-01-30", None, id="the day after: the duty says overdue"),
    ],
)
def test_holders_are_reminded_at_60_and_at_14_days(on, which):
    assert reminder(date(2027, 1, 29), date.fromisoformat(on)) == which
