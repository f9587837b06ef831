"""A roll is brought in with a real browser, on both screens and without scripts."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from onroll.actions.change import change
from onroll.actions.recount import recount_school
from onroll.domain.permissions import Role
from onroll.records.pupils.models import Enrolment, Pupil
from onroll.records.schools.models import School
from tests.pages.gallery.browser import faults_of, open_browser
from tests.support.cast import NOW, PASSWORD, a_person, a_pupil, a_register, a_school, marks, whole_days
from tests.support.rolls import a_line, line_of, roll_file

pytestmark = pytest.mark.django_db(transaction=True)
OCTOBER = [date(2026, 10, 5) + timedelta(days=n) for n in range(5)]


@pytest.fixture
def school(settings, tmp_path) -> School:
    """Bo is ill for a week, Jo is on roll, and Sam has another admission number in the file."""
    settings.UPLOAD_DIR = tmp_path / "uploads"
    school = a_school()
    a_register(a_pupil(school, "Bo", "Quill"), marks(whole_days(OCTOBER, "I")))
    a_pupil(school, "Jo", "Oak", year=10)
    a_pupil(school, "Sam", "Reeve", year=11)
    with change(None, "recounted", NOW):
        recount_school(school.pk)
    return school


@pytest.fixture
def file(school, tmp_path) -> Path:
    bo, sam = Pupil.objects.get(forename="Bo"), Pupil.objects.get(forename="Sam")
    path = tmp_path / "roll.csv"
    path.write_bytes(
        roll_file(
            line_of(bo, Leaving_date="2026-10-07"),
            line_of(sam, UPN="", Admission_number="4711"),
            a_line(Forename="Zoë", UPN="C801200005001", Tutor_group="9 Larch"),
            a_line(Forename="Nobody", Date_of_birth="soon", Admission_number="778"),
        )
    )
    return path


@pytest.fixture(params=[(1280, True), (390, True), (390, False)], ids=["wide", "narrow", "without scripts"])
def page(request, chromium: str, tmp_path: Path, school, live_server) -> Iterator[Page]:
    width, scripts = request.param
    officer = a_person(school, Role.ATTENDANCE_OFFICER, name="Amina Shaw")
    with open_browser(chromium, tmp_path / "browser", width=width, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.goto(f"{live_server.url}/account/login/?next=/s/{school.urn}/roll/")
        page.locator("#id_login").fill(officer.email)
        page.locator("#id_password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.scripts = scripts
        yield page


def passes(page: Page, heading: str) -> None:
    assert heading in page.locator("h1").inner_text()
    if page.scripts:
        assert faults_of(page) == []


def test_a_roll_comes_in_and_a_missing_pupil_is_decided(page, file):
    passes(page, "Roll")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Look at the file").click()
    passes(page, "Which column is what?")
    page.get_by_role("button", name="Read the file").click()
    passes(page, "Check the roll")
    page.get_by_role("link", name="line not used").click()
    passes(page, "Lines that are not used")
    page.get_by_role("link", name="Back to the file").click()
    page.get_by_role("button", name="Say who they are").click()
    passes(page, "Who are these pupils?")
    page.get_by_label("The same child as Sam Reeve").check()
    page.get_by_role("button", name="Keep these answers").click()
    passes(page, "Check the roll")
    page.get_by_role("button", name="Approve this roll").click()
    passes(page, "Check the roll")
    assert page.locator(".govuk-error-summary").is_visible()
    page.get_by_label("Yes. Ask us about the pupils it does not name").check()
    page.get_by_label("Leave these UPNs out").check()
    page.get_by_role("button", name="Approve this roll").click()
    passes(page, "Roll file")
    page.get_by_role("link", name="See whose").click()
    passes(page, "What moved")
    assert page.get_by_role("link", name="Bo Quill").is_visible()
    page.get_by_role("link", name="Back", exact=False).first.click()
    page.get_by_role("link", name="Missing from the roll").click()
    passes(page, "Roll")
    page.get_by_role("button", name="Has left Jo Oak").click()
    passes(page, "Jo Oak has left")
    for label, part in (("Day", "2"), ("Month", "10"), ("Year", "2026")):
        page.get_by_label(label, exact=True).fill(part)
    page.get_by_label("Why did they leave?").fill("Moved to another school")
    page.get_by_role("button", name="End the time on roll").click()
    passes(page, "Roll")
    assert page.get_by_text("Nobody is missing from the roll").is_visible()
    assert Enrolment.objects.get(pupil__forename="Jo").last_on == date(2026, 10, 2)
    assert Pupil.objects.get(forename="Sam").admission_number == "4711"
    assert Pupil.objects.get(forename="Zoë").upn == ""
