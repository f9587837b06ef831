"""The grounds of the regulations: fifteen, and illness is none of them."""

import string

from onroll.domain.roll_guard import GROUNDS, NOT_A_GROUND


def test_there_are_fifteen_grounds_a_to_o():
    assert "".join(GROUNDS) == string.ascii_lowercase[:15]


def test_each_ground_says_its_law_and_its_evidence():
    assert [one.letter for one in GROUNDS.values() if one.source != f"Regulation 9(1)({one.letter})"] == []
    assert [one.letter for one in GROUNDS.values() if len(one.title) < 10 or len(one.evidence) < 10] == []


def test_no_ground_is_about_health():
    words = set(" ".join(f"{one.title} {one.evidence}".lower() for one in GROUNDS.values()).split())
    assert words & {"medical", "medically", "health", "ill", "illness", "sick", "sickness", "unfit"} == set()
    assert "Illness is not a ground" in NOT_A_GROUND
