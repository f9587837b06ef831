"""Who can put a file on our disk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onroll.domain.permissions import Role
from onroll.records.incoming import Incoming
from tests.support.cast import a_person, a_school
from tests.support.sign_in import LOGIN

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(monkeypatch):
    """How many bytes of files were written."""
    pieces = []
    real = Incoming.write

    def counted(self, piece):
        pieces.append(len(piece))
        return real(self, piece)

    monkeypatch.setattr(Incoming, "write", counted)
    return pieces


def a_file():
    return SimpleUploadedFile("register.csv", b"kind,from,to\n" * 10_000)


@pytest.mark.parametrize("path", [LOGIN, "/", "/no/such/page/"])
def test_a_stranger_writes_nothing_to_our_disk(written, path):
    Client().post(path, {"login": "x@example.org", "password": "x", "file": a_file()})
    Client(enforce_csrf_checks=True).post(path, {"file": a_file()})
    assert written == []


def test_who_is_signed_in_brings_a_file(settings, written):
    settings.ONROLL_SECOND_FACTOR = False
    school, client = a_school(), Client()
    client.force_login(
        a_person(school, Role.ATTENDANCE_OFFICER),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    answer = client.post(f"/s/{school.urn}/calendar/bring-in/", {"how": "add", "file": a_file()})
    assert answer.status_code == 200
    assert sum(written) == 130_000
