"""What speaks for and against taking a name off the roll. The guard lists; people decide."""

from datetime import date

import pytest

from onroll.domain.roll_guard import Proposed, Run, Weight, may_be_agreed, reasons_on

TODAY = date(2026, 11, 23)
LATER = date(2026, 12, 18)
TWENTY = Run(20, date(2026, 10, 5), date(2026, 11, 9))


def proposed(ground: str, **more: object) -> Proposed:
    """A whole proposal for 18 December, with its evidence."""
    return Proposed(
        TODAY, **{"ground": ground, "leaving_on": LATER, "evidence": True, "document": True, **more}
    )


def said(one: Proposed, weight: Weight) -> str:
    return " ".join(reason.words for reason in reasons_on(one) if reason.weight is weight)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        pytest.param(proposed(""), "No lawful ground is given. Illness is not a ground", id="no ground"),
        pytest.param(proposed("medical"), "Illness is not a ground", id="medical"),
        pytest.param(proposed("p"), "No lawful ground", id="a letter beyond the last"),
        pytest.param(proposed("a", leaving_on=None), "No leaving date", id="no date"),
        pytest.param(proposed("a", leaving_on=date(2026, 11, 22)), "22 November 2026, has gone", id="yesterday"),
        pytest.param(proposed("a", evidence=False), "No evidence", id="no evidence"),
        pytest.param(proposed("a", authority_provides=True), "has not said on record", id="authority not asked"),
        pytest.param(
            proposed("a", authority_provides=True, authority_agrees=False), "does not agree", id="authority says no"
        ),
        pytest.param(proposed("k"), "Nobody has recorded", id="nobody has said that the pupil died"),
    ],
)  # fmt: skip
def test_this_stops_it(one, words):
    assert words in said(one, Weight.STOPS)
    assert not may_be_agreed(one)


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(proposed("a"), id="another school"),
        pytest.param(proposed("a", leaving_on=TODAY), id="today is not the past"),
        pytest.param(proposed("a", authority_provides=True, authority_agrees=True), id="authority agrees"),
        pytest.param(proposed("k", died_on=TODAY), id="died"),
        pytest.param(proposed("i", run=Run()), id="no run: a person weighs it"),
    ],
)
def test_nothing_stops_this(one):
    assert said(one, Weight.STOPS) == ""
    assert may_be_agreed(one)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        pytest.param(proposed("i", run=TWENTY), "A case is open because of", id="i: open case"),
        pytest.param(
            proposed("i", open_case=False, run=Run(19.5, date(2026, 10, 5), date(2026, 11, 9))),
            "is 19.5 school days, from 5 October 2026 to 9 November 2026; it takes 20",
            id="i: half a day short",
        ),
        pytest.param(proposed("i", open_case=False), "is 0 school days; it takes 20", id="i: no such session"),
        pytest.param(
            proposed("i", open_case=False, run=Run(20, date(2026, 10, 5), date(2026, 11, 9), date(2026, 11, 10), "I")),
            "That run ended: 10 November 2026 has the mark I",
            id="i: ill since",
        ),
        pytest.param(
            proposed("i", open_case=False, run=Run(20, date(2026, 10, 5), date(2026, 11, 9), date(2026, 11, 10))),
            "10 November 2026 has no mark",
            id="i: no mark since",
        ),
        pytest.param(proposed("h"), "A case is open because of", id="h: open case"),
        pytest.param(proposed("l", born_on=date(2011, 1, 15)), "ends on 25 June 2027", id="l: still of school age"),
        pytest.param(proposed("b", born_on=date(2014, 1, 15)), "not below compulsory school age", id="b: too old"),
        pytest.param(proposed("a", authority_agrees=False), "authority does not agree", id="authority says no"),
    ],
)  # fmt: skip
def test_this_speaks_against_it(one, words):
    assert words in said(one, Weight.AGAINST)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        pytest.param(proposed("i", open_case=False, run=TWENTY), "20 school days, from 5 October 2026", id="i: twenty"),
        pytest.param(
            proposed("l", born_on=date(2010, 1, 15)), "Compulsory school age ended on 26 June 2026", id="l: over age"
        ),
        pytest.param(
            proposed("l", born_on=date(2010, 9, 15), leaving_on=date(2027, 6, 25)), "ends on 25 June 2027",
            id="l: the very last day",
        ),
        pytest.param(proposed("a", authority_agrees=True), "authority agrees", id="authority agrees"),
    ],
)  # fmt: skip
def test_this_speaks_for_it(one, words):
    assert words in said(one, Weight.FOR)
    assert said(one, Weight.AGAINST) == ""


@pytest.mark.parametrize(
    ("one", "words"),
    [
        pytest.param(proposed("f", document=False), "written notice is not on file", id="f: no notice"),
        pytest.param(proposed("f"), "Possible off-rolling", id="f: even with the notice"),
        pytest.param(proposed("l"), "date of birth is not known", id="l: no date of birth"),
        pytest.param(proposed("b"), "date of birth is not known", id="b: no date of birth"),
        pytest.param(proposed("i"), "together tried to find out", id="i: enquiries"),
        pytest.param(proposed("o"), "review panel", id="o: reviews"),
        pytest.param(proposed("a", has_ehcp=True), "education, health and care plan", id="plan"),
    ],
)
def test_this_is_asked(one, words):
    assert words in said(one, Weight.ASKS)


def test_only_a_parents_notice_flags_off_rolling():
    flagged = {
        letter for letter in "abcdefghijklmno" if any(one.flags for one in reasons_on(proposed(letter)))
    }
    assert flagged == {"f"}


def test_a_pupil_below_school_age_may_leave_nursery():
    assert said(proposed("b", born_on=date(2023, 1, 15)), Weight.AGAINST) == ""


def test_the_gravest_reasons_come_first():
    weights = [one.weight for one in reasons_on(proposed("i", run=TWENTY, evidence=False))]
    assert weights == sorted(weights, key=list(Weight).index)
    assert set(weights) == set(Weight)
