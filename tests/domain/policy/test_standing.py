"""How a cited guidance and a linked policy stand on a day."""

from datetime import date

import pytest

from onroll.domain.packs.pack import Guidance
from onroll.domain.policy.standing import GuidanceLooked, LinkLooked, guidance_standing, link_standing

TODAY = date(2026, 11, 23)
KNOWN = Guidance(
    "attendance", "Attendance guidance", superseded_by="the 2024 edition", superseded_on=date(2024, 8, 19)
)
UNKNOWN = Guidance("equality", "Equality advice")


def held(on: date, dated_on: date | None = None, review_due_on: date | None = None) -> LinkLooked:
    return LinkLooked(on, held=True, dated_on=dated_on, review_due_on=review_due_on)


@pytest.mark.parametrize(
    ("cited", "last", "status", "words"),
    [
        pytest.param(UNKNOWN, None, "unchecked", "Nobody", id="never looked at"),
        pytest.param(KNOWN, None, "superseded", "the 2024 edition", id="the pack knows its successor"),
        pytest.param(
            UNKNOWN, GuidanceLooked(date(2026, 11, 1), current=True), "current", "current", id="found current"
        ),
        pytest.param(
            UNKNOWN,
            GuidanceLooked(date(2026, 11, 1), current=False, successor="the 2026 guidance"),
            "superseded",
            "the 2026 guidance",
            id="a person names the successor",
        ),
        pytest.param(
            UNKNOWN,
            GuidanceLooked(date(2026, 11, 1), current=False),
            "superseded",
            "No longer",
            id="gone without one",
        ),
        pytest.param(
            KNOWN,
            GuidanceLooked(date(2024, 8, 18), current=True),
            "superseded",
            "the 2024 edition",
            id="found current the day before it was replaced",
        ),
        pytest.param(
            KNOWN,
            GuidanceLooked(date(2026, 1, 5), current=True),
            "current",
            "current",
            id="a person contradicts the pack",
        ),
        pytest.param(
            UNKNOWN,
            GuidanceLooked(date(2025, 11, 23), current=True),
            "current",
            "current",
            id="a year ago to the day",
        ),
        pytest.param(
            UNKNOWN,
            GuidanceLooked(date(2025, 11, 22), current=True),
            "check-again",
            "a year",
            id="a year and a day ago",
        ),
    ],
)
def test_how_a_cited_guidance_stands(cited, last, status, words):
    standing = guidance_standing(cited, last, TODAY)
    assert standing.status == status
    assert words in standing.words


@pytest.mark.parametrize(
    ("last", "status"),
    [
        pytest.param(None, "unchecked", id="never looked at"),
        pytest.param(LinkLooked(TODAY, held=False), "not-held", id="not held"),
        pytest.param(LinkLooked(TODAY, held=True), "no-date", id="held, without its date"),
        pytest.param(held(TODAY, date(2026, 1, 1)), "held", id="held and dated"),
        pytest.param(
            held(TODAY, date(2025, 1, 1), date(2026, 11, 23)),
            "held",
            id="its review is due today",
        ),
        pytest.param(
            held(TODAY, date(2025, 1, 1), date(2026, 11, 22)),
            "review-passed",
            id="its review was due yesterday",
        ),
        pytest.param(held(date(2025, 11, 22), date(2025, 1, 1)), "check-again", id="looked at long ago"),
        pytest.param(
            held(date(2025, 11, 23), date(2025, 1, 1)),
            "held",
            id="looked at a year ago to the day",
        ),
    ],
)
def test_how_a_linked_policy_stands(last, status):
    assert link_standing(last, TODAY).status == status


def test_a_check_says_when_to_look_again():
    assert link_standing(held(date(2028, 2, 29), TODAY), TODAY).look_again_on == date(2029, 2, 28)
