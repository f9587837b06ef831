"""The one sentence: who provides education now, who checks on the child, who decides next and when."""

from dataclasses import replace
from datetime import date

import pytest

from onroll.domain.casework.responsibility import (
    AUTHORITY,
    Place,
    Responsibility,
    gaps_in_words,
    responsibility_sentence,
)
from onroll.domain.duties.facts import Provider
from onroll.domain.permissions import ROLES, Role

TODAY = date(2026, 11, 23)
WHOLE = Responsibility(
    provider=Provider.SCHOOL,
    since=date(2026, 11, 9),
    checks=Role.SAFEGUARDING_LEAD,
    decides=Role.PROGRESS_LEADER.value,
    decides_on=date(2026, 12, 1),
)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param(
            {},
            "The school provides education now; the Designated Safeguarding Lead checks on the child; "
            "the Progress Leader decides what happens next, by 1 December 2026.",
            id="the school provides",
        ),
        pytest.param(
            {"provider": Provider.AUTHORITY, "decides": AUTHORITY},
            "The local authority provides education now; the Designated Safeguarding Lead checks on the child; "
            "the local authority decides what happens next, by 1 December 2026.",
            id="the authority provides and decides",
        ),
        pytest.param(
            {"provider": Provider.AUTHORITY, "provided_by": "home tuition, five hours a week"},
            "The local authority provides education now (home tuition, five hours a week); the Designated "
            "Safeguarding Lead checks on the child; the Progress Leader decides what happens next, by 1 December 2026.",
            id="more exactly",
        ),
        pytest.param(
            {"provider": Provider.NOBODY},
            "Nobody provides education now, which was agreed for the time being; the Designated Safeguarding Lead "
            "checks on the child; the Progress Leader decides what happens next, by 1 December 2026.",
            id="nobody, by agreement",
        ),
        pytest.param(
            {"provider": None},
            "Nobody has said who provides education; the Designated Safeguarding Lead checks on the child; "
            "the Progress Leader decides what happens next, by 1 December 2026.",
            id="nobody has said who provides",
        ),
        pytest.param(
            {"checks": None},
            "The school provides education now; nobody has said who checks on the child; "
            "the Progress Leader decides what happens next, by 1 December 2026.",
            id="nobody has said who checks",
        ),
        pytest.param(
            {"decides": "", "decides_on": None},
            "The school provides education now; the Designated Safeguarding Lead checks on the child; "
            "nobody has said who decides next.",
            id="nobody has said who decides",
        ),
        pytest.param(
            {"decides_on": None},
            "The school provides education now; the Designated Safeguarding Lead checks on the child; "
            "the Progress Leader decides what happens next, nobody has said by when.",
            id="nobody has said by when",
        ),
        pytest.param(
            {"decides_on": TODAY},
            "The school provides education now; the Designated Safeguarding Lead checks on the child; "
            "the Progress Leader decides what happens next, by 23 November 2026.",
            id="by today is still to come",
        ),
        pytest.param(
            {"decides_on": date(2026, 11, 22)},
            "The school provides education now; the Designated Safeguarding Lead checks on the child; "
            "the Progress Leader was to decide what happens next by 22 November 2026.",
            id="by yesterday has passed",
        ),
    ],
)
def test_the_sentence_says_who_is_responsible(changed, says):
    assert responsibility_sentence(replace(WHOLE, **changed), Place(), TODAY) == says


def test_with_nothing_said_the_sentence_says_all_that_is_missing():
    assert responsibility_sentence(Responsibility(), Place(), TODAY) == (
        "Nobody has said who provides education; nobody has said who checks on the child; "
        "nobody has said who decides next."
    )


def test_it_uses_the_words_of_the_place_and_names_nobody():
    place = Place(
        authority="Barsetshire Council",
        role={
            **{role: facts.title for role, facts in ROLES.items()},
            Role.PROGRESS_LEADER: "Head of Year",
        }.__getitem__,
        people={Role.PROGRESS_LEADER: "Sam Reed", Role.SAFEGUARDING_LEAD: "Ada Moss"},
    )
    said = responsibility_sentence(replace(WHOLE, provider=Provider.AUTHORITY), place, TODAY)
    assert said.startswith("Barsetshire Council provides education now;")
    assert "the Head of Year decides what happens next" in said
    assert "Sam Reed" not in said
    assert "Ada Moss" not in said


@pytest.mark.parametrize(
    ("now", "says"),
    [
        pytest.param(WHOLE, "", id="nothing is missing"),
        pytest.param(
            replace(WHOLE, decides="", decides_on=None),
            "Nobody has said who decides next.",
            id="no decider, and no date asked for",
        ),
        pytest.param(
            replace(WHOLE, decides_on=None),
            "Nobody has said by when the next decision is made.",
            id="no date",
        ),
        pytest.param(
            Responsibility(),
            "Nobody has said who provides education, who checks on the child and who decides next.",
            id="nothing said",
        ),
    ],
)
def test_gaps_are_named(now, says):
    assert gaps_in_words(now) == says
