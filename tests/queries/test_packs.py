"""Which packs apply at a school on a day, and by what was known when."""

from datetime import date, timedelta

import pytest

from onroll.actions.packs.using import end_pack, use_pack, use_shipped
from onroll.domain.packs.stack import Stack
from onroll.domain.permissions import Role
from onroll.queries.packs import stack_of, stacks_of
from onroll.queries.packs.kept import _parsed
from onroll.records.base import pen
from onroll.records.schools.models import School
from tests.support import cast
from tests.support.policy import a_text, with_policy

pytestmark = pytest.mark.django_db
OWN, NATION = "children-with-health-needs", "england"
SEPTEMBER, JANUARY = date(2026, 9, 1), date(2027, 1, 4)


def slugs(stack: Stack) -> list[str]:
    return [f"{pack.slug} {pack.version}" for pack in stack.packs]


@pytest.fixture
def school() -> School:
    return cast.a_school()


def test_the_schools_own_stands_before_the_nations_whatever_came_first(school):
    with pen():
        use_shipped(school.pk, [NATION, OWN], from_on=SEPTEMBER, by_id=None, at=cast.NOW)
    assert slugs(stack_of(school.pk, SEPTEMBER)) == [f"{OWN} 2026", f"{NATION} 2026-11"]


def test_a_school_without_packs_has_an_empty_stack_in_our_own_words(school):
    stack = stack_of(school.pk, SEPTEMBER)
    assert stack == Stack()
    assert stack.role(Role.CLERK) == "Clerk to governors"
    assert stack.term("rep") == "Reduced Educational Provision plan"


def test_a_version_applies_from_its_day(school):
    with_policy(school)
    with pen():
        use_pack(
            school.pk, a_text(OWN, version="2027"), kind="policy", from_on=JANUARY, by_id=None, at=cast.NOW
        )
    assert slugs(stack_of(school.pk, JANUARY - timedelta(days=1)))[0] == f"{OWN} 2026"
    assert slugs(stack_of(school.pk, JANUARY))[0] == f"{OWN} 2027"


def test_what_was_known_then_is_not_what_is_known_now(school):
    with_policy(school)
    later = cast.NOW + timedelta(days=3)
    with pen():
        use_pack(school.pk, a_text(OWN, version="2"), kind="policy", from_on=SEPTEMBER, by_id=None, at=later)
    assert slugs(stack_of(school.pk, SEPTEMBER))[0] == f"{OWN} 2"
    assert slugs(stack_of(school.pk, SEPTEMBER, cast.NOW))[0] == f"{OWN} 2026"
    assert slugs(stack_of(school.pk, SEPTEMBER, later))[0] == f"{OWN} 2"


def test_a_pack_that_was_ended_applies_until_that_day(school):
    with_policy(school)
    with pen():
        end_pack(school.pk, OWN, from_on=JANUARY, by_id=None, at=cast.NOW)
    assert len(stack_of(school.pk, JANUARY - timedelta(days=1)).packs) == 2
    assert slugs(stack_of(school.pk, JANUARY)) == [f"{NATION} 2026-11"]


def test_one_profile_takes_the_place_of_another(school):
    with_policy(school)
    with pen():
        use_shipped(school.pk, ["fellmoor"], from_on=JANUARY, by_id=None, at=cast.NOW)
    assert [getattr(stack_of(school.pk, on).authority, "slug", "") for on in (SEPTEMBER, JANUARY)] == [
        "wiltshire",
        "fellmoor",
    ]


def test_stacks_cost_one_query_once_the_texts_are_known(school, django_assert_num_queries):
    schools = [with_policy(school), with_policy(cast.a_school("Another")), cast.a_school("None")]
    with django_assert_num_queries(1):
        found = stacks_of([one.pk for one in schools], JANUARY)
    assert [len(found[one.pk].packs) for one in schools] == [2, 2, 0]
    _parsed.clear()
    with django_assert_num_queries(2):
        assert stacks_of([one.pk for one in schools], JANUARY) == found
