"""Signing in with a real browser: an invitation, an app, a passkey, and the second step that a role must have."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from onroll.actions.people.invite import invite
from onroll.domain.people import Grant
from onroll.domain.permissions import Role
from onroll.records.people.models import User
from onroll.records.schools.models import School
from tests.pages.gallery.browser import faults_of, open_browser
from tests.support.cast import PASSWORD, a_person, a_school, actor
from tests.support.totp import code_of

pytestmark = pytest.mark.django_db(transaction=True)
NEW_PASSWORD = "four words that differ"


@pytest.fixture(autouse=True)
def _needed(settings) -> None:
    settings.ONROLL_SECOND_FACTOR = True


@pytest.fixture
def school() -> School:
    return a_school("Elm Grove School")


@pytest.fixture
def leader(school) -> User:
    return a_person(school, Role.PROGRESS_LEADER, name="Carys Webb")


@pytest.fixture(params=[1280, 390], ids=["wide", "narrow"])
def page(request, chromium: str, tmp_path: Path) -> Iterator[Page]:
    with open_browser(chromium, tmp_path, width=request.param) as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        # The page of a used link answers "gone", which the browser counts as an error.
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        assert [one for one in complaints if "410 (Gone)" not in one] == []


def sign_in(page: Page, house: str, user: User) -> None:
    page.goto(f"{house}/account/login/")
    page.get_by_label("E-mail address").fill(user.email)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page, house: str) -> None:
    page.goto(f"{house}/account/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()


def passes(page: Page, heading: str) -> None:
    """The page is the one we meant, and axe finds nothing on it."""
    assert page.locator("h1").inner_text() == heading
    assert faults_of(page) == []


def set_up_app(page: Page) -> str:
    """Follow the page's words; gives the secret that a phone would read from the picture."""
    page.get_by_role("button", name="Use an app").click()
    passes(page, "Set up an authenticator app")
    assert page.locator(".onroll-qr").evaluate("picture => picture.naturalWidth") > 0, (
        "the policy hid the picture"
    )
    page.get_by_text("I cannot scan it").click()
    secret = page.locator(".onroll-key").inner_text()
    page.locator("#id_code").fill(code_of(secret))
    page.locator("main form button").click()
    return secret


def a_key(page: Page) -> None:
    """A fingerprint reader, built into this browser."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_an_invited_person_joins_and_is_led_through_the_second_step(page, live_server, school):
    by = actor(a_person(school, Role.ADMINISTRATOR))
    sent = invite(
        by,
        school.pk,
        name="Noor Amin",
        email="noor@school.example",
        grants=(Grant(Role.SENCO),),
        at=timezone.now(),
    )
    page.goto(f"{live_server.url}/join/{sent.token}/")
    passes(page, "Join Elm Grove School")
    page.get_by_label("Choose a password").fill(NEW_PASSWORD)
    page.get_by_label("Enter the password again").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Join").click()
    passes(page, "Set up your second step")
    secret = set_up_app(page)
    passes(page, "Your recovery codes")
    assert page.locator(".onroll-codes code").count() == 10
    page.get_by_role("button", name="I have kept them").click()
    assert f"/s/{school.urn}/" in page.url

    sign_out(page, live_server.url)
    page.goto(f"{live_server.url}/join/{sent.token}/")
    passes(page, "This invitation can no longer be used")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("E-mail address").fill("noor@school.example")
    page.locator("#id_password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    passes(page, "One more step")
    page.locator("#id_code").fill(code_of(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert f"/s/{school.urn}/" in page.url


def test_nothing_opens_before_the_second_step_and_then_one_is_where_one_wanted(page, live_server, leader):
    sign_in(page, live_server.url, leader)
    page.goto(f"{live_server.url}/account/sessions/?from=a-bookmark")
    passes(page, "Set up your second step")
    set_up_app(page)
    page.get_by_role("button", name="I have kept them").click()
    passes(page, "Where you are signed in")
    assert page.url.endswith("?from=a-bookmark")


def test_a_passkey_is_a_second_step_and_opens_the_house_alone(page, live_server, leader):
    a_key(page)
    sign_in(page, live_server.url, leader)
    passes(page, "Set up your second step")
    page.get_by_role("button", name="Use a passkey").click()
    passes(page, "Add a passkey")
    page.locator("#id_name").fill("work laptop")
    with page.expect_navigation():
        page.locator("#mfa_webauthn_add").click()
    passes(page, "Your recovery codes")
    page.goto(f"{live_server.url}/account/2fa/passkeys/")
    passes(page, "Passkeys and security keys")
    assert page.get_by_text("work laptop").first.is_visible()

    sign_out(page, live_server.url)
    with page.expect_navigation():
        page.locator("#passkey_login").click()
    page.goto(f"{live_server.url}/account/sessions/")
    passes(page, "Where you are signed in")

    sign_out(page, live_server.url)
    sign_in(page, live_server.url, leader)
    passes(page, "One more step")
    with page.expect_navigation():
        page.locator("#mfa_webauthn_authenticate").click()
    page.goto(f"{live_server.url}/account/sessions/")
    passes(page, "Where you are signed in")


def test_a_passkey_that_is_not_there_is_told_in_words(page, live_server, leader):
    page.goto(f"{live_server.url}/account/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('none')); }")
    page.locator("#passkey_login").click()
    page.get_by_text("No passkey was used").wait_for()
    assert faults_of(page) == []


def test_without_scripts_an_app_does_all_of_it(chromium, tmp_path, live_server, leader):
    with open_browser(chromium, tmp_path, width=390, java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, live_server.url, leader)
        page.get_by_role("button", name="Use an app").click()
        page.get_by_text("I cannot scan it").click()
        secret = page.locator(".onroll-key").inner_text()
        page.locator("#id_code").fill(code_of(secret))
        page.locator("main form button").click()
        assert page.locator("h1").inner_text() == "Your recovery codes"
        page.get_by_role("button", name="I have kept them").click()
        page.goto(f"{live_server.url}/account/sessions/")
        assert page.locator("h1").inner_text() == "Where you are signed in"
        assert not page.locator("#passkey_login").is_visible()
