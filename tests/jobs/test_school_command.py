"""`onroll school` and `onroll forget-second-step`: what a server's keeper does for a school's administrator."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from onroll.domain.permissions import Role
from onroll.records.ledger.models import LedgerRow
from onroll.records.schools.models import School
from tests.support.cast import a_person, a_school

pytestmark = pytest.mark.django_db
WORDS = [
    "--urn=123456", "--dfe=865/4000", "--name=Elm Grove School", "--authority-code=865",
    "--authority-name=Invented Authority", "--admin-name=Amina Shah", "--admin-email=amina@school.example",
]  # fmt: skip


def test_it_prints_a_link_that_opens(capsys):
    call_command("school", *WORDS)
    link = re.search(r"http://127\.0\.0\.1:8000(/join/[\w-]{43}/)", capsys.readouterr().out)
    page = Client().get(link[1])
    assert "You are invited as Administrator" in page.content.decode()


def test_it_says_what_is_wrong_and_adds_nothing():
    with pytest.raises(CommandError, match="authority's code"):
        call_command("school", *WORDS, "--dfe=866/4000")
    assert not School.objects.exists()


def test_an_administrator_whom_nobody_can_help_is_helped_from_the_console():
    person, other = (a_person(a_school(), Role.ADMINISTRATOR) for _ in range(2))
    for user in (person, other):
        Authenticator.objects.create(user=user, type="totp", data={})
    call_command("forget_second_step", person.email.upper())
    assert list(Authenticator.objects.values_list("user_id", flat=True)) == [other.pk]
    row = LedgerRow.objects.get()
    assert (row.verb, row.actor_id, row.subject) == ("second-step-forgotten", None, f"user:{person.pk}")


def test_an_unknown_address_is_said_to_be_unknown():
    with pytest.raises(CommandError, match="No account"):
        call_command("forget_second_step", "nobody@example.org")
    assert not LedgerRow.objects.exists()
