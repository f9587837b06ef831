"""Who is responsible, from changing it to everybody having had it: staff in one browser, a parent in another."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, sync_playwright

from onroll.domain.duties.finding import Status
from onroll.domain.permissions import Permission
from onroll.queries import doors
from onroll.queries.findings import FindingSeen, findings_of_case
from tests.pages.gallery.browser import FLAGS, faults_of
from tests.support.cast import a_school
from tests.support.policy import with_policy
from tests.support.told import Told, told
from tests.support.walkers import a_client

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Browsers:
    """One for staff, one on a parent's phone, and one there that runs no scripts. None knows what another knows."""

    staff: BrowserContext
    phone: BrowserContext
    plain_phone: BrowserContext
    url: str

    def staff_page(self, client: Client, path: str) -> Page:
        """A page of the school in which somebody is signed in."""
        cookie = client.cookies["sessionid"].value
        self.staff.clear_cookies()
        self.staff.add_cookies([{"name": "sessionid", "value": cookie, "url": self.url}])
        page = self.staff.new_page()
        page.goto(self.url + path)
        return page


@pytest.fixture
def browsers(chromium: str, live_server, settings) -> Iterator[Browsers]:
    settings.ONROLL_BASE_URL = live_server.url
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        wide, narrow = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
        yield Browsers(
            browser.new_context(viewport=wide),
            browser.new_context(viewport=narrow),
            browser.new_context(viewport=narrow, java_script_enabled=False),
            live_server.url,
        )
        browser.close()


@pytest.fixture
def case() -> Told:
    return told(with_policy(a_school()), began=timezone.localdate() - timedelta(days=14))


def passes(page: Page, heading: str) -> None:
    """The page says what it is, and axe finds no barrier."""
    assert page.get_by_role("heading", name=heading).first.is_visible()
    assert faults_of(page) == []


def the_duty(case: Told) -> FindingSeen:
    """What `responsibilities-understood` comes to now."""
    seen = doors.school(case.by, case.school.urn, Permission.CASE_SEE)
    found = findings_of_case(seen, case.case.pk, timezone.localdate())
    return next(one for one in found if one.duty == "responsibilities-understood")


def test_the_school_says_who_is_responsible_and_everybody_hears_of_it(case, browsers):
    room = f"/s/{case.school.urn}/cases/{case.case.pk}/responsible/"
    page = browsers.staff_page(a_client(case.amina), room)
    amina_says_that_the_authority_provides(page)
    assert the_duty(case).status is Status.DUE
    amina_issues_the_statement_and_reads_it(page)
    address = amina_makes_a_link(page)
    a_parent_reads_it(browsers.phone.new_page(), address)
    a_parent_answers(browsers.plain_phone.new_page(), address)
    page = browsers.staff_page(a_client(case.amina), room)
    assert page.get_by_text("by a link, on").is_visible()
    assert page.get_by_text("Please ring me on Friday.").is_visible()
    amina_records_that_it_was_explained(page)
    assert page.get_by_text("Still to read it: Ada Moss.").is_visible()
    assert the_duty(case).status is Status.DUE
    page = browsers.staff_page(a_client(case.ada), room)
    page.get_by_role("button", name="I have read this").click()
    assert page.get_by_text("Everybody has had the statement.").is_visible()
    passes(page, "Who has had the statement")
    assert the_duty(case).status is Status.MET
    page.get_by_role("link", name="Duties", exact=True).click()
    assert page.get_by_text("acknowledged by a parent on").is_visible()


def amina_says_that_the_authority_provides(page: Page) -> None:
    passes(page, "Who is responsible")
    page.get_by_role("link", name="Change who provides").click()
    passes(page, "Change who provides")
    page.get_by_role("group", name="Who provides education?").get_by_label("The local authority").check()
    page.get_by_label("How exactly?").fill("home tuition, five hours a week")
    page.get_by_label("Who decides what happens next?").select_option("authority")
    by = timezone.localdate() + timedelta(days=14)
    for part, value in (("Day", by.day), ("Month", by.month), ("Year", by.year)):
        page.get_by_role("group", name="By which day?").get_by_label(part).fill(str(value))
    page.get_by_role("button", name="Save").click()
    assert page.get_by_text("Wiltshire Council provides education now (home tuition").first.is_visible()


def amina_issues_the_statement_and_reads_it(page: Page) -> None:
    page.get_by_role("button", name="Read it and issue it").click()
    passes(page, "Issue the statement")
    page.get_by_role("button", name="Issue the statement").click()
    passes(page, "Who has had the statement")
    page.get_by_role("button", name="I have read this").click()


def amina_makes_a_link(page: Page) -> str:
    page.get_by_role("button", name="Send the family a link").click()
    passes(page, "A link for the family")
    page.get_by_label("Show it to me").check()
    page.get_by_role("button", name="Make the link").click()
    passes(page, "The link for Pat Zanderby")
    return page.locator(".onroll-key").inner_text().strip()


def a_parent_reads_it(page: Page, address: str) -> None:
    """On a phone, in a browser that knows nothing of the school."""
    page.goto(address)
    passes(page, "Who is responsible for your child’s education")
    assert page.get_by_text("home tuition, five hours a week").is_visible()
    assert "Zanderby" not in page.title()


def a_parent_answers(page: Page, address: str) -> None:
    """Without scripts. A second time the link shows no more than thanks."""
    page.goto(address)
    page.get_by_label("Is there anything you want to tell").fill("Please ring me on Friday.")
    page.get_by_role("button", name="I have read and understood this").click()
    assert page.get_by_role("heading", name="Thank you").is_visible()
    page.goto(address)
    assert page.get_by_role("heading", name="Thank you").is_visible()
    assert not page.get_by_text("home tuition").is_visible()


def amina_records_that_it_was_explained(page: Page) -> None:
    page.get_by_role("button", name="Say whether the pupil is told").click()
    passes(page, "Is the pupil told themselves?")
    page.get_by_label("Yes, it will be explained to them").check()
    page.get_by_label("Why?").fill("She is 14 and asked.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Record that it was explained").click()
    passes(page, "Explained to the pupil")
    page.get_by_role("button", name="Save").click()
