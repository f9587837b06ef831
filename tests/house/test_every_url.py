"""Every address of the house, walked by everybody: nobody, a stranger, and each role.

The addresses are read from the URL table, so a new room is walked as soon as it is there. An address that asks for
something new needs one line in tests/support/addresses.py; the failure says which.
"""

import copy
import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from onroll.config.public import PUBLIC
from onroll.domain.permissions import ROLES, Permission, Role
from tests.support.addresses import NO_SCHOOL, Address, addresses
from tests.support.walkers import World, a_client, a_world

pytestmark = pytest.mark.django_db
ADDRESSES = addresses()
METHODS = ("get", "post")
# What an address may answer to somebody who may open it. Anything that goes wrong raises, and so fails the test.
ANSWERS = {
    "get": {200, 302, 404, 405, 410},
    "post": {200, 302, 400, 404, 405, 409, 410, 429},
}
_SEES_PUPILS = {
    Permission.TODAY_SEE, Permission.WATCH_SEE, Permission.PUPIL_SEE, Permission.REGISTER_SEE, Permission.LOOKS_SEE,
    Permission.REGISTER_IMPORT, Permission.ROLL_IMPORT,
}  # fmt: skip
SEES_NO_PUPIL = [role for role in Role if not ROLES[role].permissions & _SEES_PUPILS]

every_address = pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
every_school_address = pytest.mark.parametrize(
    "address",
    [one for one in ADDRESSES if "urn" in one.arguments and one.name not in PUBLIC],
    ids=lambda address: address.name,
)
every_method = pytest.mark.parametrize("method", METHODS)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Built once for the whole walk, in a transaction that is rolled back at its end."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole._from_testcase = True  # as Django's own TestCase does, so that `change()` may be durable inside
        with whole:
            world = a_world()
            world.clients = {role.value: a_client(user) for role, user in world.people.items()}
            world.clients["stranger"] = a_client(world.stranger)
            yield world
            transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _as_in_life(settings, world) -> None:
    settings.ONROLL_SECOND_FACTOR = True


def ask(world: World, who: str | None, method: str, path: str) -> HttpResponse:
    """Send one person there and undo what came of it: a second time gives the same. A fault of ours raises here."""
    if (who, method, path) not in world.answers:
        world.answers[who, method, path] = _ask(world, who, method, path)
    return world.answers[who, method, path]


def _ask(world: World, who: str | None, method: str, path: str) -> HttpResponse:
    client = world.clients[who] if who else Client()
    before, cookies = transaction.savepoint(), copy.deepcopy(client.cookies)
    try:
        answer: HttpResponse = getattr(client, method)(path)
        body(answer)  # a file is written while it is read
        return answer
    finally:
        transaction.savepoint_rollback(before)
        connection.run_on_commit = []
        client.cookies = cookies


def is_the_door(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer.url.startswith("/account/login/?next=")


def body(answer: HttpResponse) -> str:
    """What was answered, without the one word that is new in every answer."""
    if answer.streaming and not answer.__dict__.get("_read"):
        answer._read = b"".join(answer.streaming_content)
    content = answer._read if answer.streaming else answer.content
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", content.decode("utf-8", "replace"))


# ---------------------------------------------------------------- nobody


@every_address
@every_method
def test_nobody_is_sent_to_the_door_except_where_the_table_says(world, address, method):
    answer = ask(world, None, method, address.path(world))
    assert is_the_door(answer) is (address.name not in PUBLIC)


def test_the_table_of_open_addresses_names_no_other():
    known = {address.name for address in ADDRESSES}
    # The pages about Onroll are open from the day on which they are there.
    assert {name for name in PUBLIC if name not in known and not name.startswith("about:")} == set()


@every_address
def test_no_address_takes_a_form_from_another_site(world, address):
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.clients[Role.HEADTEACHER.value].cookies
    answer = client.post(address.path(world))
    assert answer.status_code == 403
    assert "did not come from a page of ours" in answer.content.decode()


# ---------------------------------------------------------------- a stranger


@every_school_address
@every_method
def test_a_stranger_cannot_tell_our_school_from_one_that_does_not_exist(world, address, method):
    ours = ask(world, "stranger", method, address.path(world))
    none = ask(world, "stranger", method, address.path(world, urn=NO_SCHOOL))
    assert ours.status_code in {404, 405}
    assert (ours.status_code, dict(ours.headers), body(ours)) == (
        none.status_code,
        dict(none.headers),
        body(none),
    )


@pytest.mark.parametrize(
    "address",
    [one for one in ADDRESSES if "urn" in one.arguments and one.ids and one.name not in PUBLIC],
    ids=lambda address: address.name,
)
@every_method
def test_a_stranger_cannot_tell_our_things_from_things_that_do_not_exist(world, address, method):
    """With every role at their own school, they ask there for what is ours."""
    ours = ask(world, "stranger", method, address.path(world, urn=world.elsewhere.urn))
    none = ask(world, "stranger", method, address.path_to_nothing(world, urn=world.elsewhere.urn))
    assert ours.status_code in {404, 405}
    assert (ours.status_code, dict(ours.headers), body(ours)) == (
        none.status_code,
        dict(none.headers),
        body(none),
    )


# ---------------------------------------------------------------- our own people


@every_address
@every_method
def test_every_role_gets_a_page_or_a_refusal_that_says_whom_to_ask(world, address, method):
    path = address.path(world)
    for role in Role:
        answer = ask(world, role.value, method, path)
        assert not is_the_door(answer), f"{role} was signed out"
        if answer.status_code == 403:
            text = body(answer)
            assert "Your role at Elm Grove School does not let you" in text, role
            assert re.search(r"These roles can: \w.*\. An administrator can change your role\.", text), role
        else:
            assert answer.status_code in ANSWERS[method], (role, answer.status_code)


@every_address
def test_every_address_opens_for_somebody(world, address):
    """Otherwise the walk went past it with an id that is not real."""
    if address.name == "account_set_password":
        return  # not offered to anybody
    path = address.path(world)
    found = {who or "nobody": ask(world, who, "get", path).status_code for who in (None, *map(str, Role))}
    opened = {who for who, status in found.items() if status in {200, 302, 405}} - (
        set() if address.name in PUBLIC else {"nobody"}
    )
    assert opened, found


@every_address
@every_method
def test_who_may_not_see_pupils_reads_of_none(world, address, method):
    for role in SEES_NO_PUPIL:
        text = body(ask(world, role.value, method, address.path(world)))
        assert [word for word in world.secrets() if word.lower() in text.lower()] == [], role


def test_the_administrator_is_among_those_who_see_no_pupil():
    assert Role.ADMINISTRATOR in SEES_NO_PUPIL


def test_the_pupil_who_must_not_be_read_of_can_be_read_of(world):
    """The words looked for above are words that stand on a page."""
    pupil_page = next(address for address in ADDRESSES if address.name == "pupils:show")
    text = body(ask(world, Role.HEADTEACHER.value, "get", pupil_page.path(world)))
    assert [word for word in world.secrets() if word not in text] == []


def test_an_address_that_asks_for_something_new_fails_with_words_that_teach(world):
    with pytest.raises(AssertionError, match="Add a line to FILL in tests/support/addresses"):
        Address("watch:new", ("urn", "thing_id")).path(world)
