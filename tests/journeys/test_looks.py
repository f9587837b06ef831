"""Who looked, and how the system is, in a real browser: on both screens, and without scripts."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from onroll.actions.change import change
from onroll.domain.identifiers import upn_check_letter
from onroll.domain.permissions import Role
from onroll.records.ledger.models import LedgerRow, Look
from onroll.records.people.models import User
from onroll.records.pupils.models import Pupil
from onroll.records.schools.models import School
from tests.pages.gallery.browser import faults_of, open_browser
from tests.support.cast import PASSWORD, a_person, a_pupil, a_school
from tests.support.looks import a_look

pytestmark = pytest.mark.django_db(transaction=True)
NOBODYS = "865000000001"  # a UPN that no pupil of a test has


@pytest.fixture(autouse=True)
def _house(settings, tmp_path):
    settings.ONROLL_SECOND_FACTOR = False
    settings.UPLOAD_DIR, settings.HEADS_DIR = tmp_path / "uploads", tmp_path / "heads"


@pytest.fixture
def school() -> School:
    return a_school()


@pytest.fixture
def pupil(school: School) -> Pupil:
    """Thirty looks at a list of thirty pupils, and two at one of them alone; two changes."""
    pupils = [a_pupil(school, "Quillon", f"Zanderby-{number}") for number in range(30)]
    everybody = tuple(one.pk for one in pupils)
    for number in range(30):
        a_look(
            timezone.now() - timedelta(days=number), pupils=everybody[1:], page="watch", school_id=school.pk
        )
    for _ in range(2):
        a_look(timezone.now(), pupils=everybody[:1], school_id=school.pk)
    for verb in ("recounted", "taken-off-watch"):
        with change(None, verb, timezone.now(), school_id=school.pk) as entry:
            entry.subject, entry.detail = f"pupil:{everybody[0]}", {"moved": 3}
    return pupils[0]


@pytest.fixture(params=[(1280, True), (390, True), (390, False)], ids=["wide", "narrow", "without scripts"])
def page(request, chromium: str, tmp_path: Path, school, pupil, live_server) -> Iterator[Page]:
    width, scripts = request.param
    with open_browser(chromium, tmp_path, width=width, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.set_default_timeout(8000)
        page.home, page.scripts, page.width = live_server.url, scripts, width
        yield page


def sign_in(page: Page, user: User, path: str) -> None:
    page.goto(f"{page.home}/account/login/?next={path}")
    page.locator("#id_login").fill(user.email)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def passes(page: Page, heading: str) -> None:
    assert page.locator("h1").inner_text() == heading
    assert "Zanderby" not in page.content()
    if page.scripts:
        assert faults_of(page) == []


def test_the_data_protection_lead_sees_who_looked_at_one_pupil(
    page: Page, school: School, pupil: Pupil
) -> None:
    lead = a_person(school, Role.DATA_PROTECTION_LEAD, name="Dee Lead")
    sign_in(page, lead, f"/s/{school.urn}/settings/looks/")
    passes(page, "Looks and changes")
    assert page.get_by_text("1 to 25 of 32").is_visible()
    page.get_by_text("and 21 more").first.click()
    passes(page, "Looks and changes")

    page.get_by_role("link", name="Find one pupil by UPN").click()
    passes(page, "Who looked at one pupil?")
    page.get_by_label("The pupil’s UPN").fill(upn_check_letter(NOBODYS) + NOBODYS)
    page.get_by_role("button", name="Show who looked").click()
    assert (
        page.locator(".govuk-error-summary").get_by_text("No pupil of this school has this UPN").is_visible()
    )
    passes(page, "Who looked at one pupil?")
    page.get_by_label("The pupil’s UPN").fill(pupil.upn)
    page.get_by_role("button", name="Show who looked").click()
    passes(page, "Looks and changes")
    assert pupil.upn not in page.url
    assert page.locator("tbody tr").count() == 2

    with page.expect_download() as download:
        page.get_by_role("button", name="Download this list (CSV)").click()
    rows = list(csv.reader(download.value.path().read_text("utf-8-sig").splitlines()))
    assert [row[3] for row in rows] == ["Pupils", str(pupil.pk), str(pupil.pk)]
    assert LedgerRow.objects.get(verb="looks-exported").actor_id == lead.pk

    page.get_by_role("link", name="Changes", exact=True).click()
    passes(page, "Looks and changes")
    assert page.get_by_text("Onroll itself: took a pupil off Watch").is_visible()
    assert page.get_by_text("Dee Lead: downloaded the list of looks").is_visible()
    page.get_by_role("link", name=f"Remove Pupil {pupil.pk}").click()
    assert page.locator("tbody tr").count() == 3
    assert Look.objects.count() == 32


def test_an_administrator_sees_how_the_system_is(page: Page, school: School) -> None:
    sign_in(page, a_person(school, Role.ADMINISTRATOR), f"/s/{school.urn}/people/")
    page.locator(".onroll-account__summary").click()
    page.get_by_role("link", name="System health").click()
    passes(page, "System health")
    assert page.get_by_text("Never seen").is_visible()
    assert page.get_by_text("Look at this").count() == 5  # worker, head, unsealed looks, round, backup
