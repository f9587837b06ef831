"""The link of a statement reaches nobody it must not, and words about a child lie in no cookie and no log."""

import io
import logging
import secrets

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from onroll.actions.circle.family import change_relative, withdraw_relative
from onroll.actions.outbox.sending import send_waiting
from onroll.actions.responsibility.issuing import withdraw_statement
from onroll.actions.responsibility.linking import make_link, withdraw_link
from onroll.domain.casework.family import RelativeGiven
from onroll.records.outbox.models import Message
from tests.support.cast import NOW
from tests.support.told import LASTS, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(settings, monkeypatch):
    settings.ONROLL_SECOND_FACTOR = False
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def case():
    return told()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def by_mail(case, statement):
    return make_link(
        case.by, case.school.pk, case.case.pk, statement.pk,
        family_id=case.pat.pk, lasts=LASTS, address_of="https://onroll.test/statement/{}/".format, **case.at,
    )  # fmt: skip


# ---------------------------------------------------------------- an e-mail that waits
def not_to_be_contacted(case, *_):
    given = RelativeGiven(name="Pat Zanderby", do_not_contact=True, do_not_contact_because="Court order")
    change_relative(case.by, case.school.pk, case.case.pk, case.pat.pk, given=given, **case.at)


def taken_out(case, *_):
    withdraw_relative(case.by, case.school.pk, case.case.pk, case.pat.pk, because="No relative", **case.at)


def link_ended(case, _, link):
    withdraw_link(case.by, case.school.pk, case.case.pk, link.id, **case.at)


def statement_taken_back(case, statement, _):
    withdraw_statement(case.by, case.school.pk, case.case.pk, statement.pk, because="Wrong", **case.at)


@pytest.mark.parametrize(
    "happens",
    [not_to_be_contacted, taken_out, link_ended, statement_taken_back],
    ids=lambda one: one.__name__,
)
def test_an_email_that_waits_is_not_sent_once_its_link_is_worth_nothing(case, happens):
    """The server was down, and meanwhile the school learned of a court order."""
    statement = case.issue()
    link = by_mail(case, statement)
    happens(case, statement, link)
    assert send_waiting(NOW) == 0
    assert mail.outbox == []
    message = Message.objects.get()
    assert (message.stopped_because, message.body) == ("not-needed", ""), "nor is the token kept"


def test_an_email_whose_link_works_is_sent(case):
    by_mail(case, case.issue())
    assert send_waiting(NOW) == 1
    assert mail.outbox[0].to == ["pat@home.example"]


def test_the_database_holds_no_link_that_waits_to_be_sent(case):
    """Of a link only its digest is kept; a copy of the database must open none."""
    link = by_mail(case, case.issue())
    assert link.token in Message.objects.get().body
    with connection.cursor() as cursor:
        cursor.execute("SELECT body, subject, key FROM outbox_message")
        assert link.token not in str(cursor.fetchall())


# ---------------------------------------------------------------- cookies
def test_what_a_page_told_last_lies_in_no_cookie(case):
    """A message may name a relative; a cookie lies readable on a shared machine."""
    statement = case.issue()
    address = reverse("statements:link", args=[case.school.urn, case.case.pk, statement.pk])
    client = signed_in(case.amina)
    answer = client.post(address, {"family": case.pat.pk, "how": "mail"})
    assert answer.status_code == 302
    assert set(answer.cookies) <= {"sessionid", "csrftoken"}
    assert "Zanderby" not in str(answer.cookies)
    assert "on its way to Pat Zanderby" in client.get(answer.url).content.decode()


# ---------------------------------------------------------------- the log
@pytest.fixture
def written():
    """What the log is told, as it is written."""
    (handler,) = [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler]
    stream = io.StringIO()
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


@pytest.mark.parametrize("room", ["statement", "join"])
def test_the_log_holds_no_token_that_opens_something(written, room):
    """Django writes the address of what it refuses: a form without its cookie is refused while the token works."""
    token = secrets.token_urlsafe(32)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/{room}/{token}/").status_code == 403
    assert strict.post("/s/900001/cases/").status_code == 403
    said = written.getvalue()
    assert f"/{room}/.../" in said
    assert "/s/900001/cases/" in said, "other addresses are told whole"
    assert token not in said
