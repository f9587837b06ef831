"""An administrator looks after the school's people, in a real browser, on both screens and without scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page

from onroll.domain.permissions import Role
from tests.pages.gallery.browser import faults_of, open_browser
from tests.support.cast import PASSWORD, a_person
from tests.support.staff import House, a_house

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house() -> House:
    house = a_house()
    for number in range(30):
        a_person(house.school, Role.TEACHER, name=f"Teacher {number:02}")
    Authenticator.objects.create(user=house.leader, type="totp", data={})
    return house


@pytest.fixture(params=[(1280, True), (390, True), (390, False)], ids=["wide", "narrow", "without scripts"])
def page(request, chromium: str, tmp_path: Path, house, live_server) -> Iterator[Page]:
    width, scripts = request.param
    with open_browser(chromium, tmp_path, width=width, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.goto(f"{live_server.url}/account/login/?next=/s/{house.school.urn}/people/")
        page.locator("#id_login").fill(house.admin.email)
        page.locator("#id_password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.scripts = scripts
        yield page


def passes(page: Page, heading: str) -> None:
    assert page.locator("h1").inner_text() == heading
    if page.scripts:
        assert faults_of(page) == []


def test_somebody_is_invited_and_the_invitation_withdrawn(page, house):
    passes(page, "People")
    page.get_by_role("button", name="Invite somebody").click()
    passes(page, "Invite somebody to Elm Grove School")
    page.get_by_role("button", name="Send the invitation").click()
    passes(page, "Invite somebody to Elm Grove School")
    assert page.locator(".govuk-error-summary").get_by_text("Enter their name").is_visible()
    page.get_by_label("What is their name?").fill("Noor Amin")
    page.get_by_label("What is their e-mail address?").fill("noor@school.example")
    page.get_by_label("Progress Leader", exact=True).check()
    page.get_by_role("group", name="Progress Leader: which pupils?").get_by_label("Year 9").check()
    page.get_by_role("button", name="Send the invitation").click()
    passes(page, "Noor Amin is invited")
    assert "/join/" in page.get_by_label("The link").input_value()
    page.get_by_role("link", name="See who is invited").click()
    passes(page, "Invited people")
    assert page.get_by_text("Progress Leader (Year 9)").is_visible()
    page.get_by_role("link", name="Withdraw the invitation of Noor Amin").click()
    passes(page, "Withdraw the invitation of Noor Amin?")
    page.get_by_role("button", name="Withdraw the invitation").click()
    assert page.get_by_text("The invitation is withdrawn").is_visible()


def test_somebodys_access_is_ended_and_given_back(page, house):
    page.get_by_label("Find somebody by name or e-mail").fill("carys")
    page.locator("main").get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Carys Webb").click()
    passes(page, "Carys Webb")
    page.get_by_role("link", name="Change roles").click()
    passes(page, "Change the roles of Carys Webb")
    page.get_by_label("SENCO", exact=True).check()
    page.get_by_role("button", name="Save roles").click()
    assert page.get_by_text("Progress Leader (Year 9); SENCO").is_visible()
    page.get_by_role("link", name="They have lost their second step").click()
    passes(page, "Has Carys Webb lost their second step?")
    page.get_by_role("link", name="Go back").click()
    page.get_by_role("button", name="End access").click()
    passes(page, "End the access of Carys Webb?")
    page.get_by_role("button", name="End access").click()
    passes(page, "People whose access has ended")
    page.get_by_role("link", name="Give back the access of Carys Webb").click()
    passes(page, "Give Carys Webb access again?")
    page.get_by_role("button", name="Give access back").click()
    passes(page, "Carys Webb")
