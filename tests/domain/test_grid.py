"""The grid of a school year: one place for every session of every date."""

from datetime import date

import pytest

from onroll.domain.schoolcalendar import (
    GRID_LENGTH,
    grid_position,
    school_year,
    session_at,
    year_end,
    year_start,
)
from tests.domain.reference import AM, PM, at, day, days_between


@pytest.mark.parametrize(
    ("on", "year"),
    [
        pytest.param("2026-08-01", 2026, id="1 August begins a year"),
        pytest.param("2026-07-31", 2025, id="31 July ends one"),
        pytest.param("2027-01-01", 2026, id="New Year changes nothing"),
    ],
)
def test_a_school_year_runs_from_1_august(on, year):
    assert school_year(day(on)) == year


@pytest.mark.parametrize(
    "year", [pytest.param(2026, id="365 days"), pytest.param(2027, id="with a 29 February")]
)
def test_every_session_has_a_place_of_its_own(year):
    dates = list(days_between(year_start(year), year_end(year)))
    places = [grid_position(on, session) for on in dates for session in (AM, PM)]
    assert places == list(range(2 * len(dates)))
    assert [session_at(year, place) for place in places] == [(on, s) for on in dates for s in (AM, PM)]
    assert len(places) <= GRID_LENGTH


def test_29_february_has_a_place():
    assert session_at(2027, grid_position(date(2028, 2, 29), PM)) == at("2028-02-29 PM")


@pytest.mark.parametrize("place", [730, 731, 732, -1])
def test_a_place_outside_the_year_is_refused(place):
    with pytest.raises(ValueError, match="has no place"):
        session_at(2026, place)


def test_sessions_sort_in_the_order_of_time():
    assert at("2026-11-03 AM") < at("2026-11-03 PM") < at("2026-11-04 AM")
