"""Today in a real browser: a duty is raised, met by a person and gone; another is put off and taken up."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from onroll.actions.change import change
from onroll.actions.duties.refresh import refresh_cases
from onroll.domain.permissions import Role
from onroll.records.cases.models import Case
from onroll.records.people.models import User
from onroll.records.schools.models import School
from tests.pages.gallery.browser import faults_of, open_browser
from tests.support.cast import NOW, PASSWORD, a_case, a_member, a_person, a_pupil, a_school
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = date(2026, 11, 23)
FIRST = "The Progress Leader speaks with the parents first"
UNDERSTOOD = "Pupil, parents and staff know what is the school’s to do"


@pytest.fixture(autouse=True)
def _on_a_monday(settings, monkeypatch):
    settings.ONROLL_SECOND_FACTOR = False
    monkeypatch.setattr(
        timezone, "localdate", lambda value=None, *_: MONDAY if value is None else value.date()
    )


@pytest.fixture
def school() -> School:
    return with_policy(a_school())


@pytest.fixture
def leader(school: School) -> User:
    return a_person(school, Role.PROGRESS_LEADER, name="Carys Webb")


@pytest.fixture
def case(school: School, leader: User) -> Case:
    """Opened two weeks ago, and nothing has happened since: two duties are overdue."""
    case = a_case(a_pupil(school, "Quillon", "Zanderby"))
    a_member(case, leader)
    with change(None, "swept", NOW, school_id=school.pk):
        refresh_cases([case.pk], on=MONDAY, at=NOW)
    return case


@pytest.fixture(params=[(1280, True), (390, True), (390, False)], ids=["wide", "narrow", "without scripts"])
def page(request, chromium: str, tmp_path: Path, case: Case, live_server) -> Iterator[Page]:
    width, scripts = request.param
    with open_browser(chromium, tmp_path / "profile", width=width, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.set_default_timeout(8000)
        page.scripts, page.home, page.room = (
            scripts,
            live_server.url,
            f"{live_server.url}/s/{case.school.urn}",
        )
        yield page


def sign_in(page: Page, user: User, to: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{page.home}/account/login/?next={to}")
    page.locator("#id_login").fill(user.email)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def passes(page: Page, heading: str) -> None:
    expect(page.locator("h1")).to_contain_text(heading)
    assert "Zanderby" not in page.title() + page.url
    if page.scripts:
        assert faults_of(page) == []


def duty(page: Page, title: str):
    return page.locator(".onroll-duty", has_text=title)


def test_a_duty_is_raised_met_and_gone(page: Page, leader: User, school: School) -> None:
    sign_in(page, leader, f"/s/{school.urn}/today/")
    passes(page, "Today")
    expect(page.locator("h2.onroll-owed")).to_contain_text("Overdue 2")
    duty(page, FIRST).get_by_role("button", name="Record a contact").click()
    expect(page.locator("#id_said")).to_be_visible()
    page.locator("#id_said").fill("They would like work to be sent home.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Contact recorded.")).to_be_visible()
    page.goto(f"{page.room}/today/")
    expect(duty(page, UNDERSTOOD)).to_be_visible()
    expect(duty(page, FIRST)).to_have_count(0)
    passes(page, "Today")


def test_a_duty_is_put_off_and_taken_up(page: Page, leader: User, school: School) -> None:
    deputy = a_person(school, Role.DEPUTY_HEAD, name="Dee Head")
    sign_in(page, leader, f"/s/{school.urn}/today/")
    duty(page, FIRST).get_by_role("link", name="Put off").click()
    passes(page, "Put this off")
    page.get_by_role("button", name="Put off").click()
    passes(page, "Put this off")
    expect(page.get_by_role("alert").first).to_contain_text("Enter the day on which it comes back")
    for part, text in (("0", "30"), ("1", "11"), ("2", "2026")):
        page.locator(f"#id_until_on_{part}").fill(text)
    page.get_by_label("Why can it not be done before?").fill("The family is away until Monday.")
    page.get_by_role("button", name="Put off").click()
    expect(page.get_by_text("Put off until Monday 30 November 2026.")).to_be_visible()
    expect(duty(page, FIRST)).to_have_count(0)
    sign_in(page, deputy, f"/s/{school.urn}/oversight/")
    passes(page, "Oversight")
    expect(page.get_by_text("“The family is away until Monday.”")).to_be_visible()
    page.get_by_role("link", name="See them, or put them back on Today").click()
    passes(page, "Put off")
    page.get_by_role("button", name="Back on Today").click()
    expect(page.get_by_text("It is on Today again.")).to_be_visible()
    passes(page, "Put off")
    page.goto(f"{page.room}/today/?of=school")
    expect(duty(page, FIRST)).to_be_visible()


def test_somebody_chooses_to_be_written_to(page: Page, leader: User, school: School) -> None:
    sign_in(page, leader, f"/s/{school.urn}/today/")
    page.get_by_role("link", name="By e-mail").click()
    passes(page, "What is due, by e-mail")
    expect(page.get_by_label("Never")).to_be_checked()
    page.get_by_label("Each school day on which something is due").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("link", name="By e-mail").click()
    expect(page.get_by_label("Each school day on which something is due")).to_be_checked()
