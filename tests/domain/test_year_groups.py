"""Where on the ladder of year groups somebody stood."""

from datetime import date

import pytest

from onroll.domain.register.year_groups import code_then, roll_year


@pytest.mark.parametrize(
    ("code", "years_ago", "then"),
    [
        pytest.param("9", 0, "9", id="now"),
        pytest.param("9", 2, "7", id="two years ago"),
        pytest.param("1", 1, "R", id="Reception comes before Year 1"),
        pytest.param("N1", 1, None, id="nothing comes before nursery"),
        pytest.param("9", -1, "10", id="next year"),
        pytest.param("14", -1, None, id="nothing comes after Year 14"),
        pytest.param("Mixed", 0, "Mixed", id="a group of the school's own, now"),
        pytest.param("Mixed", 1, None, id="a group of the school's own is on no ladder"),
    ],
)
def test_the_ladder_says_where_somebody_was(code, years_ago, then):
    assert code_then(code, years_ago) == then


@pytest.mark.parametrize(
    ("on", "year"),
    [
        (date(2026, 7, 31), 2025),
        (date(2026, 8, 1), 2025),
        (date(2026, 8, 31), 2025),
        (date(2026, 9, 1), 2026),
        (date(2027, 1, 5), 2026),
    ],
)
def test_a_roll_kept_in_august_still_speaks_of_the_year_that_ended(on, year):
    assert roll_year(on) == year
