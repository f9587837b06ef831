"""The invitation's e-mail."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from onroll.actions.people.invite import invite, withdraw
from onroll.domain.people import Grant
from onroll.domain.permissions import Role
from onroll.jobs.worker import work_once
from onroll.records.work.models import Work
from tests.support.staff import a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return a_house()


def send(house, ago=timedelta(0)):
    facts = {"name": "Noor Amin", "email": "noor@school.example", "grants": (Grant(Role.SENCO),)}
    return invite(house.by, house.school.pk, **facts, at=timezone.now() - ago)


def test_the_email_carries_the_link_and_the_link_opens(house):
    sent = send(house)
    assert work_once()
    (message,) = mail.outbox
    assert message.to == ["noor@school.example"]
    assert message.subject == "Join Elm Grove School in Onroll"
    link = re.search(r"http://127\.0\.0\.1:8000(/join/\S+/)", message.body)
    assert link[1] == f"/join/{sent.token}/"
    assert Client().get(link[1]).status_code == 200
    assert "Amina Shah invites you" in message.body


def test_the_work_that_sends_it_knows_no_secret(house):
    sent = send(house)
    work_once()
    (work,) = Work.objects.values()
    assert work["state"] == "done"
    assert sent.token not in str(work)


@pytest.mark.parametrize("ago", [timedelta(0), timedelta(days=8)], ids=["withdrawn", "ran out"])
def test_a_link_that_is_over_is_not_sent(house, ago):
    sent = send(house, ago)
    if not ago:
        withdraw(house.by, house.school.pk, sent.id, at=timezone.now())
    work_once()
    assert mail.outbox == []
    assert Work.objects.get().state == "done"


def test_a_server_that_changed_its_key_sends_no_dead_link(house, settings):
    send(house)
    settings.SECRET_KEY = "another key, opens nothing"
    work_once()
    assert mail.outbox == []
    assert Work.objects.get().state == "failed"
    assert "Send the invitation again" in Work.objects.get().note


@pytest.mark.parametrize("backend", ["tests.support.mail.Deaf", "onroll.config.no_mail.NoServer"])
def test_a_mail_that_cannot_be_sent_is_told_on_the_page(house, settings, backend):
    settings.EMAIL_BACKEND = backend
    send(house)
    work_once()
    client = Client()
    client.force_login(house.admin)
    assert "Not sent" in client.get(f"/s/{house.school.urn}/people/invited/").content.decode()
