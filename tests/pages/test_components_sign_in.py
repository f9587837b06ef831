"""The sign-in library's pages are ours to the eye and to axe: sign-in, password, second step, passkeys, sessions."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from onroll.domain.permissions import Role
from tests.pages.gallery.browser import faults_of, open_browser
from tests.support.cast import PASSWORD, a_person, a_school

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
# The name of the address, and words that show it was reached.
SIGNED_OUT = {
    "account_login": "Sign in",
    "account_reset_password": "Forgotten your password?",
    "account_reset_password_done": "Look in your e-mail",
    "account_inactive": "This account has ended",
}
SIGNED_IN = {
    "account_change_password": "Change your password",
    "mfa_index": "Second step and passkeys",
    "mfa_activate_totp": "Set up an authenticator app",
    "mfa_list_webauthn": "Passkeys and security keys",
    "mfa_add_webauthn": "Add a passkey",
    "usersessions_list": "Where you are signed in",
    "account_logout": "Do you want to sign out?",
}


@pytest.fixture
def page(chromium: str, tmp_path: Path) -> Iterator[Page]:
    with open_browser(chromium, tmp_path, width=390) as context:
        yield context.new_page()


def keep(page: Page, name: str) -> None:
    """Keep a picture where ONROLL_PICTURES says, to be looked at."""
    if folder := os.environ.get("ONROLL_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def sign_in(page: Page, address: str, email: str, password: str) -> None:
    page.goto(address + reverse("account_login"))
    page.fill("#id_login", email)
    page.fill("#id_password", password)
    page.click("main button:has-text('Sign in') >> nth=0")


def test_pages_for_those_who_are_not_signed_in_pass_axe(page, live_server):
    for name, words in SIGNED_OUT.items():
        page.goto(live_server.url + reverse(name))
        assert page.inner_text("h1") == words
        assert faults_of(page) == []
        keep(page, name)


def test_a_first_visit_is_at_most_ten_requests_and_none_leaves_the_house(page, live_server):
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.goto(live_server.url + reverse("account_login"), wait_until="networkidle")
    assert len(asked_for) <= 10, asked_for
    assert all(url.startswith(live_server.url) for url in asked_for)


def test_a_passkey_alone_signs_in(page, live_server, settings):
    settings.ONROLL_SECOND_FACTOR = False
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    key = page.context.new_cdp_session(page)
    key.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    key.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    person = a_person(a_school(), Role.ADMINISTRATOR)
    sign_in(page, live_server.url, person.email, PASSWORD)
    page.goto(live_server.url + reverse("mfa_add_webauthn"))
    with page.expect_navigation():
        page.click("#mfa_webauthn_add")
    page.context.clear_cookies()
    page.goto(live_server.url + reverse("account_login"))
    with page.expect_navigation():
        page.click("#passkey_login")
    page.goto(live_server.url + reverse("account_change_password"))
    assert page.inner_text("h1") == "Change your password"


def test_a_wrong_password_is_told_without_saying_which_half_was_wrong(page, live_server):
    sign_in(page, live_server.url, "nobody@example.com", "wrong")
    assert page.title() == "Error: Sign in - Onroll"
    assert "not right" in page.inner_text(".govuk-error-summary")
    assert faults_of(page) == []
    keep(page, "login-error")


def test_pages_of_ones_own_sign_in_pass_axe(page, live_server, settings):
    settings.ONROLL_SECOND_FACTOR = False
    person = a_person(a_school(), Role.ADMINISTRATOR)
    sign_in(page, live_server.url, person.email, PASSWORD)
    for name, words in SIGNED_IN.items():
        page.goto(live_server.url + reverse(name))
        assert page.inner_text("h1") == words
        assert faults_of(page) == []
        keep(page, name)
