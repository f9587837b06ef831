"""Watch, a pupil and Today in a real browser: both screens, every role, with axe; and the picture of the README."""

import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from onroll.actions.demo.build import PASSWORD, make_demo
from onroll.domain.permissions import Role
from onroll.records.attendance.models import Summary
from onroll.records.cases.models import Case
from tests.pages.gallery.browser import faults_of, open_browser

pytestmark = pytest.mark.django_db(transaction=True)
IMAGES = Path(__file__).parents[2] / "docs/images"
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
        page.home, page.width = live_server.url, request.param
        yield page


def sign_in(page: Page, role: Role) -> None:
    page.context.clear_cookies()
    page.goto(f"{page.home}/account/login/")
    page.locator("#id_login").fill(f"{role.value}@demo.example")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_from_today_to_the_reason_for_a_single_session(page: Page) -> None:
    nearest = Summary.objects.order_by("-nearness", "h_forecast_on", "pupil_id").first()
    sign_in(page, Role.DEPUTY_HEAD)
    assert page.locator("h1").inner_text().endswith("Today")
    assert faults_of(page) == []
    page.get_by_role("link", name="See everybody on Watch").click()
    assert faults_of(page) == []
    _picture(page, "watch")
    page.locator("tbody a.onroll-name").first.click()
    assert page.url.endswith(f"/pupils/{nearest.pupil_id}/")
    assert "of 15 school days" in page.locator(".onroll-lead").first.inner_text()
    assert faults_of(page) == []
    _picture(page, "pupil")
    page.get_by_role("button", name="See every session explained").click()
    counted = page.get_by_text("counts half a day")
    assert counted.count() == nearest.h_sessions
    assert faults_of(page) == []


def test_a_pupil_is_found_from_any_page_however_the_name_is_typed(page: Page) -> None:
    sign_in(page, Role.SENCO)
    page.get_by_label("Find a pupil").fill("obrien")
    page.get_by_role("button", name="Find").click()
    assert page.locator("main a.onroll-name", has_text="O'Brien").count() >= 1
    assert faults_of(page) == []
    page.get_by_label("Find a pupil").fill("nobody has this name")
    page.get_by_role("button", name="Find").click()
    assert page.get_by_text("Nobody found").is_visible()
    assert faults_of(page) == []


def test_a_pupil_is_taken_off_watch_and_put_back(page: Page) -> None:
    sign_in(page, Role.DEPUTY_HEAD)
    page.goto(f"{page.home}/s/{URN}/watch/")
    name = page.locator("tbody a.onroll-name").first.inner_text()
    page.locator("tbody a.onroll-name").first.click()
    page.get_by_role("button", name="Not a health case").click()
    page.get_by_role("button", name="Take off Watch").click()
    assert page.locator(".govuk-error-summary").is_visible()
    assert faults_of(page) == []
    page.get_by_label("Why is this not a health case?").fill("Three unrelated colds")
    page.get_by_role("button", name="Take off Watch").click()
    assert page.get_by_text("Taken off Watch").is_visible()
    assert page.locator("tbody a.onroll-name", has_text=name).count() == 0
    page.get_by_role("link", name="off this list").click()
    assert faults_of(page) == []
    page.get_by_role("button", name=f"Put back {name}").click()
    assert page.locator("tbody a.onroll-name", has_text=name).count() == 1


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.TEACHER])
def test_who_may_not_see_pupils_is_told_so_and_whom_to_ask(page: Page, role: Role) -> None:
    sign_in(page, role)
    page.goto(f"{page.home}/s/{URN}/watch/")
    assert page.locator("h1").inner_text().replace("\n", " ") == "Your role does not open this"
    assert page.get_by_text("An administrator can change your role").is_visible()
    assert faults_of(page) == []


def test_the_filters_work_without_scripts(chromium: str, tmp_path: Path, live_server) -> None:
    with open_browser(chromium, tmp_path, width=390, java_script_enabled=False) as context:
        page = context.new_page()
        page.home = live_server.url
        sign_in(page, Role.PASTORAL_MANAGER)
        page.goto(f"{live_server.url}/s/{URN}/watch/")
        page.locator("summary", has_text="Filter").click()
        page.get_by_label("Show").select_option("reached")
        page.get_by_role("button", name="Apply filters").click()
        assert "only=reached" in page.url
        assert page.locator(".onroll-name").count() >= 1


def test_the_demonstration_shows_a_school_at_work(page: Page) -> None:
    """Whoever runs it first sees cases, duties, a policy that is alive and a year's trend, on pages without a fault."""
    sign_in(page, Role.DEPUTY_HEAD)
    case = Case.objects.filter(closed_on=None).order_by("opened_on").first()
    for place, words in (
        (f"cases/{case.pk}/", "Who is responsible"),
        (f"cases/{case.pk}/duties/", "paragraph 3.1.b"),
        ("policy/", "overdue"),
        ("policy/register/", "In force"),
        ("oversight/", "The school year so far"),
        ("today/?of=school", "Overdue"),
    ):
        page.goto(f"{page.home}/s/{URN}/{place}")
        assert words in page.locator("main").inner_text()
        assert faults_of(page) == []
        _picture(page, {f"cases/{case.pk}/": "case", "policy/": "policy"}.get(place, ""))


def _picture(page: Page, name: str) -> None:
    """Take the picture that the manual shows, when asked to (`make pictures`)."""
    if name and os.environ.get("ONROLL_PICTURES") and page.width == 1280:
        IMAGES.mkdir(exist_ok=True)
        page.screenshot(path=IMAGES / f"{name}.png", clip={"x": 0, "y": 0, "width": 1280, "height": 844})
