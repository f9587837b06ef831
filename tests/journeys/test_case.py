"""A case in a real browser: opened from Watch, moved, closed past an overdue duty, reopened, seen as it was."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page

from onroll.actions.demo.build import PASSWORD, make_demo
from onroll.domain.permissions import Role
from onroll.records.cases.models import Case
from tests.pages.gallery.browser import faults_of, open_browser

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/London"))
URN = 990001


@pytest.fixture(autouse=True)
def _demo(settings) -> None:
    settings.ONROLL_DEMO, settings.ONROLL_SECOND_FACTOR = True, False
    call_command("createcachetable", verbosity=0)
    list(make_demo(schools=1, pupils=300, seed=1, at=NOW, marks_to=date(2026, 11, 20)))


@pytest.fixture(params=[1280, 390], ids=["wide", "narrow"])
def page(request, chromium: str, tmp_path: Path, live_server) -> Iterator[Page]:
    with open_browser(chromium, tmp_path, width=request.param) as context:
        page = context.new_page()
        page.set_default_timeout(8000)
        page.home = live_server.url
        yield page


def sign_in(page: Page, role: Role) -> None:
    page.goto(f"{page.home}/account/login/")
    page.locator("#id_login").fill(f"{role.value}@demo.example")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def fill_date(page: Page, group: str, on: date) -> None:
    box = page.get_by_role("group", name=group)
    for part, value in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        box.get_by_label(part).fill(str(value))


def part(page: Page, name: str) -> None:
    page.get_by_label("Parts of this case").get_by_role("link", name=name, exact=True).click()


def no_faults(page: Page) -> None:
    assert faults_of(page) == [], page.url


def test_a_case_from_watch_to_its_end_and_back(page: Page) -> None:
    sign_in(page, Role.PROGRESS_LEADER)
    page.goto(f"{page.home}/s/{URN}/watch/")
    page.get_by_role("link", name="Open a case").first.click()
    name = page.locator(".govuk-caption-l").inner_text().split(",")[0]
    no_faults(page)
    page.get_by_role("button", name="Open the case").click()
    assert page.locator(".govuk-error-summary").is_visible()
    no_faults(page)
    page.get_by_label("Why is a case being opened?").fill("Away for two weeks and not well enough to come in")
    page.get_by_label("What is known of the health need?").fill("A long infection")
    fill_date(page, "From which day does the case count?", date(2026, 11, 9))
    page.get_by_role("button", name="Open the case").click()

    assert page.locator("h1").inner_text() == name
    assert page.get_by_text("The school provides education now").is_visible()
    overdue = page.locator(".onroll-duty", has_text="Overdue").first
    assert overdue.get_by_role("button").or_(overdue.get_by_role("link")).first.is_visible()
    no_faults(page)

    part(page, "Duties")
    assert page.locator(".onroll-duty", has_text="Overdue").count() >= 1
    page.locator("summary", has_text="not yet recorded in Onroll").first.click()
    no_faults(page)

    part(page, "Case")
    page.locator("summary", has_text="Move this case on").click()
    assert page.get_by_text("Cannot close yet.").is_visible()
    no_faults(page)
    page.get_by_role("link", name="The school arranges education").click()
    page.get_by_label("Why now?").fill("Work goes home from today")
    page.get_by_role("button", name="The school arranges education").click()
    assert page.get_by_text("The school arranges education now.").is_visible()

    page.locator("summary", has_text="Move this case on").click()
    page.get_by_role("link", name="Close the case").click()
    no_faults(page)
    page.get_by_label("Why now?").fill("Back in school")
    page.get_by_role("button", name="Close the case").click()
    assert page.get_by_text("Enter why you go on all the same").first.is_visible()
    no_faults(page)
    page.get_by_label("Why do you go on all the same?").fill("Spoken with at the gate")
    page.get_by_role("button", name="Close the case").click()
    assert page.get_by_text("The case is closed, so nothing is owed.").is_visible()
    no_faults(page)

    part(page, "History")
    assert page.get_by_text("The reason given: Spoken with at the gate").is_visible()
    no_faults(page)
    part(page, "Case")
    page.locator("summary", has_text="Move this case on").click()
    page.get_by_role("link", name="Reopen the case").click()
    page.get_by_label("Why now?").fill("Ill again")
    page.get_by_role("button", name="Reopen the case").click()
    assert page.get_by_text("The case is open again.").is_visible()
    page.goto(f"{page.home}/s/{URN}/watch/")
    page.locator("tr", has_text=name).get_by_role("link", name="School arranging").click()
    assert page.locator("h1").inner_text() == name


def test_what_was_known_then_and_what_is_known_now(page: Page) -> None:
    case = Case.objects.filter(state="referred").get()
    sign_in(page, Role.PROGRESS_LEADER)
    page.goto(f"{page.home}/s/{URN}/cases/{case.pk}/")
    page.locator("summary", has_text="Show this case on another day").click()
    fill_date(page, "Which day?", timezone.localdate().replace(year=2999))
    page.get_by_role("button", name="Show that day").click()
    assert page.get_by_text("Enter today or a day before it").first.is_visible()
    no_faults(page)
    fill_date(page, "Which day?", case.opened_on)
    page.get_by_role("button", name="Show that day").click()
    assert page.get_by_text("As it was known then").first.is_visible()
    assert page.get_by_text("The case was at “Concern”").is_visible()
    assert page.get_by_role("button", name="Record a contact").count() == 0
    no_faults(page)
    page.get_by_role("link", name="Show it with what is known now").click()
    assert page.locator(".onroll-notice", has_text="With what is known now").is_visible()
    part(page, "Duties")
    page.goto(f"{page.home}/s/{URN}/cases/{case.pk}/duties/?on={case.opened_on.isoformat()}&known=then")
    assert page.locator(".onroll-duty").count() >= 1
    assert page.locator(".onroll-duty .govuk-button").count() == 0
    no_faults(page)
    page.get_by_role("link", name="Back to today").click()
    assert page.locator(".onroll-notice").count() == 0


def test_the_list_of_cases(page: Page) -> None:
    sign_in(page, Role.DEPUTY_HEAD)
    page.goto(f"{page.home}/s/{URN}/cases/")
    assert page.locator("tbody a.onroll-name").count() == 7
    no_faults(page)
    page.get_by_label("Which cases").get_by_role("link", name="Closed").click()
    assert page.locator("tbody a.onroll-name").count() == 1
    page.get_by_label("Which cases").get_by_role("link", name="On my teams").click()
    assert page.get_by_text("No case matches").is_visible()
    no_faults(page)
    page.goto(f"{page.home}/s/{URN}/cases/open/")
    page.get_by_label("Name, known as, UPN or admission number").fill("a")
    page.get_by_role("button", name="Find the pupil").click()
    assert page.locator(".onroll-results a").count() >= 5
    no_faults(page)
