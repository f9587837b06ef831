"""Whoever stands in for a colleague of another year does all of the work on those days, and nothing before or after."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from onroll.records.base import pen
from onroll.records.cases.models import Away, Document
from onroll.records.duties.models import Finding, Snooze
from tests.support.cast import NOW
from tests.support.circles import TODAY, a_circle
from tests.support.entries import PDF
from tests.support.owed import a_finding
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _house(settings, tmp_path):
    settings.ONROLL_SECOND_FACTOR = False
    settings.UPLOAD_DIR = tmp_path / "uploads"


@pytest.fixture
def circle():
    """Amina, of Year 9, is away until Friday; Bea, of Year 10, stands in and holds what is due."""
    circle = a_circle()
    with_policy(circle.school)
    with pen():
        Away.objects.create(
            school=circle.school, user=circle.amina, deputy=circle.bea, happened_on=TODAY, last_on=FRIDAY,
            recorded_at=NOW, recorded_by_id=circle.ada.pk,
        )  # fmt: skip
    a_finding(circle.school, circle.case, held_by=circle.bea, due_on=date(2026, 11, 20))
    return circle


@pytest.fixture(params=["yes", "after"])
def stands_in(request, monkeypatch) -> bool:
    """Whether it is one of those days."""
    now = NOW if request.param == "yes" else NOW + timedelta(days=7)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    return request.param == "yes"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("whose", ["", "?of=school"])
def test_today_shows_what_is_theirs_to_do_meanwhile(circle, stands_in, whose):
    page = signed_in(circle.bea).get(reverse("today:show", args=[circle.school.urn]) + whose)
    assert (b"Quillon" in page.content) is stands_in


def test_they_may_put_it_off_and_take_it_up(circle, stands_in):
    client, found = signed_in(circle.bea), Finding.objects.get(case=circle.case)
    address = reverse("today:put_off_one", args=[circle.school.urn, found.pk])
    said = {"until_on_day": "2", "until_on_month": "12", "until_on_year": "2026", "reason": "Away themselves"}
    assert client.get(address).status_code == (200 if stands_in else 404)
    assert client.post(address, said).status_code == (302 if stands_in else 404)
    assert Snooze.objects.exists() is stands_in
    page = client.get(reverse("today:put_off", args=[circle.school.urn]))
    assert (b"Quillon" in page.content) is stands_in


def test_they_may_add_a_document(circle, stands_in):
    file = SimpleUploadedFile("x.pdf", PDF, "application/pdf")
    said = {
        "file": file, "kind": "letter", "title": "Letter", "tier": "education", "form_key": "0" * 32,
        "happened_on_day": "20", "happened_on_month": "11", "happened_on_year": "2026",
    }  # fmt: skip
    address = reverse("timeline:document", args=[circle.school.urn, circle.case.pk])
    assert signed_in(circle.bea).post(address, said).status_code == (302 if stands_in else 404)
    assert Document.objects.exists() is stands_in
