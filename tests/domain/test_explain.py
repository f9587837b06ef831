"""What the explanation says of a session, in words."""

import pytest

from onroll.domain.compulsory_age import compulsory_age
from onroll.domain.register import HEALTH, STATUTORY, Effect, Explained, Rule, Window, days_in_words, explain
from onroll.domain.schoolcalendar import SessionAt
from tests.domain.reference import REFERENCE, THREE_YEARS, at, day, register, spread

ADDS, SKIPPED, BREAKS = Effect
ILL = spread("I", "2026-10-05", "2026-10-08 AM")
APPOINTMENTS_PASS = Rule("statutory", frozenset({"I"}), frozenset({"M"}))
NEXT = "2026-10-08 PM"


def explained(rule, years, *, to="2026-10-09", **kwargs) -> dict[SessionAt, Explained]:
    return {line.at: line for line in explain(rule, years, REFERENCE, day(to), **kwargs)}


@pytest.mark.parametrize(
    ("code", "rule", "effect", "reason"),
    [
        ("I", STATUTORY, ADDS, "Illness (I): counts half a day"),
        ("\\", STATUTORY, BREAKS, "Present in the afternoon (\\): ends the spell of 3.5 days"),
        (
            "K",
            STATUTORY,
            BREAKS,
            "Taught at a place arranged by the local authority (K): ends the spell of 3.5 days",
        ),
        (
            "M",
            STATUTORY,
            BREAKS,
            "At a medical or dental appointment (M): an absence of another kind, ends the spell of 3.5 days",
        ),
        ("M", HEALTH, ADDS, "At a medical or dental appointment (M): counts half a day"),
        (
            "M",
            APPOINTMENTS_PASS,
            SKIPPED,
            "At a medical or dental appointment (M): neither counts nor ends the spell, as this school has set",
        ),
        (
            "D",
            STATUTORY,
            BREAKS,
            "Expected at the other school where the pupil is registered (D): ends the spell of 3.5 days",
        ),
        (
            "Y4",
            STATUTORY,
            SKIPPED,
            "Could not attend: the school closed unexpectedly (Y4): neither counts nor ends the spell",
        ),
        ("-", STATUTORY, SKIPPED, "Register not taken: neither counts nor ends the spell"),
        (None, STATUTORY, SKIPPED, "No mark: neither counts nor ends the spell"),
    ],
)
def test_a_session_is_explained_in_words(code, rule, effect, reason):
    years = register(ILL, spread(code, NEXT, NEXT) if code else {})
    line = explained(rule, years)[at(NEXT)]
    assert (line.code, line.effect, line.reason) == (code, effect, reason)
    spell = {ADDS: 4, SKIPPED: 3.5, BREAKS: 0}[effect]
    assert (line.spell_days, line.total_days) == (spell, 4 if effect is ADDS else 3.5)


@pytest.mark.parametrize("code", ["/", "Y4", "-", "G"])
def test_no_spell_is_ended_where_none_was_running(code):
    line = explained(STATUTORY, register(spread(code, "2026-10-05")))[at("2026-10-05 AM")]
    assert line.reason.endswith(": does not count")


def test_the_whole_year_is_explained_and_sessions_to_come_are_not_looked_at():
    lines = explain(STATUTORY, register(ILL, spread("I", "2026-10-12")), REFERENCE, day("2026-10-09"))
    assert len(lines) == 380
    today = [line for line in lines if line.at.date == day("2026-10-09")]
    assert {line.reason for line in today} == {"No mark: neither counts nor ends the spell"}
    later = [line for line in lines if line.at.date > day("2026-10-09")]
    assert {line.reason for line in later} == {"After 9 October 2026: not looked at yet"}
    assert {(line.effect, line.total_days) for line in later} == {(SKIPPED, 3.5)}


def test_sessions_before_a_pupil_came_are_not_theirs():
    lines = explained(STATUTORY, register(ILL), windows=(Window(day("2026-10-06")),))
    assert lines[at("2026-10-05 PM")].reason == "Not on roll: not a session of this pupil"
    assert lines[at("2026-10-06 AM")].spell_days == 0.5


def test_sessions_outside_compulsory_school_age_say_so():
    lines = explained(STATUTORY, register(ILL), age=compulsory_age(day("2009-05-01")))
    line = lines[at("2026-10-05 AM")]
    assert line.reason == "Outside compulsory school age: not looked at in this count"
    assert (line.code, line.effect, line.total_days) == ("I", SKIPPED, 0)


def test_a_spell_carried_in_shows_from_the_first_session():
    years = register(spread("I", "2026-07-20", "2026-07-21", THREE_YEARS))
    first = explain(STATUTORY, years, THREE_YEARS, day("2026-09-04"))[0]
    assert (first.at, first.spell_days, first.total_days) == (at("2026-09-03 AM"), 2, 0)


@pytest.mark.parametrize(
    ("sessions", "words"), [(1, "half a day"), (2, "1 day"), (3, "1.5 days"), (30, "15 days"), (0, "0 days")]
)
def test_sessions_are_told_in_days(sessions, words):
    assert days_in_words(sessions) == words
