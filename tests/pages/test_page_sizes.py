"""How large pages become, at the time of year when they are at their largest. Bytes and queries, never milliseconds."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onroll.actions.change import change
from onroll.actions.recount import recount_school
from onroll.domain.permissions import Role
from onroll.records.schools.models import School
from tests.support.cast import NOW, a_person, a_pupil, a_register, a_school, marks, whole_days

pytestmark = pytest.mark.django_db
MOST = 60_000  # bytes of HTML before compression
YEAR = [date(2026, 9, 3) + timedelta(days=n) for n in range(321)]  # to 20 July 2027


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.ONROLL_SECOND_FACTOR = False


@pytest.fixture(scope="module")
def restless() -> str:
    """A school year in which every fourth day is out of the ordinary: pictures are at their busiest."""
    given = {}
    for number, on in enumerate(YEAR):
        given |= whole_days([on], "ILMUC"[number % 5]) if number % 4 == 0 else whole_days([on], "/")
    return marks(given)


@pytest.fixture
def school(restless) -> School:
    """Thirty pupils at the end of a restless year."""
    school = a_school()
    for number in range(30):
        a_register(a_pupil(school, "Bartholomew", f"Featherstone {number}"), restless)
    with change(None, "recounted", NOW):
        recount_school(school.pk)
    return school


@pytest.mark.parametrize("part", [
    pytest.param("watch/", id="Watch"),
    pytest.param("today/", id="Today"),
    pytest.param("pupils/{}/", id="a pupil"),
    pytest.param("pupils/{}/sessions/", id="every session of a pupil"),
])  # fmt: skip
def test_no_page_is_larger_than_sixty_kilobytes(school, part):
    client = Client()
    user = a_person(school, Role.DEPUTY_HEAD)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(f"/s/{school.urn}/{part.format(school.pupils.first().pk)}")
    assert answer.status_code == 200
    assert b"Featherstone" in answer.content
    assert len(answer.content) <= MOST


def test_a_day_of_the_picture_opens_at_its_line(school):
    client = Client()
    user = a_person(school, Role.DEPUTY_HEAD)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/s/{school.urn}/pupils/{school.pupils.first().pk}/"
    wanted = set(re.findall(r'href="sessions/\?year=2026#(\w+)"', client.get(address).content.decode()))
    lines = re.findall(r'<tr[^>]* id="(\w+)"', client.get(f"{address}sessions/?year=2026").content.decode())
    assert len(wanted) > 40
    assert wanted <= set(lines)
    assert len(lines) == len(set(lines))


def test_a_search_that_finds_many_is_no_larger(school):
    client = Client()
    user = a_person(school, Role.DEPUTY_HEAD)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(f"/s/{school.urn}/pupils/", {"q": "feather"})
    assert b"Featherstone" in answer.content
    assert len(answer.content) <= MOST


@pytest.mark.parametrize("part", ["watch/", "today/", "pupils/{}/"])
def test_the_second_step_costs_no_query(school, settings, part):
    user = a_person(school, Role.DEPUTY_HEAD)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["second_factor"] = user.pk  # as a sign-in with a second step leaves it
    session.save()
    counts, address = [], f"/s/{school.urn}/{part.format(school.pupils.first().pk)}"
    for asked_for in (False, True):
        settings.ONROLL_SECOND_FACTOR = asked_for
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
