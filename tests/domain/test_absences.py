"""When a child went away and came back, from days with marks."""

from datetime import date, timedelta

import pytest

from onroll.domain.casework.absences import Absence, DayHeld, absences

MONDAY = date(2026, 11, 2)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        pytest.param("", [], id="no marks"),
        pytest.param("....", [], id="never away"),
        pytest.param(".aa.", [], id="two days are a cold"),
        pytest.param(".aaa.", [Absence(day(1), 3, day(4))], id="three days, and back"),
        pytest.param("aaaa", [Absence(day(0), 4)], id="away from the first day on"),
        pytest.param(".aa_a.", [Absence(day(1), 3, day(5))], id="a day without marks neither ends nor adds"),
        pytest.param(".aaa_", [Absence(day(1), 3)], id="no marks since: not back yet"),
        pytest.param("aaa.aa.aaa", [Absence(day(0), 3, day(3)), Absence(day(7), 3)], id="twice"),
    ],
)
def test_absences(marks, found):
    days = [DayHeld(day(number), mark == "a") for number, mark in enumerate(marks) if mark != "_"]
    assert list(absences(days)) == found
