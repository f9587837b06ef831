"""An attendance officer brings a register in and takes it out again, in a real browser."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from onroll.jobs.worker import work_once
from onroll.records.attendance.models import Amendment, RegisterYear
from onroll.records.schools.models import School
from tests.pages.gallery.browser import faults_of, open_browser
from tests.support import brought
from tests.support.cast import PASSWORD, a_person, a_pupil, a_school

pytestmark = pytest.mark.django_db(transaction=True)
SEPTEMBER = [
    date(2026, 9, 3) + timedelta(days=n)
    for n in range(26)
    if (date(2026, 9, 3) + timedelta(days=n)).weekday() < 5
]


@pytest.fixture(autouse=True)
def _house(settings, tmp_path: Path) -> None:
    settings.ONROLL_SECOND_FACTOR = False
    settings.UPLOAD_DIR = tmp_path / "uploads"


@pytest.fixture
def school() -> School:
    return a_school()


@pytest.fixture
def first_file(school, tmp_path: Path) -> Path:
    """Bo is ill for fourteen days, Zoë is there; one line is a Saturday, one has the school's own code."""
    bo, zoe = a_pupil(school, "Bo", "Quill"), a_pupil(school, "Zoë", "O'Dell", year=10)
    rows = [(bo, on.isoformat(), half, "I") for on in SEPTEMBER[:14] for half in ("AM", "PM")]
    rows += [(zoe, on.isoformat(), half, "/") for on in SEPTEMBER[:14] for half in ("AM", "PM")]
    rows += [(bo, "2026-09-12", "AM", "I"), (zoe, SEPTEMBER[14].isoformat(), "AM", "ILL")]
    path = tmp_path / "register.csv"
    path.write_bytes(brought.long_file(rows))
    return path


@pytest.fixture(params=[(1280, True), (390, True), (390, False)], ids=["wide", "narrow", "without scripts"])
def page(request, chromium: str, tmp_path: Path, school, live_server) -> Iterator[Page]:
    width, scripts = request.param
    officer = a_person(school, "attendance-officer", name="Amina Shaw")
    with open_browser(chromium, tmp_path / "browser", width=width, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.goto(f"{live_server.url}/account/login/?next=/s/{school.urn}/registers/")
        page.locator("#id_login").fill(officer.email)
        page.locator("#id_password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.scripts = scripts
        yield page


def comes(page: Page, heading: str) -> None:
    """The page with this heading comes, if need be by renewing itself."""
    expect(page.locator("h1")).to_have_text(heading, timeout=15_000)


def passes(page: Page, heading: str) -> None:
    """It comes, and axe finds nothing on it."""
    comes(page, heading)
    if page.scripts:
        assert faults_of(page) == []


def let_the_worker_work() -> None:
    """Do what is queued; a page that waits then renews itself, by its script or by its own refresh."""
    while work_once():
        pass


def test_a_register_comes_in_is_seen_on_watch_and_goes_out_again(page, school, first_file):
    passes(page, "Registers")
    page.get_by_role("button", name="Bring in attendance").click()
    passes(page, "Bring in attendance")
    page.get_by_role("button", name="Upload the file").click()
    assert page.locator(".govuk-error-summary").get_by_text("Choose a file").is_visible()
    page.get_by_label("Which file?").set_input_files(first_file)
    page.get_by_role("button", name="Upload the file").click()
    passes(page, "Which column is what?")
    assert page.get_by_text("Bo Quill, found by UPN").first.is_visible()
    page.get_by_role("button", name="Read the file").click()
    passes(page, "Reading the file")
    let_the_worker_work()
    passes(page, "Bring in these marks?")
    page.get_by_role("link", name="1 mark on no school session").click()
    passes(page, "Marks on days and half days that are no school sessions")
    assert page.get_by_text("Line 58").is_visible()
    page.get_by_role("link", name="Back to the file").click()
    page.get_by_role("link", name="Say what the unknown codes mean").click()
    passes(page, "What do these codes mean here?")
    page.get_by_label("What does ILL mean?").select_option("I")
    page.get_by_role("button", name="Keep the meanings and read the file again").click()
    passes(page, "Reading the file")
    let_the_worker_work()
    passes(page, "Bring in these marks?")
    page.get_by_role("link", name="57 new marks").click()
    passes(page, "New marks")
    page.get_by_role("link", name="Back to the file").click()
    page.get_by_role("button", name="Approve and bring in").click()
    passes(page, "Writing the register")
    let_the_worker_work()
    passes(page, "In the register")
    page.get_by_role("link", name="Open Watch").click()
    passes(page, "Watch")
    row = page.get_by_role("row", name=re.compile("Bo Quill"))
    assert "14 of 15" in row.inner_text()
    page.go_back()
    page.get_by_role("button", name="Undo this file").click()
    passes(page, "Undo this file?")
    page.get_by_role("button", name="Undo it").click()
    passes(page, "Undoing the file")
    let_the_worker_work()
    passes(page, "Undone")
    assert not RegisterYear.objects.exists()
    assert not Amendment.objects.exists()


@pytest.mark.parametrize("page", [(390, True)], indirect=True, ids=["narrow"])
def test_a_later_file_changes_marks_and_the_history_keeps_what_they_were(page, school, first_file, tmp_path):
    page.get_by_role("button", name="Bring in attendance").click()
    page.get_by_label("Which file?").set_input_files(first_file)
    page.get_by_role("button", name="Upload the file").click()
    page.get_by_role("button", name="Read the file").click()
    comes(page, "Reading the file")
    let_the_worker_work()
    comes(page, "Bring in these marks?")
    page.get_by_role("button", name="Approve and bring in").click()
    let_the_worker_work()
    comes(page, "In the register")
    later = tmp_path / "later.csv"
    later.write_text(first_file.read_text("utf-8").replace(",I\n", ",M\n", 1), "utf-8")
    page.get_by_role("link", name="Back to Registers").click()
    page.get_by_role("button", name="Bring in attendance").click()
    page.get_by_label("Which file?").set_input_files(later)
    page.get_by_role("button", name="Upload the file").click()
    comes(page, "Reading the file")
    let_the_worker_work()
    comes(page, "Bring in these marks?")
    page.get_by_role("link", name="1 mark changed").click()
    comes(page, "Marks that change")
    page.get_by_role("link", name="Back to the file").click()
    page.get_by_role("button", name="Approve and bring in").click()
    let_the_worker_work()
    comes(page, "In the register")
    page.get_by_role("link", name="See the history of the changed marks").click()
    expect(page.get_by_text("I: Illness")).to_be_visible()
    assert page.scripts is False or faults_of(page) == []
    page.get_by_role("link", name="Code queries").click()
    expect(page.get_by_text("Nothing to look at")).to_be_visible()
