"""Cases as pages show them: nobody asks for a second step here."""

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.ONROLL_SECOND_FACTOR = False


@pytest.fixture
def signed_in():
    """A browser in which somebody has signed in."""

    def sign_in(user) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
