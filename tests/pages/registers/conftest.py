"""A school with two pupils, and somebody signed in."""

import pytest


@pytest.fixture(autouse=True)
def _house(settings, tmp_path):
    settings.ONROLL_SECOND_FACTOR = False
    settings.UPLOAD_DIR = tmp_path / "uploads"


@pytest.fixture
def school():
    from tests.support import cast  # noqa: PLC0415 - Django is not set up yet when this file is loaded

    return cast.a_school()


@pytest.fixture
def robin(school):
    from tests.support import cast  # noqa: PLC0415 - as above

    return cast.a_pupil(school, "Robin", "Quill")


@pytest.fixture
def zoe(school):
    from tests.support import cast  # noqa: PLC0415 - as above

    return cast.a_pupil(school, "Zoë", "O'Brien", year=10, tutor="Oak")


@pytest.fixture
def person(school):
    """A signed-in client of somebody with a role; ask for `.user` to know who."""
    from django.test import Client  # noqa: PLC0415 - as above

    from onroll.records.schools.models import YearGroup  # noqa: PLC0415 - as above
    from tests.support import cast  # noqa: PLC0415 - as above

    def signed_in(role="attendance-officer", *, at=None, year=None):
        groups = YearGroup.objects.filter(school=at or school, code=str(year)) if year else ()
        user = cast.a_person(at or school, role, year_groups=groups)
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        client.user = user
        return client

    return signed_in
