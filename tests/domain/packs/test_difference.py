"""What changed between two packs."""

import pytest

from onroll.domain.packs import read_pack, read_profile
from onroll.domain.packs.difference import How, difference
from tests.domain.packs.test_reading import DUTY, PACK, PROFILE


def changed(old: str, new: str) -> list[tuple[str, str, str, str, str]]:
    found = difference(read_pack(PACK), read_pack(PACK.replace(old, new, 1)))
    return [(one.group, one.key, one.field, one.old, one.new) for one in found]


def test_a_pack_does_not_differ_from_itself():
    assert difference(read_pack(PACK), read_pack(PACK)) == ()


@pytest.mark.parametrize(("old", "new", "expected"), [
    pytest.param("within_days = 5", "within_days = 7",
        ("duties", "looked", "school days within which it is done", "5", "7"), id="a threshold"),
    pytest.param("thresholds = { within_days = 5 }\n", "",
        ("duties", "looked", "school days within which it is done", "5", ""), id="a threshold that went"),
    pytest.param('holder = "clerk"', 'holder = "senco"',
        ("duties", "looked", "holder", "Clerk to governors", "SENCO"), id="a holder"),
    pytest.param('words = "Somebody looks."', 'words = "Two look."',
        ("paragraphs", "1.a", "", "Somebody looks.", "Two look."), id="a paragraph"),
    pytest.param("Governance professional", "Clerk",
        ("roles", "clerk", "", "Governance professional", "Clerk"), id="a word"),
    pytest.param('version = "1"', 'version = "2"', ("about", "ours", "version", "1", "2"), id="the version"),
    pytest.param('version = "1"', 'version = "1"\napproved_on = 2026-01-29',
        ("about", "ours", "approved on", "", "29 January 2026"), id="a date"),
])  # fmt: skip
def test_one_change_is_one_difference_with_both_values(old, new, expected):
    assert changed(old, new) == [expected]


def test_a_duty_that_came_or_went_is_one_difference():
    more = read_pack(PACK + "\n" + DUTY.replace('id = "looked"', 'id = "again"'))
    (added,) = difference(read_pack(PACK), more)
    (removed,) = difference(more, read_pack(PACK))
    assert (added.how, added.key, added.old) == (How.ADDED, "again", "")
    assert (removed.how, removed.key, removed.new) == (How.REMOVED, "again", "")


def test_moving_a_duty_within_the_file_changes_nothing():
    other = DUTY.replace('id = "looked"', 'id = "again"')
    first, second = PACK + "\n" + other, PACK.replace(DUTY, other + "\n" + DUTY)
    assert difference(read_pack(first), read_pack(second)) == ()


def test_profiles_are_compared_too():
    (found,) = difference(read_profile(PROFILE), read_profile(PROFILE.replace("= 6", "= 8")))
    assert (found.group, found.field, found.old, found.new) == ("part_time", "most weeks", "6", "8")
