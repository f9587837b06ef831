"""Signing in through the door, as a person does."""

import re

from django.test import Client

from onroll.records.people.models import User
from tests.support.cast import PASSWORD
from tests.support.totp import code_of

LOGIN, APP = "/account/login/", "/account/2fa/app/"


def sign_in(user: User, client: Client | None = None, *, password: str = PASSWORD, to: str = "") -> Client:
    """A client that has sent e-mail and password; with a second step, it is asked for next."""
    client = client or Client()
    client.post(LOGIN + (f"?next={to}" if to else ""), {"login": user.email, "password": password})
    return client


def set_up_app(client: Client) -> str:
    """Set up an authenticator app as the page tells one to; gives its secret."""
    page = client.get(APP).content.decode()
    found = re.search(r'onroll-key">([A-Z2-7=]+)<', page)
    assert found, page
    answer = client.post(APP, {"code": code_of(found[1])})
    assert answer.status_code == 302, answer.content.decode()
    return found[1]
