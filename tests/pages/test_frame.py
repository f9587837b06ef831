"""The navigation says where the reader is, in the rooms of a room too."""

import pytest

from onroll.pages.frame import ROOMS, place_of


@pytest.mark.parametrize(
    ("view", "place"),
    [
        ("today:show", "today:show"),
        ("cases:duties", "cases:list"),
        ("timeline:contact", "cases:list"),
        ("circle:show", "cases:list"),
        ("policyregister:officer", "policy:show"),
        ("packs:show", "school:show"),
        ("school:groups", "school:show"),
        ("school:looks", "school:looks"),
        ("school:changes", "school:looks"),
        ("pupils:show", ""),
        ("", ""),
    ],
)
def test_a_page_is_found_under_one_place(view, place):
    assert place_of(view.partition(":")[0], view) == place
    assert not place or place in {name for _, name, _ in ROOMS}
