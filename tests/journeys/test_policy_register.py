"""The policy register in a real browser: a year of it, from the review to the published page, by its keeper alone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from onroll.actions.duties.sweep import sweep_school
from onroll.domain.permissions import Role
from onroll.records.schools.models import School
from tests.journeys.test_today import passes, sign_in
from tests.pages.gallery.browser import open_browser
from tests.support.cast import NOW, a_person, a_school, actor
from tests.support.policies import in_force
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 12, 7)  # within 60 days of the next review


@pytest.fixture(autouse=True)
def _on_a_monday(settings, monkeypatch):
    settings.ONROLL_SECOND_FACTOR = False
    monkeypatch.setattr(
        timezone, "localdate", lambda value=None, *_: TODAY if value is None else value.date()
    )


@pytest.fixture
def school() -> School:
    """A policy in force, whose review is due soon."""
    school = with_policy(a_school())
    in_force(actor(a_person(school, Role.DEPUTY_HEAD, name="Dee Head")), school)
    sweep_school(school.pk, on=TODAY, at=NOW)
    return school


@pytest.fixture(params=[1280, 390], ids=["wide", "narrow"])
def page(request, chromium: str, tmp_path: Path, school: School, live_server) -> Iterator[Page]:
    with open_browser(chromium, tmp_path / "profile", width=request.param) as context:
        page = context.new_page()
        page.set_default_timeout(8000)
        page.scripts, page.home = True, live_server.url
        page.room = f"{live_server.url}/s/{school.urn}"
        clerk = a_person(school, Role.CLERK, name="Clara Kay")
        sign_in(page, clerk, f"/s/{school.urn}/policy/register/")
        yield page


def test_a_version_is_reviewed_approved_and_published_and_its_duties_are_met(page: Page) -> None:
    passes(page, "Policy register")
    assert mark_of(page, "The policy is reviewed every year") == "Due"
    page.goto(f"{page.room}/policy/register/")
    page.get_by_role("button", name="Begin the next version").click()
    passes(page, "Begin the next version")
    press(page, "Begin the version")
    expect(page.get_by_text("Say what changes, or that nothing does").first).to_be_visible()
    page.get_by_label("What is the version called?").fill("2027")
    page.get_by_label("What changes in it?").fill("Cites the attendance guidance of 2024")
    press(page, "Begin the version")
    passes(page, "Version 2027")

    step(page, "Record the review")
    assert mark_of(page, "The policy is reviewed every year") == "Met"
    page.goto(f"{page.room}/policy/register/")
    step(page, "Sent to governors")
    page.get_by_role("button", name="Record the approval").click()
    passes(page, "Record the approval")
    page.get_by_label("What is the reference of the minute?").fill("FGB 26/31")
    press(page, "Record the approval")
    assert mark_of(page, "The policy in force is public") == "Due"
    page.goto(f"{page.room}/policy/register/")
    step(page, "Publish the policy")
    passes(page, "Version 2027")
    expect(page.locator("main")).to_contain_text("Minute FGB 26/31")
    expect(page.locator("main")).to_contain_text("Next review due")
    for duty in (
        "The policy is reviewed",
        "The governing board approves each review",
        "The policy in force is public",
    ):
        assert mark_of(page, duty) == "Met"
    page.get_by_role("button", name="I have read the policy").click()
    page.goto(f"{page.room}/policy/register/")
    passes(page, "Policy register")
    page.get_by_role("link", name="Who has read version 2027").click()
    passes(page, "Who has read it")
    expect(page.locator("main")).to_contain_text("Done (1)")


def test_the_last_step_is_taken_back_and_stays_with_its_reason(page: Page) -> None:
    page.get_by_role("link", name="2026", exact=True).click()
    page.get_by_role("link", name="Withdraw “Published”").click()
    passes(page, "Withdraw “Published”")
    page.get_by_label("Why is it taken back?").fill("The page was not up yet")
    press(page, "Withdraw")
    passes(page, "Version 2026")
    expect(page.locator("main")).to_contain_text("The page was not up yet")
    assert mark_of(page, "The policy in force is public") == "Overdue"


def test_officer_briefing_guidance_and_linked_policies_meet_their_duties(page: Page) -> None:
    page.get_by_role("link", name="Confirm the officer").click()
    passes(page, "Confirm the authority’s designated officer")
    page.get_by_label("Who holds it?").fill("Tamsin Oakley")
    page.get_by_label("What is the telephone number?").fill("01632 960555")
    press(page, "Confirm the officer")
    expect(page.locator("main")).to_contain_text("Tamsin Oakley")

    page.get_by_role("link", name="Record a briefing").click()
    passes(page, "Record a briefing")
    page.get_by_label("Who gave it?").fill("Esther Cole")
    page.get_by_label("Clara Kay").check()
    page.get_by_label("How many others attended?").fill("40")
    press(page, "Record the briefing")
    expect(page.locator("main")).to_contain_text("41 people attended")

    page.get_by_role("link", name="Check the guidance").click()
    passes(page, "Check the laws and guidance")
    for number in range(page.get_by_label("Yes, it is current").count()):
        page.get_by_label("Yes, it is current").nth(number).check()
    page.get_by_role("group", name="Working together to improve school attendance").get_by_label(
        "No, it has been replaced or withdrawn"
    ).check()
    press(page, "Record what I found")

    page.get_by_role("link", name="Check the linked policies").click()
    passes(page, "Check the linked policies")
    for number in range(page.get_by_label("Yes", exact=True).count()):
        page.get_by_label("Yes", exact=True).nth(number).check()
        dated = page.get_by_role("group", name="What date does it carry?").nth(number)
        for label, value in (("Day", 1), ("Month", 9), ("Year", 2026)):
            dated.get_by_label(label).fill(str(value))
    press(page, "Record what I found")
    passes(page, "Policy register")
    for duty in (
        "designated officer",
        "duties of equality law",
        "law and guidance cited",
        "policies it links to",
    ):
        assert mark_of(page, duty) == "Met", duty


def test_the_health_check_is_answered_and_the_policy_keeps_its_words(page: Page) -> None:
    page.goto(f"{page.room}/policy/register/health/")
    passes(page, "Policy health check")
    page.get_by_role("link", name="Whose evidence a referral needs").click()
    passes(page, "What does the school do?")
    page.get_by_label("A way of our own").check()
    page.get_by_label("What will the school do?").fill("We refer with the evidence there is.")
    press(page, "Record what the school does")
    passes(page, "Policy health check")
    expect(page.locator("main")).to_contain_text("We refer with the evidence there is.")
    expect(page.locator("main")).to_contain_text("expects a clinician at consultant level")


def step(page: Page, words: str) -> None:
    """Take a version on: today's date stands in the form already."""
    page.get_by_role("button", name=words).click()
    press(page, words)


def press(page: Page, words: str) -> None:
    page.locator("main form").get_by_role("button", name=words, exact=True).click()


def mark_of(page: Page, title: str) -> str:
    """How a duty stands in the margin of the policy page."""
    page.goto(f"{page.room}/policy/")
    line = page.locator(".onroll-margin__duty").filter(has_text=title)
    return line.locator(".onroll-mark").first.inner_text()
