"""Four ways to the same figures: one pupil, many pupils, the explanation, and the slow oracle."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from hypothesis import given

from onroll.domain.register import (
    Count,
    Effect,
    Register,
    breakdown,
    carried_spell,
    count,
    count_many,
    explain,
)
from onroll.domain.schoolcalendar import (
    CalendarEntry,
    SchoolCalendar,
    Session,
    school_year,
    year_end,
    year_start,
)
from tests.domain import oracle
from tests.domain.generated import Case, Pupil, calendars, cases, said
from tests.domain.reference import days_between


def asked(case: Case) -> Iterator[tuple[Pupil, oracle.Answer]]:
    """Each pupil with what the oracle says of them."""
    all_sessions = case.open_sessions()
    for pupil in case.pupils:
        own = [key for key in all_sessions if _is_own(pupil, key)]
        rule = case.rule
        yield (
            pupil,
            oracle.count(set(rule.adds), set(rule.passes), pupil.marks, own, case.as_of, case.threshold),
        )


def _is_own(pupil: Pupil, key: oracle.Key) -> bool:
    return pupil.windows is None or any(
        window.first <= key[0] and (window.last is None or key[0] <= window.last) for window in pupil.windows
    )


def figures(answer: Count | oracle.Answer) -> dict[str, object]:
    """What both sides promise, in one shape."""
    return {
        name: tuple(value) if isinstance(value, tuple) else value
        for name in Count.__dataclass_fields__
        for value in [getattr(answer, name)]
    }


@given(cases())
def test_every_way_of_counting_agrees_with_the_oracle(case: Case):
    calendar = case.calendar()
    registers = [Register(pupil.years, pupil.windows) for pupil in case.pupils]
    in_bulk = count_many(case.rule, registers, calendar, case.as_of, case.threshold)
    for (pupil, expected), from_bulk in zip(asked(case), in_bulk, strict=True):
        alone = count(case.rule, pupil.years, calendar, case.as_of, case.threshold, windows=pupil.windows)
        assert figures(alone) == figures(expected)
        assert from_bulk == alone
        assert_the_explanation_adds_up(case, calendar, pupil, expected)
        assert_the_breakdown_adds_up(case, calendar, pupil, expected)
    eve = replace(case, as_of=year_end(school_year(case.as_of) - 1))
    for pupil, expected in asked(eve):
        assert_the_eve_carries_the_spell(case, calendar, pupil, expected)


def assert_the_explanation_adds_up(
    case: Case, calendar: SchoolCalendar, pupil: Pupil, expected: oracle.Answer
) -> None:
    year = school_year(case.as_of)
    lines = explain(case.rule, pupil.years, calendar, case.as_of, windows=pupil.windows)
    assert [line.at for line in lines] == list(calendar.sessions(year_start(year), year_end(year)))
    own = [line for line in lines if line.at.date <= case.as_of and _is_own(pupil, line.at)]
    assert [(tuple(line.at), line.code, line.spell_days, line.total_days) for line in own] == [
        (key, code, spell, total) for key, code, spell, total in expected.working
    ]
    assert sum(line.effect is Effect.ADDS for line in lines) / 2 == expected.days
    assert [line.spell_days for line in lines[-1:]] in ([], [expected.spell_days])
    assert all(line.reason for line in lines)


def assert_the_breakdown_adds_up(
    case: Case, calendar: SchoolCalendar, pupil: Pupil, expected: oracle.Answer
) -> None:
    parts = breakdown(case.rule, pupil.years, calendar, case.as_of, windows=pupil.windows)
    assert sum(parts.values()) == expected.days


def assert_the_eve_carries_the_spell(
    case: Case, calendar: SchoolCalendar, pupil: Pupil, on_the_eve: oracle.Answer
) -> None:
    year = school_year(case.as_of)
    carried = carried_spell(case.rule, pupil.years, calendar, year, windows=pupil.windows)
    assert (carried.sessions / 2, carried.since) == (on_the_eve.spell_days, on_the_eve.spell_since)


@given(calendars())
def test_the_calendar_opens_the_sessions_that_the_oracle_opens(drawn: tuple[date, int, list[CalendarEntry]]):
    _, _, entries = drawn
    calendar, first = SchoolCalendar(entries), min(entry.first for entry in entries)
    last = max(entry.last for entry in entries)
    expected = list(oracle.sessions_of([said(entry) for entry in entries], None))
    assert [tuple(at) for at in calendar.sessions(first, last)] == expected
    for on in days_between(first, last):
        for session in Session:
            assert calendar.is_session(on, session) is ((on, session.value) in expected)
