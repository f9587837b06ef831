"""Ground (i): the longest run of sessions with only G, N and O."""

from datetime import date, timedelta

import pytest

from onroll.domain.roll_guard import Run, absent_run

MONDAY = date(2026, 10, 5)


def sessions(codes: str) -> list[tuple[date, str]]:
    """Two marks a day from Monday 5 October 2026 on, weekdays only; a full stop is a session without a mark."""
    days = [on for n in range(400) if (on := MONDAY + timedelta(days=n)).weekday() < 5]
    return [(days[place // 2], "" if code == "." else code) for place, code in enumerate(codes)]


@pytest.mark.parametrize(
    ("codes", "run"),
    [
        pytest.param("", Run(), id="no register"),
        pytest.param("//II", Run(), id="none of the three codes"),
        pytest.param("OO", Run(1, MONDAY, MONDAY), id="one day"),
        pytest.param("/O", Run(0.5, MONDAY, MONDAY), id="half a day"),
        pytest.param("O" * 40, Run(20, MONDAY, date(2026, 10, 30)), id="twenty days of O"),
        pytest.param("GNO" * 13 + "O", Run(20, MONDAY, date(2026, 10, 30)), id="G, N and O together"),
        pytest.param(
            "O" * 39 + "I", Run(19.5, MONDAY, date(2026, 10, 30), date(2026, 10, 30), "I"), id="ill at the last"
        ),
        pytest.param(
            "O" * 20 + "." + "O" * 19,
            Run(10, MONDAY, date(2026, 10, 16), date(2026, 10, 19), ""),
            id="a session without a mark breaks it",
        ),
        pytest.param(
            "OO//OO", Run(1, date(2026, 10, 7), date(2026, 10, 7)), id="of two equal ones the later"
        ),
        pytest.param(
            "OOOO//OO", Run(2, MONDAY, date(2026, 10, 6), date(2026, 10, 7), "/"), id="the longer though earlier"
        ),
        pytest.param("OO/OOOO", Run(2, date(2026, 10, 6), date(2026, 10, 8)), id="begins in the afternoon"),
    ],
)  # fmt: skip
def test_the_longest_run(codes, run):
    assert absent_run(sessions(codes)) == run


@pytest.mark.parametrize(
    ("codes", "goes_on"), [("OO", True), ("OO/", False), ("//", False), ("", False)]
)  # fmt: skip
def test_a_run_goes_on_until_another_mark(codes, goes_on):
    assert absent_run(sessions(codes)).goes_on is goes_on
