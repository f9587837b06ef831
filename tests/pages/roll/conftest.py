"""A school with two pupils, and people signed in."""

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
def jo(school):
    from tests.support import cast  # noqa: PLC0415 - as above

    return cast.a_pupil(school, "Jo", "O'Dell", year=10)


@pytest.fixture
def person(school):
    """A signed-in client of somebody with a role."""
    from django.test import Client  # noqa: PLC0415 - as above

    from tests.support import cast  # noqa: PLC0415 - as above

    def signed_in(role="attendance-officer", *, at=None):
        client = Client()
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        client.force_login(cast.a_person(at or school, role), backend=backend)
        return client

    return signed_in
