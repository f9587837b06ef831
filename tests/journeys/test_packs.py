"""A deputy head brings in the school's own policy pack in a real browser, on both screens and without scripts."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from onroll.domain.permissions import Role
from onroll.queries.packs import stack_of
from onroll.records.people.models import User
from onroll.records.schools.models import School
from tests.pages.gallery.browser import faults_of, open_browser
from tests.support.cast import PASSWORD, a_person, a_school
from tests.support.policy import a_text, with_policy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school() -> School:
    return with_policy(a_school())


@pytest.fixture
def deputy(school) -> User:
    return a_person(school, Role.DEPUTY_HEAD, name="Carys Webb")


@pytest.fixture(params=[(1280, True), (390, True), (390, False)], ids=["wide", "narrow", "without scripts"])
def page(request, chromium: str, tmp_path: Path, school, deputy, live_server) -> Iterator[Page]:
    width, scripts = request.param
    with open_browser(chromium, tmp_path, width=width, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.goto(f"{live_server.url}/account/login/?next=/s/{school.urn}/settings/")
        page.locator("#id_login").fill(deputy.email)
        page.locator("#id_password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.scripts = scripts
        yield page


def passes(page: Page, heading: str) -> None:
    assert page.locator("h1").inner_text() == heading
    if page.scripts:
        assert faults_of(page) == []


def enter(page: Page, on: date) -> None:
    for label, part in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        page.get_by_label(label, exact=True).fill(str(part))


def test_a_pack_is_brought_in_mended_compared_and_put_in_use(page, school, tmp_path):
    own = a_text(version="2027").replace("gap_days = 3", "gap_days = 6")
    wrong = own.replace('holder = "clerk"', 'holder = "clark"', 1)
    (tmp_path / "ours.toml").write_text(wrong, "utf-8")

    passes(page, "Settings")
    page.get_by_role("link", name="Policy packs and the local authority’s profile").click()
    passes(page, "Policy and authority")
    page.get_by_role("link", name="Bring in a pack or a profile of your own").click()
    passes(page, "Bring in a pack or a profile")
    page.get_by_label("Which file?").set_input_files(tmp_path / "ours.toml")
    page.get_by_role("button", name="Look at it").click()
    passes(page, "Bring in a pack or a profile")
    expect(page.get_by_text("duties[43].holder")).to_be_visible()
    typed = page.get_by_label("Or paste its text here")
    assert typed.input_value() == wrong

    typed.fill(own)
    page.get_by_role("button", name="Look at it").click()
    passes(page, "Pupils with health needs who cannot attend school")
    expect(page.get_by_text("School days without education that make it overdue")).to_be_visible()
    enter(page, timezone.localdate() - timedelta(days=1))
    page.get_by_role("button", name="Put it in use").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter today or a later day")

    begins = timezone.localdate() + timedelta(days=30)
    enter(page, begins)
    page.get_by_role("button", name="Put it in use").click()
    passes(page, "Policy and authority")
    expect(page.get_by_role("heading", name="To come")).to_be_visible()
    assert stack_of(school.pk, begins).packs[0].version == "2027"
    assert stack_of(school.pk, timezone.localdate()).packs[0].version == "2026"


def test_what_is_to_come_is_taken_back(page, school):
    begins = timezone.localdate() + timedelta(days=30)
    with_policy(school, a_text(version="2027"), from_on=begins)
    page.get_by_role("link", name="Policy packs and the local authority’s profile").click()
    page.get_by_role("link", name="Take back").click()
    passes(page, "Take back “Pupils with health needs who cannot attend school”?")
    page.get_by_role("button", name="Take it back").click()
    passes(page, "Policy and authority")
    assert page.get_by_role("heading", name="To come").count() == 0
    assert stack_of(school.pk, begins).packs[0].version == "2026"


def test_another_profile_is_chosen_and_says_that_it_is_an_example(page, school):
    page.get_by_role("link", name="Policy packs and the local authority’s profile").click()
    page.get_by_role("link", name="Choose another").click()
    passes(page, "Choose the authority’s profile")
    page.get_by_role("link", name="Fellmoor (an example)").click()
    passes(page, "Fellmoor (an example)")
    expect(page.get_by_text("This authority is invented")).to_be_visible()
    page.get_by_role("button", name="Put it in use").click()
    page.get_by_role("link", name="Fellmoor (an example)").click()
    passes(page, "Fellmoor (an example)")
    authority = stack_of(school.pk, timezone.localdate()).authority
    assert authority is not None
    assert authority.slug == "fellmoor"
