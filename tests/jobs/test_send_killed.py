"""A sender that is killed with a message in hand: it is not sent a second time unless a person says so."""

from datetime import timedelta

import pytest
from django.core import mail

from onroll.actions.outbox.again import try_again
from onroll.actions.outbox.sending import message_digest, send_waiting
from onroll.domain.outbox import IN_HAND_FOR
from onroll.domain.permissions import Role
from onroll.queries.ledger_check import check
from onroll.records.base import pen
from onroll.records.outbox.models import Message
from tests.support.cast import NOW, a_person, a_school, actor
from tests.support.doomed_sender import kill_a_sender

pytestmark = pytest.mark.django_db(transaction=True)
AFTER = NOW + IN_HAND_FOR + timedelta(seconds=1)


def test_killed_after_the_server_has_it_nobody_is_written_to_twice():
    school = a_school()
    admin = a_person(school, Role.ADMINISTRATOR)
    with pen():
        for key in ("first", "second"):
            Message.objects.create(
                school=school, to=admin, kind="digest", key=key, subject="s", body="b", queued_at=NOW, send_after=NOW
            )  # fmt: skip
    kill_a_sender(NOW)
    first = Message.objects.get(key="first")
    assert (first.claimed_at, first.tries, first.sent_at) == (NOW, 1, None)
    assert send_waiting(NOW) == 1  # the one that nobody had in hand
    assert send_waiting(AFTER) == 1  # the alarm
    first.refresh_from_db()
    assert first.stopped_because == "unsure"
    assert [letter.subject for letter in mail.outbox] == ["s", f"Onroll at {school.name} needs a look"]
    try_again(actor(admin), school.pk, first.pk, at=AFTER)
    assert send_waiting(AFTER) == 1
    assert message_digest("first") in mail.outbox[-1].extra_headers["Message-ID"]
    assert check(None).broken == ""
