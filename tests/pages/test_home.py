"""The front door, and the page for what failed."""

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from onroll.domain.permissions import Role
from onroll.pages.home.views import broken
from tests.support.cast import a_person, a_school

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.mark.parametrize(("role", "room"), [
    pytest.param(Role.SENCO, "today", id="who sees pupils starts at Today"),
    pytest.param(Role.TEACHER, None, id="who does not gets the school's own page"),
])  # fmt: skip
def test_everybody_starts_where_they_have_something_to_do(
    settings: pytest.FixtureRequest, role: Role, room: str | None
) -> None:
    settings.ONROLL_SECOND_FACTOR = False  # type: ignore[attr-defined]
    school = a_school()
    client = Client()
    client.force_login(a_person(school, role), backend=BACKEND)
    answer = client.get("/", follow=True)
    end = answer.redirect_chain[-1][0]
    assert answer.status_code == 200
    assert end == (f"/s/{school.urn}/{room}/" if room else f"/s/{school.urn}/")


def test_somebody_without_a_role_is_told_whom_to_ask() -> None:
    client = Client()
    client.force_login(a_person(None), backend=BACKEND)
    assert "You have no role yet" in client.get("/").content.decode()


def test_the_page_for_a_failure_asks_the_database_nothing() -> None:
    with connection.execute_wrapper(lambda *_: pytest.fail("a query on the page for a failure")):
        answer = broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Onroll" in answer.content.decode()
