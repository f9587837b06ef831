"""`onroll school`: a new server's first school."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from onroll.records.schools.models import School

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
