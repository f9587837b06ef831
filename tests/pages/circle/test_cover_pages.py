"""Who is away, and handing over."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from onroll.actions.people.ending import end_access
from onroll.domain.permissions import Role
from onroll.queries.appointments import held, version_of
from onroll.records.cases.models import Away, Member
from tests.support.cast import NOW, a_person, actor
from tests.support.circles import a_circle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(settings):
    settings.ONROLL_SECOND_FACTOR = False


@pytest.fixture
def circle():
    return a_circle()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def parts(name, on) -> dict[str, str]:
    return {f"{name}_{part}": str(getattr(on, part)) for part in ("day", "month", "year")}


def test_days_away_are_recorded_shown_and_taken_back(circle):
    client, today = signed_in(circle.amina), timezone.localdate()
    base = f"/s/{circle.school.urn}/cover/"
    assert "Nobody is away" in words(client.get(base))
    asked = {"user": circle.amina.pk, "deputy": circle.amina.pk, **parts("first", today)}
    page = client.post(f"{base}away/", {**asked, **parts("last", today - timedelta(days=1))})
    assert "Enter a day on or after the first day away" in words(page)
    assert "nobody stands in for themselves" in words(page)
    asked |= {"deputy": circle.bea.pk, **parts("last", today + timedelta(days=3))}
    page = client.post(f"{base}away/", asked, follow=True)
    assert "Bea Lund stands in" in words(page)
    case = words(client.get(f"/s/{circle.school.urn}/cases/{circle.case.pk}/people/"))
    assert "Away until" in case
    assert "Bea Lund stands in until then" in case
    row = Away.objects.get()
    page = client.post(f"{base}away/{row.pk}/back/", {"because": "Better"}, follow=True)
    assert "Nobody is away" in words(page)


def test_the_deputy_opens_the_case_while_the_other_is_away(circle):
    bea, today = signed_in(circle.bea), timezone.localdate()
    case = f"/s/{circle.school.urn}/cases/{circle.case.pk}/people/"
    assert bea.get(case).status_code == 404
    days = {**parts("first", today), **parts("last", today)}
    signed_in(circle.amina).post(
        f"/s/{circle.school.urn}/cover/away/", {"user": circle.amina.pk, "deputy": circle.bea.pk, **days}
    )
    assert bea.get(case).status_code == 200


def test_whoever_left_is_named_and_everything_is_handed_over(circle):
    admin = actor(a_person(circle.school, Role.ADMINISTRATOR))
    cass = a_person(circle.school, Role.PROGRESS_LEADER, name="Cass Dorn")
    seen = version_of(held(circle.school.pk, circle.amina.pk))
    end_access(admin, circle.school.pk, circle.amina.pk, seen=seen, at=NOW)
    client, base = signed_in(circle.hedy), f"/s/{circle.school.urn}/cover/"
    assert "No longer works here" in words(client.get(base))
    assert "No longer works here" in words(
        client.get(f"/s/{circle.school.urn}/cases/{circle.case.pk}/people/")
    )
    address = f"{base}{circle.amina.pk}/"
    page = client.get(address)
    assert "Quillon Zanderby" in words(page)
    version = re.search(r'name="seen" value="([\d-]+)"', page.content.decode())
    assert version
    assert "Choose who takes it over" in words(client.post(address, {"seen": version[1]}))
    page = client.post(address, {"seen": version[1], "to": cass.pk}, follow=True)
    assert "Handed over on 1 case" in words(page)
    assert Member.objects.standing().get(until_on=None).user_id == cass.pk
    stale = client.post(address, {"seen": version[1], "to": cass.pk})
    assert stale.status_code in {404, 409}


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.PROGRESS_LEADER, 200),
        (Role.ATTENDANCE_OFFICER, 403),
        (Role.ADMINISTRATOR, 403),
        (Role.GOVERNOR, 403),
    ],
)
def test_who_may_open_it(circle, role, status):
    client = signed_in(a_person(circle.school, role))
    assert client.get(f"/s/{circle.school.urn}/cover/").status_code == status
    assert signed_in(a_circle().hedy).get(f"/s/{circle.school.urn}/cover/").status_code == 404
