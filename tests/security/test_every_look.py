"""Whatever page tells of a child, on any day and in any shape, leaves a look at that child behind."""

import copy
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from onroll.config.public import PUBLIC
from onroll.domain.permissions import Role
from onroll.records.ledger.models import Look
from tests.support.addresses import Address, addresses
from tests.support.walkers import World, a_client, a_world

pytestmark = pytest.mark.django_db
ADDRESSES = [one for one in addresses() if "urn" in one.arguments and one.name not in PUBLIC]
# Other ways in which pages show the same: another day, whole lists, paper.
PAST = ("on=2026-11-23&known=then", "on=2026-11-23&known=now")
QUERIES = {
    "cases:show": PAST,
    "cases:duties": PAST,
    "timeline:show": PAST,
    "timeline:print": (
        "first_day=1&first_month=9&first_year=2026&last_day=1&last_month=12&last_year=2099&tiers=education",
    ),
    "today:show": ("of=school",),
    "statements:paper": ("large=yes",),
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Built once, in a transaction that is rolled back at its end."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole._from_testcase = True  # as Django's own TestCase does, so that `change()` may be durable inside
        with whole:
            world = a_world()
            world.clients = {role.value: a_client(user) for role, user in world.people.items()}
            yield world
            transaction.set_rollback(True)


@pytest.mark.parametrize("role", [Role.HEADTEACHER, Role.ATTENDANCE_OFFICER])
@pytest.mark.parametrize("address", ADDRESSES, ids=lambda one: one.name)
def test_what_names_a_child_is_logged(world: World, address: Address, role: Role, settings):
    settings.ONROLL_SECOND_FACTOR = True
    client, user = world.clients[role.value], world.people[role]
    for query in ("", *QUERIES.get(address.name, ())):
        before, cookies = transaction.savepoint(), copy.deepcopy(client.cookies)
        known = set(Look.objects.values_list("pk", flat=True))
        answer = client.get(f"{address.path(world)}?{query}" if query else address.path(world))
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        fresh = [one for one in Look.objects.exclude(pk__in=known) if one.actor_id == user.pk]
        transaction.savepoint_rollback(before)
        connection.run_on_commit = []
        client.cookies = cookies
        if b"Zanderby-Voss" in content or answer.get("Content-Type") == "application/pdf":
            assert [one for one in fresh if f",{world.pupil.pk}," in one.pupil_ids], query
