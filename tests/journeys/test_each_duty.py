"""Every duty that Onroll judges: raised on Today, met by a person through its one button, and seen to be met.

It is seen on Today, on the policy page and, where it is about a pupil, on the case.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from onroll.actions.duties.sweep import sweep_school
from onroll.domain.duties import EVALUATORS
from onroll.domain.packs.reading import read_pack
from onroll.domain.permissions import Role
from onroll.queries.packs import shipped
from onroll.records.base import pen
from onroll.records.cases.models import Arrangement, Case, FamilyMember, Understanding
from onroll.records.pupils.models import MissingFromRoll
from onroll.records.schools.models import School
from tests.pages.gallery.browser import faults_of, open_browser
from tests.support.cast import NOW, PASSWORD, a_case, a_member, a_person, a_pupil, a_school
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = date(2026, 11, 23)
EVERYBODY = (Role.PROGRESS_LEADER, Role.DEPUTY_HEAD, Role.HEADTEACHER, Role.CLERK)


@dataclass
class World:
    """A school with one open case, and one person who is everybody."""

    school: School
    case: Case


@pytest.fixture(autouse=True)
def _on_a_monday(settings, monkeypatch):
    settings.ONROLL_SECOND_FACTOR = False
    monkeypatch.setattr(
        timezone, "localdate", lambda value=None, *_: TODAY if value is None else value.date()
    )


@pytest.fixture
def world() -> World:
    school = with_policy(a_school())
    return World(school, a_case(a_pupil(school), opened_on=date(2026, 11, 9)))


@pytest.fixture
def page(world: World, chromium: str, tmp_path, live_server) -> Iterator[Page]:
    person = a_person(world.school, *EVERYBODY, name="Sam Everybody")
    for role in (Role.PROGRESS_LEADER, Role.HEADTEACHER):
        a_member(world.case, person, role)
    with open_browser(chromium, tmp_path / "browser", width=1280) as context:
        page = context.new_page()
        page.goto(live_server.url)
        page.locator("#id_login").fill(person.email)
        page.locator("#id_password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.set_default_timeout(10_000)
        yield page


# ---------------------------------------------------------------- what makes each one owed
def nothing(world: World) -> None:
    """It is owed from the start."""


def missing_from_a_roll(world: World) -> None:
    with pen():
        MissingFromRoll.objects.create(
            pupil=world.case.pupil, school=world.school, import_id=1, noticed_at=NOW
        )


def not_to_be_told(world: World) -> None:
    """The pupil is too young to be told, and the family is known: what is left is for the school to do."""
    with pen():
        kept = {"happened_on": date(2026, 11, 10), "recorded_at": NOW}
        Understanding.objects.create(case=world.case, understands=False, reason="Very young.", **kept)
        FamilyMember.objects.create(
            pupil=world.case.pupil,
            school=world.school,
            name="Pat Quill",
            relationship="Mother",
            parental_responsibility=True,
            **kept,
        )
    assert Arrangement.objects.filter(case=world.case).exists()


# ---------------------------------------------------------------- what a person does about each
def record_a_contact(page: Page) -> None:
    page.get_by_label("What was said?").fill("All is well as far as it can be.")
    page.get_by_role("button", name="Save").click()


def tell_everybody(page: Page) -> None:
    page.get_by_role("button", name="Read it and issue it").click()
    page.get_by_role("button", name="Issue the statement").click()
    page.get_by_role("button", name="I have read this").click()
    page.get_by_role("link", name="Record an answer").click()
    page.get_by_label("Pat Quill").check()
    page.get_by_role("radio", name="In a conversation").check()
    page.get_by_role("button", name="Save").click()


def say_still_here(page: Page) -> None:
    page.get_by_role("link", name="Missing from the roll").click()
    page.get_by_role("button", name="Still here").click()


def confirm_the_officer(page: Page) -> None:
    for label, words in (
        ("What is the post?", "Team manager"),
        ("In which service?", "Medical needs service"),
        ("Who holds it?", "Tamsin Oakley"),
        ("What is the telephone number?", "01632 960555"),
    ):
        page.get_by_label(label).fill(words)
    press_main(page)


def record_a_briefing(page: Page) -> None:
    page.get_by_label("Who gave it?").fill("Esther Cole")
    page.get_by_label("How many others attended?").fill("40")
    press_main(page)


def check_the_guidance(page: Page) -> None:
    for number in range(page.get_by_label("Yes, it is current").count()):
        page.get_by_label("Yes, it is current").nth(number).check()
    replaced = page.get_by_role("group").filter(has_text="Working together to improve school attendance")
    replaced.get_by_label("No, it has been replaced or withdrawn").last.check()
    press_main(page)


def check_the_links(page: Page) -> None:
    for number in range(page.get_by_label("Yes", exact=True).count()):
        page.get_by_label("Yes", exact=True).nth(number).check()
        group = page.get_by_role("group", name="What date does it carry?").nth(number)
        for label, value in (("Day", 1), ("Month", 9), ("Year", 2026)):
            group.get_by_label(label).fill(str(value))
    press_main(page)


def sign_the_months(page: Page) -> None:
    while page.get_by_label("Which month do you sign for?").count():
        page.get_by_label("What did you find, and what happens next?").fill("Every case was gone through.")
        press_main(page)


def press_main(page: Page) -> None:
    """The one green button of the form."""
    page.locator("main form .govuk-button:not(.govuk-button--secondary)").last.click()


@dataclass(frozen=True)
class Road:
    """How one duty comes to be owed, and how it is met."""

    duty: str
    raised: Callable[[World], None]
    met: Callable[[Page], None]
    of_case: bool = False


ROADS = (
    Road("parents-first-contact", nothing, record_a_contact, of_case=True),
    Road("responsibilities-understood", not_to_be_told, tell_everybody, of_case=True),
    Road("kept-on-roll", missing_from_a_roll, say_still_here, of_case=True),
    Road("la-officer-known", nothing, confirm_the_officer),
    Road("equality-duties-understood", nothing, record_a_briefing),
    Road("guidance-current", nothing, check_the_guidance),
    Road("linked-policies", nothing, check_the_links),
    Road("monitored", nothing, sign_the_months),
)


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.duty)
def test_it_is_raised_met_by_a_person_and_seen_to_be_met(road: Road, world: World, page: Page, live_server):
    road.raised(world)
    sweep_school(world.school.pk, on=TODAY, at=NOW)
    school = f"{live_server.url}/s/{world.school.urn}"
    title = title_of(road.duty)
    page.goto(f"{school}/policy/")
    mark = page.locator(".onroll-margin__duty").filter(has_text=title).locator(".onroll-mark")
    assert "met" not in " ".join(mark.all_inner_texts())

    page.goto(f"{school}/today/?of=school")
    line = page.locator(".onroll-duty").filter(has_text=title)
    line.locator(".govuk-button").click()
    assert faults_of(page) == []
    road.met(page)

    page.goto(f"{school}/today/?of=school")
    expect(line).to_have_count(0)
    page.goto(f"{school}/policy/")
    assert "met" in " ".join(mark.all_inner_texts()).lower()
    if road.of_case:
        page.goto(f"{school}/cases/{world.case.pk}/duties/")
        expect(page.locator(".onroll-duty").filter(has_text=title)).to_contain_text("Met")


def test_every_duty_that_is_judged_has_its_road():
    # One road meets these three: tests/journeys/test_policy_register.py goes it.
    by_the_version = {"policy-reviewed", "policy-approved", "policy-published"}
    assert {road.duty for road in ROADS} | by_the_version == set(EVALUATORS)


def title_of(duty: str) -> str:
    """What the shipped policy calls a duty."""
    text = next(one.text for one in shipped() if one.slug == "children-with-health-needs")
    found = read_pack(text).duty(duty)
    assert found is not None
    return found.title
