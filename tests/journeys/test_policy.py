"""The policy in a real browser: a mark opens the pupils behind it; a stranger reads the public page and its PDF."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from onroll.actions.change import change
from onroll.actions.duties.refresh import refresh_cases, refresh_school
from onroll.domain.permissions import Role
from onroll.records.ledger.models import Look
from onroll.records.schools.models import School
from tests.journeys.test_today import FIRST, MONDAY, passes, sign_in
from tests.pages.gallery.browser import open_browser
from tests.support.cast import NOW, a_case, a_person, a_pupil, a_school, actor
from tests.support.papers import inside
from tests.support.policies import a_draft, in_force
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "Pupils with health needs who cannot attend school"


@pytest.fixture(autouse=True)
def _on_a_monday(settings, monkeypatch):
    settings.ONROLL_SECOND_FACTOR = False
    monkeypatch.setattr(
        timezone, "localdate", lambda value=None, *_: MONDAY if value is None else value.date()
    )


@pytest.fixture
def school() -> School:
    """A version in force, the next a draft; two cases on which nothing was done, as the engine judges them."""
    school = with_policy(a_school())
    clerk = actor(a_person(school, Role.CLERK, name="Cleo Minton"))
    in_force(clerk, school)
    a_draft(clerk, school)
    pupils = [a_pupil(school, "Quillon", "Zanderby"), a_pupil(school, "Wren", "Zanderby-Hale")]
    cases = [a_case(pupil, opened_on=date(2026, 11, 9)) for pupil in pupils]
    with change(None, "swept", NOW, school_id=school.pk):
        refresh_cases([case.pk for case in cases], on=MONDAY, at=NOW)
        refresh_school(school.pk, on=MONDAY, at=NOW)
    return school


@pytest.fixture(params=[(1280, True), (390, True), (390, False)], ids=["wide", "narrow", "without scripts"])
def page(request, chromium: str, tmp_path: Path, school: School, live_server) -> Iterator[Page]:
    width, scripts = request.param
    with open_browser(chromium, tmp_path / "profile", width=width, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.set_default_timeout(8000)
        page.scripts, page.home, page.room = scripts, live_server.url, f"{live_server.url}/s/{school.urn}"
        yield page


def test_a_mark_in_the_margin_opens_the_pupils_behind_it(page: Page, school: School) -> None:
    deputy = a_person(school, Role.DEPUTY_HEAD, name="Dee Head")
    sign_in(page, deputy, f"/s/{school.urn}/policy/")
    passes(page, TITLE)
    page.get_by_role("link", name=f"3.1.b {FIRST}").click()  # from what is late, to its paragraph
    assert page.url.endswith("#p-3.1.b")
    page.locator("[id='p-3.1.b']").get_by_role("link", name="2 overdue").click()
    passes(page, FIRST)
    expect(page.get_by_text("Overdue for 2 pupils.")).to_be_visible()
    assert Look.objects.filter(page="policy-behind", actor_id=deputy.pk).count() == 1
    page.get_by_role("link", name="Wren Zanderby-Hale").click()
    passes(page, "Wren Zanderby-Hale")
    assert "/cases/" in page.url
    page.go_back()
    page.get_by_role("link", name="Back to the policy").click()
    assert page.url.endswith("/policy/#p-3.1.b")


def test_a_governor_reads_the_same_document_and_says_so_once(page: Page, school: School) -> None:
    governor = a_person(school, Role.GOVERNOR, name="Gus Vernor")
    sign_in(page, governor, f"/s/{school.urn}/policy/")
    passes(page, TITLE)
    margin = page.locator("[id='p-3.1.b']")
    expect(margin).to_contain_text("Fewer than 5 overdue")
    expect(margin.get_by_role("link")).to_have_count(0)
    page.get_by_role("button", name="I have read the policy").click()
    expect(page.get_by_text("It is on record that you have read version 2026.")).to_be_visible()
    expect(page.get_by_role("button", name="I have read the policy")).to_have_count(0)
    passes(page, TITLE)


def test_a_stranger_reads_the_public_page_and_takes_the_pdf(page: Page, school: School) -> None:
    page.goto(f"{page.home}/policy/{school.urn}/")
    passes(page, TITLE)
    assert page.context.cookies() == []
    main = page.locator("main").inner_text()
    assert [
        word for word in ("overdue", "Overdue", "Zanderby", "Not yet recorded", "2027.") if word in main
    ] == []
    link = page.get_by_role("link", name="Read it as a PDF")
    found = inside(page.request.get(f"{page.home}{link.get_attribute('href')}").body())
    assert (found.title, found.tagged, found.ua_part) == (TITLE, True, "1")


def test_it_prints_without_what_is_only_for_the_screen(page: Page, school: School) -> None:
    deputy = a_person(school, Role.DEPUTY_HEAD, name="Dee Head")
    sign_in(page, deputy, f"/s/{school.urn}/policy/")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="I have read the policy")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Contents")).to_be_hidden()
    expect(page.locator(".onroll-margin__way").first).to_be_hidden()
    expect(page.locator("[id='p-3.1.b']")).to_contain_text("2 overdue")
