"""What may be written on a case, who may take it back, and the words of the tables."""

from dataclasses import replace
from datetime import date

import pytest

from onroll.domain.casework.entries import METHODS, PAPERS, WRITTEN, Entry, Method, Paper
from onroll.domain.casework.given import (
    ContactGiven,
    DecisionGiven,
    DocumentGiven,
    NoteGiven,
    reason_problem,
)
from onroll.domain.casework.taking_back import may_take_back
from onroll.domain.casework.tiers import Tier
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Actor, Post

TODAY = date(2026, 11, 23)
CALL = ContactGiven(
    happened_on=TODAY,
    tier=Tier.EDUCATION,
    method=Method.PHONE,
    made_by_id=1,
    with_parent=True,
    said="Better.",
)
DECISION = DecisionGiven(
    happened_on=TODAY, tier=Tier.EDUCATION, question="A tutor?", decided="Yes", reason="Ten days missed",
    decided_by_id=1,
)  # fmt: skip
LETTER = DocumentGiven(happened_on=TODAY, tier=Tier.MEDICAL, kind=Paper.CLINIC_LETTER, title="Letter")


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        pytest.param({}, [], id="as it should be"),
        pytest.param({"happened_on": date(2026, 11, 24)}, ["happened_on"], id="tomorrow"),
        pytest.param({"happened_on": date(2026, 9, 1)}, [], id="before the case was opened"),
        pytest.param({"happened_on": date(1926, 11, 23)}, ["happened_on"], id="a hundred years ago"),
        pytest.param({"with_parent": False}, ["who"], id="with nobody"),
        pytest.param({"with_parent": False, "with_pupil": True}, [], id="with the pupil"),
        pytest.param({"with_parent": False, "with_whom": "The GP"}, [], id="with somebody in words"),
        pytest.param({"with_parent": False, "family_id": 3}, [], id="with one of the family"),
        pytest.param({"with_parent": False, "professional_id": 3}, [], id="with a professional"),
        pytest.param({"said": ""}, ["said"], id="spoke, and nothing was said"),
        pytest.param({"said": "", "two_way": False}, [], id="no answer, and nothing was said"),
        pytest.param({"next_step": "Ring again"}, [], id="a next step without a day"),
        pytest.param({"next_step": "Ring again", "next_on": TODAY}, [], id="a next step the same day"),
        pytest.param(
            {"next_step": "Ring", "next_on": date(2026, 11, 22)}, ["next_on"], id="a next step before it"
        ),
        pytest.param({"next_on": date(2026, 11, 30)}, ["next_step"], id="a day and no next step"),
        pytest.param(
            {"happened_on": date(2026, 11, 24), "with_parent": False, "said": ""},
            ["happened_on", "who", "said"],
            id="everything is told at once",
        ),
    ],
)
def test_a_contact(given, fields):
    assert list(replace(CALL, **given).problems(TODAY)) == fields


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        pytest.param({}, [], id="as it should be"),
        pytest.param({"happened_on": date(2026, 11, 24)}, ["happened_on"], id="tomorrow"),
        pytest.param({"question": ""}, ["question"], id="no question"),
        pytest.param({"decided": ""}, ["decided"], id="no answer"),
        pytest.param({"reason": ""}, ["reason"], id="no reason"),
        pytest.param({"decided_by_id": None}, ["decided_by"], id="by nobody"),
        pytest.param({"decided_by_id": None, "decided_by_others": "The panel"}, [], id="by others"),
    ],
)
def test_a_decision(given, fields):
    assert list(replace(DECISION, **given).problems(TODAY)) == fields


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        pytest.param({}, [], id="as it should be"),
        pytest.param({"title": ""}, ["title"], id="no title"),
        pytest.param({"valid_until": TODAY}, [], id="valid for its own day"),
        pytest.param({"valid_until": date(2026, 11, 22)}, ["valid_until"], id="ends before it begins"),
        pytest.param({"happened_on": date(2026, 11, 24)}, ["happened_on"], id="dated tomorrow"),
    ],
)
def test_a_document(given, fields):
    assert list(replace(LETTER, **given).problems(TODAY)) == fields


@pytest.mark.parametrize(
    ("text", "on", "fields"),
    [("Seen in town, well.", TODAY, []), ("", TODAY, ["text"]), ("x", date(2026, 11, 24), ["happened_on"])],
)
def test_a_note(text, on, fields):
    assert list(NoteGiven(happened_on=on, tier=Tier.EDUCATION, text=text).problems(TODAY)) == fields


@pytest.mark.parametrize(("reason", "will_do"), [("", False), ("  x ", False), ("Wrong child", True)])
def test_taking_back_needs_a_reason(reason, will_do):
    assert (reason_problem(reason) == "") is will_do


@pytest.mark.parametrize(
    ("role", "own", "tier", "may"),
    [
        pytest.param(Role.ATTENDANCE_OFFICER, True, Tier.EDUCATION, True, id="one's own"),
        pytest.param(Role.ATTENDANCE_OFFICER, False, Tier.EDUCATION, False, id="another's, without leading"),
        pytest.param(Role.ATTENDANCE_OFFICER, True, Tier.MEDICAL, False, id="one's own, no longer readable"),
        pytest.param(Role.PROGRESS_LEADER, False, Tier.EDUCATION, True, id="another's, as who leads"),
        pytest.param(Role.PROGRESS_LEADER, False, Tier.SAFEGUARDING, False, id="another's, unreadable"),
        pytest.param(Role.SAFEGUARDING_LEAD, False, Tier.SAFEGUARDING, True, id="another's, readable"),
        pytest.param(Role.TEACHER, True, Tier.EDUCATION, False, id="a teacher works on no case"),
    ],
)
def test_who_may_take_back(role, own, tier, may):
    actor = Actor(7, "Sam Reed", (Post(1, role),))
    assert may_take_back(actor, 1, recorded_by_id=7 if own else 8, tier=tier) is may
    assert not may_take_back(actor, 2, recorded_by_id=7, tier=tier), "at another school"


def test_every_kind_has_its_words():
    assert all(kind.words for kind in Entry)
    assert all(tier.words and tier.hint for tier in Tier)
    assert set(METHODS) == set(Method)
    assert set(PAPERS) == set(Paper)
    assert {kind for kind in Entry if kind.is_written} == WRITTEN
    assert max(len(method) for method in Method) <= 12, "the width of its column"
    assert LETTER.is_medical
