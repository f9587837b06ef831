"""The outbox page: what waits, what was sent, what was stopped and why, for those who keep the system."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onroll.domain.permissions import ROLES, Permission, Role
from onroll.records.base import pen
from onroll.records.outbox.models import Message
from tests.support.cast import NOW, a_person, a_school

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(hours=2)


@pytest.fixture
def school():
    return a_school()


def client_of(school, role):
    client = Client()
    client.force_login(a_person(school, role))
    return client


def a_message(school, key="k", **fields):
    given = {
        "kind": "statement",
        "subject": "A statement",
        "body": "the link /statement/abc/",
        "queued_at": NOW,
    }
    with pen():
        return Message.objects.create(
            school=school, key=key, address="family@example.org", **{**given, "send_after": NOW, **fields}
        )


def page(school, query="", role=Role.ADMINISTRATOR):
    return client_of(school, role).get(f"/s/{school.urn}/outbox/{query}").content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_those_who_keep_the_system_see_it_and_nobody_else(school, role):
    answer = client_of(school, role).get(f"/s/{school.urn}/outbox/")
    assert answer.status_code == (200 if Permission.SYSTEM_SEE in ROLES[role].permissions else 403)


def test_neither_the_link_nor_the_address_is_shown_outside_the_demonstration(school, settings):
    a_message(school)
    shown = page(school)
    assert "A statement" in shown
    assert "Somebody outside the school" in shown
    assert "/statement/abc/" not in shown
    assert "family@example.org" not in shown
    settings.ONROLL_DEMO = True
    assert "/statement/abc/" in page(school)


@pytest.mark.parametrize(("query", "shown"), [
    pytest.param("", "waits", id="what waits comes first"),
    pytest.param("?show=sent", "went", id="sent"),
    pytest.param("?show=stopped", "stays", id="stopped"),
    pytest.param("?show=nonsense&page=x", "waits", id="nonsense is not asked"),
])  # fmt: skip
def test_each_part_shows_its_own(school, query, shown):
    a_message(school, "a", subject="It waits")
    a_message(school, "b", subject="It went", sent_at=NOW)
    a_message(school, "c", subject="It stays", stopped_at=NOW, stopped_because="refused")
    a_message(a_school(), "d", subject="It is theirs")
    found = re.findall(r"It (\w+)<", page(school, query))
    assert set(found) == {shown}


def test_a_stopped_message_says_why_and_is_tried_again_with_one_button(school):
    message = a_message(school, stopped_at=NOW, stopped_because="refused")
    client = client_of(school, Role.ADMINISTRATOR)
    shown = client.get(f"/s/{school.urn}/outbox/?show=stopped").content.decode()
    assert "will not deliver to this address" in shown
    assert f"/outbox/{message.pk}/again/" in shown
    client.post(f"/s/{school.urn}/outbox/{message.pk}/again/")
    message.refresh_from_db()
    assert message.stopped_at is None


def test_it_costs_the_same_with_three_and_with_thirty(school):
    client = client_of(school, Role.ADMINISTRATOR)
    costs = []
    for numbers in (range(3), range(3, 30)):
        for number in numbers:
            a_message(school, str(number))
        client.get(f"/s/{school.urn}/outbox/")
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(f"/s/{school.urn}/outbox/")
        costs.append(len(caught))
    assert costs[0] == costs[1] <= 12
    assert len(answer.content) < 60_000


@pytest.mark.parametrize(("fields", "said"), [
    pytest.param({}, "1 message waiting</td>", id="it will go soon"),
    pytest.param({"queued_at": LONG_AGO, "send_after": LONG_AGO}, "have waited for more than an hour", id="late"),
    pytest.param({"stopped_at": timezone.now(), "stopped_because": "refused"}, "1 stopped within a week", id="lost"),
    pytest.param({"stopped_at": timezone.now(), "stopped_because": "died"}, "0 messages waiting</td>", id="right"),
])  # fmt: skip
def test_the_health_page_says_when_mail_is_stuck(school, fields, said):
    a_message(school, **{"queued_at": timezone.now(), "send_after": timezone.now(), **fields})
    assert said in client_of(school, Role.ADMINISTRATOR).get("/system/").content.decode()
