"""The people round a case with a real browser, on both screens: the family, cover, siblings; and a death."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from onroll.domain.permissions import Role
from onroll.records.cases.models import FamilyMember, Member
from onroll.records.pupils.models import Death
from tests.pages.gallery.browser import faults_of, open_browser
from tests.support.cast import PASSWORD, a_person, a_pupil
from tests.support.circles import Circle, a_circle, a_contact

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def circle(settings) -> Circle:
    settings.ONROLL_SECOND_FACTOR = False
    circle = a_circle()
    a_contact(circle.pupil, relationship="Mother", email="pat@home.example")
    a_contact(circle.pupil, "Sal Zanderby", relationship="Father", phone="01632 960001", priority=2)
    a_contact(a_pupil(circle.school, "Sia", "Zanderby"), relationship="Mother")
    a_person(circle.school, Role.PROGRESS_LEADER, name="Cass Dorn")
    return circle


@pytest.fixture(params=[1280, 390], ids=["wide", "narrow"])
def page(request, chromium: str, tmp_path: Path, circle, live_server) -> Iterator[Page]:
    with open_browser(chromium, tmp_path / "browser", width=request.param) as context:
        page = context.new_page()
        case = f"/s/{circle.school.urn}/cases/{circle.case.pk}/people/"
        page.goto(f"{live_server.url}/account/login/?next={case}")
        page.locator("#id_login").fill(circle.hedy.email)
        page.locator("#id_password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        yield page


def passes(page: Page, words: str) -> None:
    assert words in page.locator("main").inner_text()
    assert faults_of(page) == []


def fill_day(page: Page, day: str, month: str, year: str, *, which: int = 0) -> None:
    for label, part in (("Day", day), ("Month", month), ("Year", year)):
        page.get_by_label(label, exact=True).nth(which).fill(part)


def test_the_people_round_a_case(page, circle):
    passes(page, "The roll names Pat Zanderby (mother), Sal Zanderby (father)")
    page.get_by_role("button", name="Take over from the roll").click()
    passes(page, "Taken over from the roll")
    assert page.get_by_role("link", name="07700 900123").get_attribute("href") == "tel:07700900123"
    page.get_by_role("link", name="Change what is known of Sal Zanderby").click()
    passes(page, "Change what is known of Sal Zanderby")
    page.get_by_label("Do not contact this person").check()
    page.get_by_role("button", name="Save").click()
    passes(page, "Enter why this person must not be contacted")
    page.get_by_label("If they must not be contacted, why?").fill("A court order of May 2026")
    page.get_by_role("button", name="Save").click()
    passes(page, "Do not contact Sal Zanderby. A court order of May 2026")
    assert page.get_by_role("link", name="01632 960001").count() == 0
    page.get_by_role("link", name="Look for brothers and sisters").click()
    passes(page, "the same telephone number")
    page.get_by_role("button", name="Confirm Sia Zanderby").click()
    passes(page, "Sia Zanderby")
    page.get_by_role("link", name="Add a professional").click()
    passes(page, "Add a professional")
    page.get_by_label("Which agency or service?").fill("Hospital school")
    page.get_by_role("button", name="Add", exact=True).click()
    passes(page, "Hospital school")
    page.get_by_role("link", name="Add somebody to the team").click()
    passes(page, "Who joins the team, and in which role?")
    page.get_by_label("Who joins the team, and in which role?").select_option(
        label="Ada Moss, Designated Safeguarding Lead"
    )
    page.get_by_role("button", name="Add to the team").click()
    passes(page, "Ada Moss, Designated Safeguarding Lead")
    assert FamilyMember.objects.standing().count() == 2


def test_somebody_is_away_and_hands_over(page, circle):
    page.get_by_role("link", name="Who is away, and hand cases over").click()
    passes(page, "Nobody is away")
    page.get_by_role("button", name="Record days away").click()
    passes(page, "Who is away?")
    page.get_by_label("Who is away?").select_option(label="Amina Yusuf (Progress Leader)")
    fill_day(page, "1", "1", "2099", which=1)
    page.get_by_label("Who stands in?").select_option(label="Bea Lund (Progress Leader)")
    page.get_by_role("button", name="Record the days away").click()
    passes(page, "Enter a day within 400 days of the first")
    fill_day(page, "1", "3", "2027", which=1)
    page.get_by_role("button", name="Record the days away").click()
    passes(page, "Bea Lund stands in")
    page.get_by_role("link", name=re.compile("^Amina Yusuf")).click()
    passes(page, "Hand over what Amina Yusuf holds")
    page.get_by_label("Who takes it over?").select_option(label="Cass Dorn (Progress Leader)")
    page.get_by_role("button", name="Hand over").click()
    passes(page, "Handed over on 1 case")
    assert Member.objects.standing().get(until_on=None).user.name == "Cass Dorn"


def test_a_death_is_recorded_and_taken_back(page, circle):
    page.goto(page.url.split("/cases/")[0] + f"/pupils/{circle.pupil.pk}/")
    page.get_by_role("link", name="Record that this pupil has died").click()
    passes(page, "We are sorry that you have to record this")
    fill_day(page, "20", "11", "2026")
    page.get_by_role("button", name="Continue").click()
    passes(page, "Is this right?")
    page.get_by_role("button", name="Confirm").click()
    passes(page, "died on Friday 20 November 2026")
    page.get_by_role("link", name="Who recorded this").click()
    passes(page, "Recorded by Hedy Marsh")
    page.get_by_text("This was recorded by mistake").click()
    page.get_by_label("Why was it wrong?").fill("Another pupil of that name")
    page.get_by_role("button", name="Take the record back").click()
    passes(page, "The record is taken back")
    assert not Death.objects.standing().exists()
