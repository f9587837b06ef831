"""The outbox is sent: each message once, and what cannot be sent is said."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail

from onroll.actions.outbox.again import try_again
from onroll.actions.outbox.sending import AT_ONCE, send_waiting
from onroll.domain.outbox import IN_HAND_FOR, TRIES, WAITS, next_try
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries.ledger_check import check
from onroll.records.base import pen
from onroll.records.ledger.models import LedgerRow
from onroll.records.outbox.models import Message
from onroll.records.people.models import Appointment
from onroll.records.pupils.models import Death
from tests.actions.test_change_at_once import at_once
from tests.support.cast import NOW, a_person, a_pupil, a_school, actor
from tests.support.mail import Fussy

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


def a_message(key: str = "k", **fields) -> Message:
    given = {
        "kind": "digest",
        "subject": "3 things are due",
        "body": "A link",
        "queued_at": NOW,
        "send_after": NOW,
    }
    if "to" not in fields:
        given["address"] = "somebody@example.org"
    with pen():
        return Message.objects.create(key=key, **{**given, **fields})


def state(message: Message) -> str:
    message.refresh_from_db()
    if message.sent_at:
        return "sent"
    return message.stopped_because or ("in hand" if message.claimed_at else "waiting")


def test_a_message_is_sent_once_and_signed():
    message = a_message()
    assert (send_waiting(NOW), send_waiting(LATER)) == (1, 0)
    (letter,) = mail.outbox
    assert (letter.to, letter.subject, letter.body) == (
        ["somebody@example.org"],
        "3 things are due",
        "A link",
    )
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert state(message) == "sent"
    verbs = LedgerRow.objects.order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["message-taken", "message-sent"]
    assert check(None).broken == ""


def test_what_went_to_an_address_is_not_kept_because_it_may_hold_a_link(settings):
    outside, inside = a_message("a"), a_message("b", to=a_person(None))
    send_waiting(NOW)
    assert [Message.objects.get(pk=one.pk).body for one in (outside, inside)] == ["", "A link"]
    settings.ONROLL_DEMO = True
    shown = a_message("c")
    send_waiting(NOW)
    shown.refresh_from_db()
    assert shown.body == "A link"


def test_a_message_waits_until_its_moment():
    a_message(send_after=LATER)
    assert (send_waiting(NOW), send_waiting(LATER)) == (0, 1)


def test_a_repeat_is_known_by_its_message_id(settings):
    message = a_message()
    send_waiting(NOW)
    with pen():
        Message.objects.filter(pk=message.pk).update(sent_at=None)
    a_message("another")
    send_waiting(LATER)
    first, *rest = [letter.extra_headers["Message-ID"] for letter in mail.outbox]
    assert [one == first for one in rest] == [True, False]
    assert first.endswith("@localhost>")


def test_a_turn_leaves_the_worker_time_for_other_work():
    for number in range(AT_ONCE + 1):
        a_message(str(number))
    assert [send_waiting(NOW) for _ in range(3)] == [AT_ONCE, 1, 0]


# ---------------------------------------------------------------- whom nobody writes to
def test_a_pupil_who_died_after_it_was_queued_stops_it():
    pupil = a_pupil(a_school())
    message = a_message(pupil=pupil, school=pupil.school)
    with pen():
        Death.objects.create(pupil=pupil, school=pupil.school, happened_on=NOW.date(), recorded_at=NOW)
    assert send_waiting(NOW) == 0
    assert (state(message), mail.outbox) == ("died", [])


def test_somebody_whose_access_has_ended_is_not_written_to():
    school = a_school()
    user = a_person(school, Role.SENCO)
    message = a_message(school=school, to=user)
    with pen():
        Appointment.objects.update(ended_at=NOW)
    send_waiting(NOW)
    assert (state(message), mail.outbox) == ("not-needed", [])


# ---------------------------------------------------------------- what goes wrong
@pytest.mark.parametrize(
    ("answer", "ends"),
    [
        pytest.param(smtplib.SMTPDataError(451, b"later"), "waiting", id="the server says later"),
        pytest.param(smtplib.SMTPDataError(554, b"spam"), "refused", id="the server says never"),
        pytest.param(
            smtplib.SMTPRecipientsRefused({"a": (550, b"unknown")}), "refused", id="there is no such address"
        ),
        pytest.param(smtplib.SMTPRecipientsRefused({"a": (450, b"busy")}), "waiting", id="a greylist"),
        pytest.param(ConnectionRefusedError(), "waiting", id="nobody listens"),
        pytest.param(smtplib.SMTPServerDisconnected("gone"), "unsure", id="the line broke in the middle"),
        pytest.param(TimeoutError(), "unsure", id="no answer in time"),
        pytest.param(ValueError("a new line in a heading"), "refused", id="what no e-mail can carry"),
    ],
)
def test_what_the_server_says_decides(settings, monkeypatch, answer, ends):
    settings.EMAIL_BACKEND = "tests.support.mail.Fussy"
    monkeypatch.setattr(Fussy, "answer", answer)
    message = a_message()
    assert send_waiting(NOW) == 0
    assert state(message) == ends
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_waiting(LATER) == (1 if ends == "waiting" else 0)


def test_a_server_that_is_down_over_the_weekend_loses_nothing_and_in_the_end_it_is_said(settings):
    settings.EMAIL_BACKEND = "tests.support.mail.Unreachable"
    school = a_school()
    admin = a_person(school, Role.ADMINISTRATOR)
    message, at = a_message(school=school), NOW
    for tries, wait in enumerate(WAITS, 1):
        send_waiting(at)
        message.refresh_from_db()
        assert (message.tries, message.send_after, message.claimed_at) == (tries, at + wait, None)
        assert send_waiting(at + wait - timedelta(seconds=1)) == 0
        at += wait
    send_waiting(at)
    assert state(message) == "gave-up"
    alarm = Message.objects.get(kind="alarm")
    assert (alarm.to_id, alarm.subject) == (admin.pk, f"Onroll at {school.name} needs a look")
    assert f"/s/{school.urn}/outbox/?show=stopped" in alarm.body


def test_one_line_that_cannot_be_opened_costs_the_others_no_try(settings):
    settings.EMAIL_BACKEND = "tests.support.mail.Unreachable"
    for key in "abc":
        a_message(key)
    send_waiting(NOW)
    assert sorted(Message.objects.values_list("tries", flat=True)) == [0, 0, 1]


def test_nobody_is_alarmed_about_an_alarm_nor_twice_a_day(settings, monkeypatch):
    settings.EMAIL_BACKEND = "tests.support.mail.Fussy"
    monkeypatch.setattr(Fussy, "answer", smtplib.SMTPDataError(554, b"no"))
    school = a_school()
    a_person(school, Role.ADMINISTRATOR)
    a_message("a", school=school), a_message("b", school=school)
    send_waiting(NOW)
    send_waiting(LATER)
    assert Message.objects.filter(kind="alarm").count() == 1


@pytest.mark.parametrize(("tries", "at"), [(1, NOW + WAITS[0]), (TRIES - 1, NOW + WAITS[-1]), (TRIES, None)])
def test_tries_come_ever_more_rarely_and_end(tries, at):
    assert next_try(tries, NOW) == at


# ---------------------------------------------------------------- a sender that was lost
def test_a_message_whose_sender_was_lost_is_not_sent_again_by_itself():
    message = a_message(claimed_at=NOW, tries=1)
    assert send_waiting(NOW + IN_HAND_FOR) == 0
    assert state(message) == "in hand"
    assert send_waiting(NOW + IN_HAND_FOR + timedelta(seconds=1)) == 0
    assert (state(message), mail.outbox) == ("unsure", [])


@pytest.mark.parametrize(
    ("because", "goes"),
    [("gave-up", True), ("refused", True), ("unsure", True), ("died", False), ("not-needed", False)],
)
def test_a_person_may_have_some_tried_again(because, goes):
    school = a_school()
    by = actor(a_person(school, Role.ADMINISTRATOR))
    message = a_message(
        school=school,
        stopped_at=NOW,
        stopped_because=because,
        tries=TRIES,
        send_after=NOW + timedelta(days=2),
    )
    if goes:
        try_again(by, school.pk, message.pk, at=LATER)
        assert send_waiting(LATER) == 1
    else:
        with pytest.raises(Refusal, match="cannot be sent again"):
            try_again(by, school.pk, message.pk, at=LATER)


def test_who_does_not_keep_the_system_has_nothing_tried_again():
    school, elsewhere = a_school(), a_school()
    message = a_message(school=school, stopped_at=NOW, stopped_because="gave-up")
    for who, kind in (
        (actor(a_person(school, Role.DEPUTY_HEAD)), Refused.NOT_ALLOWED),
        (actor(a_person(elsewhere, Role.ADMINISTRATOR)), Refused.NOT_FOUND),
    ):
        with pytest.raises(Refusal) as no:
            try_again(who, school.pk, message.pk, at=NOW)
        assert no.value.kind is kind
    assert state(message) == "gave-up"


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_it_once():
    for number in range(4):
        a_message(str(number))
    assert sum(at_once(lambda: send_waiting(NOW), lambda: send_waiting(NOW))) == 4
    assert len(mail.outbox) == 4
    assert set(Message.objects.values_list("tries", flat=True)) == {1}
