"""The roll guard with a real browser: a roll drops a pupil, the duty says so, two people and a day end the time."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from onroll.domain.permissions import Role
from onroll.records.duties.models import Finding
from onroll.records.pupils.models import Enrolment
from tests.pages.gallery.browser import faults_of, open_browser
from tests.support.cast import PASSWORD, a_person, actor
from tests.support.circles import Circle, a_circle
from tests.support.policy import with_policy
from tests.support.rolls import a_line, applied

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def circle(settings, tmp_path) -> Circle:
    """A roll was brought in that does not name the pupil."""
    settings.ONROLL_SECOND_FACTOR = False
    settings.UPLOAD_DIR = tmp_path / "uploads"
    circle = a_circle()
    with_policy(circle.school)
    applied(actor(a_person(circle.school, Role.ATTENDANCE_OFFICER)), circle.school, a_line())
    return circle


@pytest.fixture(params=[1280, 390], ids=["wide", "narrow"])
def sign_in(request, chromium: str, tmp_path: Path, circle, live_server) -> Callable[..., Page]:
    """A page of somebody at the roll page of the case; one browser, one person after the other."""
    with open_browser(chromium, tmp_path / "browser", width=request.param) as context:
        page = context.new_page()

        def at(user) -> Page:
            context.clear_cookies()
            case = f"/s/{circle.school.urn}/cases/{circle.case.pk}/roll/"
            page.goto(f"{live_server.url}/account/login/?next={case}")
            page.locator("#id_login").fill(user.email)
            page.locator("#id_password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in", exact=True).click()
            return page

        yield at


def passes(page: Page, words: str) -> None:
    assert words in page.locator("main").inner_text()
    assert faults_of(page) == []


def kept_on_roll(circle) -> str:
    return Finding.objects.get(case=circle.case, duty="kept-on-roll", until_at=None).status


def test_a_roll_drops_a_pupil_and_nothing_is_removed(sign_in, circle):
    assert kept_on_roll(circle) == "needs-judgement"
    page = sign_in(circle.amina)
    passes(page, "does not name this pupil")
    page.get_by_text("The fifteen lawful grounds").click()
    passes(page, "Illness is not a ground")
    page.get_by_role("button", name="Propose that the pupil leaves").click()
    passes(page, "On which ground?")
    page.get_by_role("button", name="Propose", exact=True).click()
    passes(page, "Choose the ground. If none fits, the pupil stays on roll")
    page.get_by_label("(f) The parent gave written notice").check()
    today = timezone.localdate()
    for label, part in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        page.get_by_label(label, exact=True).fill(str(part))
    page.get_by_label("What is the evidence?").fill("A letter of the parents of 20 November 2026")
    page.get_by_role("button", name="Propose", exact=True).click()
    passes(page, "Possible off-rolling")
    assert Enrolment.objects.get(pupil=circle.pupil).last_on is None
    page = sign_in(circle.hedy)
    page.get_by_role("button", name="Decide").click()
    passes(page, "Decide on the proposal")
    page.get_by_label("The pupil leaves the roll on that day").check()
    page.get_by_label("Why?").fill("I spoke with both parents: it is their own wish")
    page.get_by_role("button", name="Record the decision").click()
    passes(page, "Leaves the roll on")
    assert kept_on_roll(circle) == "met"
    page.get_by_role("button", name="End the time on roll").click()
    passes(page, "Last day on roll")
    assert Enrolment.objects.get(pupil=circle.pupil).last_on == today
    assert kept_on_roll(circle) == "met"
