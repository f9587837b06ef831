"""Which sessions a school has, and what the calendar says of the others."""

import pytest

from onroll.domain.schoolcalendar import (
    CalendarEntry,
    Closed,
    Kind,
    Layer,
    SchoolCalendar,
    closed_days,
    school_year,
)
from tests.domain.reference import AM, PM, REFERENCE, THREE_YEARS, at, day, entry, reference_with

NATION, TRUST, SCHOOL, GROUP, PUPIL = Layer


def test_the_reference_year_has_190_pupil_days():
    assert REFERENCE.school_days(day("2026-08-01"), day("2027-07-31")) == 190


def test_a_calendar_begins_and_ends_with_its_terms():
    assert (REFERENCE.first_on, REFERENCE.last_on) == (day("2026-09-01"), day("2027-07-21"))


def test_a_calendar_without_entries_has_no_sessions():
    empty = SchoolCalendar([])
    assert (empty.first_on, empty.last_on) == (None, None)
    assert list(empty.sessions(day("2026-08-01"), day("2027-07-31"))) == []
    assert empty.add_school_days(day("2026-09-07"), 1) is None
    assert empty.last_school_days(day("2026-09-07"), 20) == []


def test_an_entry_the_wrong_way_round_is_refused():
    with pytest.raises(ValueError, match="before it begins"):
        CalendarEntry(Kind.TERM, day("2026-09-02"), day("2026-09-01"))


@pytest.mark.parametrize(
    ("on", "kind", "words"),
    [
        pytest.param("2026-10-05", Kind.TERM, "Autumn term, first half", id="a school day"),
        pytest.param("2026-10-03", None, "Weekend", id="a Saturday"),
        pytest.param("2026-10-25", None, "Weekend", id="a Sunday in a holiday"),
        pytest.param("2026-10-26", Kind.HOLIDAY, "Autumn half-term (holiday)", id="a named holiday"),
        pytest.param(
            "2026-11-02", Kind.INSET, "Staff training day (INSET)", id="a training day without a name"
        ),
        pytest.param(
            "2027-05-03", Kind.BANK_HOLIDAY, "Early May bank holiday (bank holiday)", id="a bank holiday"
        ),
        pytest.param("2026-12-21", None, "Outside term", id="no entry speaks of it"),
        pytest.param("2030-06-05", None, "Outside term", id="after the calendar"),
    ],
)
def test_the_calendar_says_why(on, kind, words):
    assert REFERENCE.kind_on(day(on)) is kind
    assert REFERENCE.why(day(on), AM) == words
    assert REFERENCE.is_session(day(on), AM) is (kind is Kind.TERM)


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        pytest.param(
            [entry("holiday", "2026-12-19", "2027-01-03", "Christmas"), entry("bank-holiday", "2026-12-25")],
            "Bank holiday",
            id="a bank holiday inside a holiday",
        ),
        pytest.param(
            [
                entry("bank-holiday", "2026-12-25", "2026-12-28"),
                entry("closure", "2026-12-25", name="Boiler"),
            ],
            "Bank holiday",
            id="a bank holiday before a shorter closure",
        ),
        pytest.param(
            [entry("closure", "2026-12-25", name="Boiler"), entry("holiday", "2026-12-19", "2027-01-03")],
            "Boiler (closure)",
            id="the shorter of two others",
        ),
    ],
)
def test_of_two_closing_entries_one_names_the_date(entries, words):
    for order in (entries, entries[::-1]):
        assert reference_with(*order).why(day("2026-12-25"), AM) == words


def test_a_morning_only_day_has_no_afternoon():
    calendar = reference_with(entry("am-only", "2026-12-18", name="End of term"))
    assert calendar.is_session(day("2026-12-18"), AM)
    assert not calendar.is_session(day("2026-12-18"), PM)
    assert calendar.kind_on(day("2026-12-18")) is Kind.AM_ONLY
    assert calendar.why(day("2026-12-18"), PM) == "End of term (morning only)"
    assert calendar.why(day("2026-12-18"), AM) == "Autumn term, second half"
    assert calendar.school_days(day("2026-12-17"), day("2026-12-18")) == 1.5


def test_morning_only_outside_term_opens_nothing():
    calendar = reference_with(entry("am-only", "2026-12-21"))
    assert not calendar.is_session(day("2026-12-21"), AM)


@pytest.mark.parametrize("session", [AM, PM])
@pytest.mark.parametrize(
    ("entries", "is_open"),
    [
        pytest.param([("closure", SCHOOL)], False, id="a closure beats a term of its layer"),
        pytest.param([("closure", TRUST)], True, id="the school's term beats the trust's closure"),
        pytest.param([("closure", GROUP)], False, id="a year-group closure beats the school's term"),
        pytest.param([("closure", SCHOOL), ("term", GROUP)], True, id="a year-group term reopens a closure"),
        pytest.param(
            [("closure", SCHOOL), ("term", GROUP), ("closure", PUPIL)], False, id="the most specific wins"
        ),
        pytest.param([("closure", GROUP), ("term", GROUP)], False, id="closing wins within a layer"),
        pytest.param([("bank-holiday", NATION)], False, id="a school's long term opens no bank holiday"),
        pytest.param(
            [("bank-holiday", NATION), ("term", TRUST)], True, id="a term entered for that day does"
        ),
        pytest.param(
            [("inset", TRUST), ("term", SCHOOL)], True, id="a school may be open on a trust's INSET"
        ),
    ],
)
def test_the_most_specific_layer_that_says_anything_wins(entries, is_open, session):
    on = "2026-10-06"
    calendar = reference_with(*(entry(kind, on, layer=layer) for kind, layer in entries))
    assert calendar.is_session(day(on), session) is is_open


