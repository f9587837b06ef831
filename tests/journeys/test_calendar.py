"""The calendar and the settings in a real browser, on both screens and without scripts."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from onroll.actions.change import change
from onroll.actions.recount import recount_school
from onroll.domain.permissions import Role
from onroll.records.people.models import User
from onroll.records.schools.models import School
from tests.pages.gallery.browser import faults_of, open_browser
from tests.support.cast import (
    NOW,
    PASSWORD,
    a_person,
    a_pupil,
    a_register,
    a_school,
    marks,
    whole_days,
)

pytestmark = pytest.mark.django_db(transaction=True)
OCTOBER = [date(2026, 10, 5) + timedelta(days=n) for n in range(12) if n % 7 < 5]  # ten school days
FILE = "kind,from,to,name\nterm,2026-09-01,2026-10-23,Autumn term\nclosure,2026-10-06,,Snow\n"


@pytest.fixture
def school() -> School:
    """Bo in Year 9 was ill for ten days."""
    school = a_school()
    a_register(a_pupil(school, "Bo", "Quill"), marks(whole_days(OCTOBER, "I")))
    with change(None, "recounted", NOW):
        recount_school(school.pk)
    return school


@pytest.fixture
def deputy(school) -> User:
    return a_person(school, Role.DEPUTY_HEAD, name="Carys Webb")


@pytest.fixture(params=[(1280, True), (390, True), (390, False)], ids=["wide", "narrow", "without scripts"])
def page(request, chromium: str, tmp_path: Path, school, deputy, live_server) -> Iterator[Page]:
    width, scripts = request.param
    with open_browser(chromium, tmp_path, width=width, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.goto(f"{live_server.url}/account/login/?next=/s/{school.urn}/calendar/?year=2026")
        page.locator("#id_login").fill(deputy.email)
        page.locator("#id_password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.scripts = scripts
        yield page


def passes(page: Page, heading: str) -> None:
    assert page.locator("h1").inner_text() == heading
    if page.scripts:
        assert faults_of(page) == []


def enter(page: Page, group: str, on: date) -> None:
    boxes = page.get_by_role("group", name=group)
    for label, part in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        boxes.get_by_label(label, exact=True).fill(str(part))


def test_a_training_day_is_added_looked_at_taken_out_and_put_back(page):
    passes(page, "School calendar")
    page.get_by_role("button", name="Add an entry").click()
    passes(page, "Add an entry to the calendar")
    page.get_by_role("button", name="Add entry").click()
    passes(page, "Add an entry to the calendar")
    assert page.locator(".govuk-error-summary").get_by_text("Choose what it is").is_visible()
    page.get_by_label("Staff training day (INSET)").check()
    enter(page, "What is the first day?", OCTOBER[3])
    page.get_by_label("What is it called?").fill("Safeguarding")
    page.get_by_role("button", name="Add entry").click()
    passes(page, "Add this entry?")
    page.get_by_role("button", name="Go back").click()
    assert page.get_by_label("What is it called?").input_value() == "Safeguarding"
    page.get_by_role("button", name="Add entry").click()
    page.get_by_role("button", name="Add this entry").click()
    passes(page, "What moved")
    assert page.get_by_role("link", name="Bo Quill").is_visible()
    page.get_by_role("link", name="Back", exact=True).click()
    page.goto(page.url + "?year=2026")
    page.get_by_role("link", name="Take out Staff training day (INSET): Safeguarding").click()
    passes(page, "Take this entry out of the calendar?")
    page.get_by_label("Why is it taken out?").fill("Moved to January")
    page.get_by_role("button", name="Take it out").click()
    page.get_by_role("button", name="Take this entry out").click()
    page.get_by_role("link", name="Back", exact=True).click()
    page.goto(page.url + "?year=2026")
    passes(page, "School calendar")
    page.get_by_role("button", name="Put back Staff training day (INSET): Safeguarding").click()
    passes(page, "Put this entry back?")
    page.get_by_role("button", name="Put this entry back").click()
    passes(page, "What moved")


def test_a_calendar_comes_in_from_a_file_after_a_wrong_one(page, tmp_path):
    good, bad = tmp_path / "calendar.csv", tmp_path / "wrong.csv"
    good.write_text(FILE)
    bad.write_text(FILE + "holiday,next week,,Half-term\n")
    page.get_by_role("link", name="Bring in a calendar from a file").click()
    passes(page, "Bring in a calendar")
    page.get_by_label("Which file?").set_input_files(bad)
    page.get_by_role("button", name="Look at the file").click()
    passes(page, "This file cannot be brought in as it is")
    page.get_by_role("button", name="Choose the file again").click()
    page.get_by_label("Which file?").set_input_files(good)
    page.get_by_role("button", name="Look at the file").click()
    passes(page, "Bring in this calendar?")
    page.get_by_role("button", name="Bring it in").click()
    passes(page, "What moved")
    assert page.get_by_text("The calendar is brought in.").is_visible()


def test_the_schools_settings_are_changed(page, school, live_server):
    page.goto(f"{live_server.url}/s/{school.urn}/settings/")
    passes(page, "Settings")
    page.get_by_role("link", name="Change threshold").click()
    passes(page, "How the school counts")
    page.get_by_label("At how many school days is the threshold?").fill("9.5")
    page.get_by_role("button", name="Save").click()
    passes(page, "Count like this?")
    page.get_by_role("button", name="Count like this").click()
    passes(page, "What moved")
    page.goto(f"{live_server.url}/s/{school.urn}/settings/groups/")
    passes(page, "Year groups and tutor groups")
    page.get_by_role("button", name=re.compile("Up.*Year 8")).click()
    page.get_by_role("link", name=re.compile("^9 Ash")).click()
    passes(page, "Rename 9 Ash")
    page.get_by_label("What is it called?").fill("9 Elm")
    page.get_by_role("button", name="Save name").click()
    assert page.get_by_text("The tutor group is called 9 Elm.").is_visible()
    page.goto(f"{live_server.url}/s/{school.urn}/settings/codes/")
    page.get_by_label("What is written in the register?").fill("I01")
    page.get_by_label("Which national code does it stand for?").select_option("I")
    page.get_by_role("button", name="Add code").click()
    passes(page, "The school’s own attendance codes")


@pytest.mark.parametrize(
    ("part", "heading"),
    [
        ("help", "Help"),
        ("how-we-use-data", "How we use data"),
        ("accessibility", "Accessibility statement"),
    ],
)
def test_a_page_about_onroll_can_be_read(page, live_server, part, heading):
    page.goto(f"{live_server.url}/about/{part}/")
    passes(page, heading)
