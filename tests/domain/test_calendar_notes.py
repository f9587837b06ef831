"""What a careful reader would remark on in a calendar."""

from datetime import date

import pytest

from onroll.domain.schoolcalendar import CalendarEntry, Kind, Layer, SchoolCalendar
from onroll.domain.schoolcalendar.notes import Remark, notes_on


def entry(kind, first, last=None, layer=Layer.SCHOOL):
    first = date.fromisoformat(first)
    return CalendarEntry(kind, first, date.fromisoformat(last) if last else first, "", layer)


YEAR = [
    entry(Kind.TERM, "2026-09-03", "2026-10-23"),
    entry(Kind.TERM, "2026-11-02", "2026-12-18"),
    entry(Kind.TERM, "2027-01-04", "2027-02-12"),
    entry(Kind.TERM, "2027-02-22", "2027-03-25"),
    entry(Kind.TERM, "2027-04-12", "2027-05-28"),
    entry(Kind.TERM, "2027-06-07", "2027-07-21"),
]


def remarks(*more, year=2026, entries=None):
    entries = [*(YEAR if entries is None else entries), *more]
    return [note.remark for note in notes_on(entries, SchoolCalendar(entries), year)]


def test_an_ordinary_year_is_not_remarked_on():
    assert remarks(entry(Kind.INSET, "2026-11-02"), entry(Kind.HOLIDAY, "2026-10-26", "2026-10-30")) == []


@pytest.mark.parametrize(
    ("more", "remark"),
    [
        pytest.param(entry(Kind.TERM, "2026-12-14", "2026-12-18"), Remark.TERMS_OVERLAP, id="terms overlap"),
        pytest.param(entry(Kind.INSET, "2026-09-01"), Remark.OUTSIDE_TERM, id="INSET before term"),
        pytest.param(entry(Kind.AM_ONLY, "2026-12-21"), Remark.OUTSIDE_TERM, id="half day after term"),
        pytest.param(entry(Kind.CLOSURE, "2026-11-07"), Remark.WEEKEND, id="closed on a Saturday"),
        pytest.param(entry(Kind.CLOSURE, "2027-05-03", "2027-05-14"), Remark.FEW_DAYS, id="184 days"),
    ],
)
def test_what_is_odd_is_remarked_on(more, remark):
    assert remarks(more) == [remark]


def test_too_many_days_are_remarked_on():
    assert remarks(entry(Kind.TERM, "2026-10-26", "2026-10-30")) == [Remark.MANY_DAYS]


def test_a_term_of_the_trust_under_the_schools_own_is_no_overlap():
    assert remarks(entry(Kind.TERM, "2026-09-03", "2026-10-21", Layer.TRUST)) == []


def test_a_closure_that_runs_over_a_weekend_is_not_a_weekend_entry():
    assert remarks(entry(Kind.CLOSURE, "2026-11-06", "2026-11-09")) == []


def test_a_year_without_a_term_says_that_and_no_more():
    assert remarks(year=2027) == [Remark.NO_TERM]
    assert remarks(entries=[entry(Kind.INSET, "2026-09-03")]) == [Remark.NO_TERM]


def test_entries_of_other_years_are_not_remarked_on():
    assert remarks(entry(Kind.INSET, "2025-08-05")) == []