@pytest.mark.parametrize(
    ("entries", "sessions"),
    [
        pytest.param([("am-only", SCHOOL)], [AM], id="of the term's layer"),
        pytest.param([("am-only", PUPIL)], [AM], id="of a more specific layer"),
        pytest.param([("am-only", TRUST)], [AM, PM], id="of a less specific layer: the term has spoken"),
        pytest.param([("am-only", SCHOOL), ("term", GROUP)], [AM, PM], id="reopened for a year group"),
        pytest.param([("am-only", GROUP), ("closure", SCHOOL)], [], id="a closed day stays closed"),
    ],
)
def test_morning_only_takes_the_afternoon_of_an_open_day(entries, sessions):
    on = "2026-10-06"
    calendar = reference_with(*(entry(kind, on, layer=layer) for kind, layer in entries))
    assert [s for s in (AM, PM) if calendar.is_session(day(on), s)] == sessions


def test_a_layer_that_says_nothing_about_a_date_decides_nothing():
    calendar = reference_with(entry("closure", "2026-10-07", layer=GROUP))
    assert calendar.is_session(day("2026-10-06"), AM)


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-10-19", "2026-11-06"), ("2026-07-17", "2026-09-04"), ("2026-10-06", "2026-10-05")],
    ids=["over a holiday", "over the summer", "nothing between"],
)
def test_sessions_are_those_that_exist_in_order(first, last):
    found = list(THREE_YEARS.sessions(day(first), day(last)))
    assert found == sorted(found)
    assert all(THREE_YEARS.is_session(*session) for session in found)
    assert len(found) / 2 == THREE_YEARS.school_days(day(first), day(last))
    assert {school_year(session.date) for session in found} <= {2025, 2026}


@pytest.mark.parametrize(
    ("on", "n", "expected"),
    [
        pytest.param("2026-10-20", 5, "2026-11-04", id="half-term and INSET are passed over"),
        pytest.param("2026-10-23", 1, "2026-11-03", id="the next school day"),
        pytest.param("2026-10-24", 1, "2026-11-03", id="from a Saturday"),
        pytest.param("2027-07-20", 1, None, id="the calendar ends"),
        pytest.param("2026-08-10", 1, "2026-09-03", id="from before the calendar"),
    ],
)
def test_school_days_are_added(on, n, expected):
    assert REFERENCE.add_school_days(day(on), n) == (expected and day(expected))


def test_a_morning_counts_as_a_school_day_when_days_are_added():
    calendar = reference_with(entry("am-only", "2026-10-06"))
    assert calendar.add_school_days(day("2026-10-05"), 2) == day("2026-10-07")


@pytest.mark.parametrize("n", [0, -3])
def test_no_school_days_are_not_added(n):
    with pytest.raises(ValueError, match="from 1 upwards"):
        REFERENCE.add_school_days(day("2026-10-05"), n)


@pytest.mark.parametrize(
    ("on", "n", "first", "found"),
    [
        pytest.param("2026-11-04", 3, "2026-10-23", 3, id="back over a holiday"),
        pytest.param("2026-10-04", 1, "2026-10-02", 1, id="from a Sunday"),
        pytest.param("2026-09-04", 20, "2026-06-26", 20, id="back over the summer, a year-crossing"),
        pytest.param("2025-09-04", 20, "2025-09-03", 2, id="the calendar begins"),
    ],
)
def test_the_last_school_days_are_found(on, n, first, found):
    days = THREE_YEARS.last_school_days(day(on), n)
    assert days == sorted(days)
    assert (days[0], len(days)) == (day(first), found)


def test_closed_days_are_told_in_stretches():
    calendar = reference_with(entry("am-only", "2026-11-05", name="Open evening"))
    assert closed_days(calendar, day("2026-10-19"), day("2026-11-06")) == [
        Closed(day("2026-10-26"), day("2026-10-30"), "Autumn half-term (holiday)"),
        Closed(day("2026-11-02"), day("2026-11-02"), "Staff training day (INSET)"),
        Closed(day("2026-11-05"), day("2026-11-05"), "Open evening (morning only)", PM),
    ]


def test_a_closed_stretch_goes_on_over_weekends():
    (winter,) = closed_days(THREE_YEARS, day("2026-12-19"), day("2027-01-03"))
    assert winter == Closed(day("2026-12-21"), day("2027-01-01"), "Outside term")


def test_the_mask_shows_the_sessions_and_nothing_else():
    mask = REFERENCE.mask(2026)
    assert len(mask) == 732
    assert set(mask) == {0, 255}
    assert mask.count(255) == 380
    assert REFERENCE.mask(2019).count(0) == 732
    assert THREE_YEARS.is_session(*at("2028-02-29 AM"))
