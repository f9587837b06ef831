"""Oversight in a real browser: a number opens its list; the month is signed and taken back; the outbox."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from onroll.domain.permissions import Role
from onroll.records.base import pen
from onroll.records.cases.models import Away
from onroll.records.duties.models import Sweep, Tally
from onroll.records.outbox.models import Message
from onroll.records.people.models import User
from onroll.records.schools.models import School
from tests.journeys.test_today import MONDAY, passes, sign_in
from tests.pages.gallery.browser import open_browser
from tests.support.cast import NOW, a_case, a_person, a_pupil, a_school
from tests.support.owed import a_finding, put_off
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _on_a_monday(settings, monkeypatch):
    settings.ONROLL_SECOND_FACTOR = False
    monkeypatch.setattr(
        timezone, "localdate", lambda value=None, *_: MONDAY if value is None else value.date()
    )


@pytest.fixture
def school() -> School:
    """Everything that the board can show."""
    school = with_policy(a_school())
    leader = a_person(school, Role.PROGRESS_LEADER, name="Lea Carr")
    for number, due in enumerate((-9, -2, 1)):
        case = a_case(a_pupil(school, "Quillon", f"Zanderby {number}"))
        found = a_finding(school, case, held_by=leader, due_on=MONDAY + timedelta(days=due))
    put_off(found, MONDAY + timedelta(days=9), by=leader)
    with pen():
        Sweep.objects.create(school=school, swept_on=MONDAY, swept_at=timezone.now())
        for n in range(60):
            on = date(2026, 9, 25) + timedelta(days=n)
            Tally.objects.create(school=school, on=on, open_cases=2 + n // 20, counts={"overdue": n % 7})
        Away.objects.create(school=school, user=leader, happened_on=MONDAY, last_on=MONDAY, recorded_at=NOW)
    return school


@pytest.fixture
def deputy(school: School) -> User:
    return a_person(school, Role.DEPUTY_HEAD, name="Dee Head")


@pytest.fixture(params=[(1280, True), (390, True), (390, False)], ids=["wide", "narrow", "without scripts"])
def page(request, chromium: str, tmp_path: Path, school: School, live_server) -> Iterator[Page]:
    width, scripts = request.param
    with open_browser(chromium, tmp_path / "profile", width=width, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.set_default_timeout(8000)
        page.scripts, page.home, page.room = scripts, live_server.url, f"{live_server.url}/s/{school.urn}"
        yield page


def test_a_number_opens_its_list_and_the_list_narrows(page: Page, deputy: User, school: School) -> None:
    sign_in(page, deputy, f"/s/{school.urn}/oversight/")
    passes(page, "Oversight")
    page.get_by_role("link", name="2 Overdue, Lea Carr").click()
    passes(page, "2 duties")
    assert page.locator(".onroll-duty").count() == 2
    if not page.locator("#id_status").is_visible():
        page.locator("summary", has_text="Filter").click()
    page.get_by_label("Status").select_option("due")
    page.get_by_role("button", name="Apply filters").click()
    passes(page, "1 duty")
    page.goto(f"{page.room}/oversight/")
    page.get_by_role("link", name="3 Cases, All open cases").click()
    passes(page, "3 open cases")


def test_the_month_is_signed_and_taken_back(page: Page, deputy: User, school: School) -> None:
    sign_in(page, deputy, f"/s/{school.urn}/oversight/")
    page.get_by_role("button", name="Sign the monthly check").first.click()
    passes(page, "The monthly check of all cases")
    page.get_by_role("button", name="Sign the check").click()
    passes(page, "The monthly check of all cases")
    expect(page.get_by_role("alert").first).to_contain_text("Enter what you found")
    page.get_by_label("What did you find, and what happens next?").fill("Spoke with all who lead a case.")
    page.get_by_role("button", name="Sign the check").click()
    expect(page.get_by_text("The monthly check is signed.")).to_be_visible()
    passes(page, "The monthly check of all cases")
    page.get_by_role("link", name="Take back the check of November 2026").click()
    passes(page, "Take back the check of November 2026")
    page.get_by_label("Why do you take it back?").fill("One case was not looked at.")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Dee Head: One case was not looked at.")).to_be_visible()
    passes(page, "The monthly check of all cases")


def test_on_paper_the_board_has_its_numbers_and_no_buttons(page: Page, deputy: User, school: School) -> None:
    sign_in(page, deputy, f"/s/{school.urn}/oversight/")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Sign the monthly check").first).to_be_hidden()
    expect(page.locator(".onroll-trend__picture")).to_be_visible()
    expect(page.locator("h1")).to_be_visible()


def test_a_stopped_message_is_tried_again(page: Page, school: School) -> None:
    admin = a_person(school, Role.ADMINISTRATOR, name="Ada Min")
    with pen():
        Message.objects.create(
            school=school, to=admin, kind="digest", key="k", subject="3 overdue", body="b", queued_at=NOW,
            send_after=NOW, stopped_at=NOW, stopped_because="unsure",
        )  # fmt: skip
    sign_in(page, admin, f"/s/{school.urn}/outbox/?show=stopped")
    passes(page, "Outbox")
    expect(page.get_by_text("It may have arrived")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("The message waits again")).to_be_visible()
    passes(page, "Outbox")
