"""What happens on a case, in a real browser: on both screens, and without scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from onroll.domain.permissions import Role
from onroll.records.base import pen
from onroll.records.cases.models import Case, ContactMade, FamilyMember
from onroll.records.people.models import User
from onroll.records.schools.models import School
from tests.pages.gallery.browser import faults_of, open_browser
from tests.support.cast import NOW, PASSWORD, a_person, a_school, actor
from tests.support.entries import PDF
from tests.support.timelines import a_full_case

pytestmark = pytest.mark.django_db(transaction=True)
DATES = ("day", "month", "year")


@pytest.fixture(autouse=True)
def _house(settings, tmp_path):
    settings.ONROLL_SECOND_FACTOR = False
    settings.UPLOAD_DIR, settings.INCOMING_DIR = tmp_path / "uploads", tmp_path / "incoming"


@pytest.fixture
def school() -> School:
    return a_school()


@pytest.fixture
def leader(school: School) -> User:
    return a_person(school, Role.PROGRESS_LEADER, name="Carys Webb")


@pytest.fixture
def case(school: School, leader: User) -> Case:
    """Something of every kind has happened; the mother is the one to ring."""
    case = a_full_case(school, actor(leader), surname="Zanderby")
    with pen():
        FamilyMember.objects.create(
            pupil=case.pupil, school=school, name="Ann Zanderby", relationship="mother",
            parental_responsibility=True, happened_on=NOW.date(), recorded_at=NOW,
        )  # fmt: skip
    return case


@pytest.fixture(params=[(1280, True), (390, True), (390, False)], ids=["wide", "narrow", "without scripts"])
def page(request, chromium: str, tmp_path: Path, case: Case, leader: User, live_server) -> Iterator[Page]:
    width, scripts = request.param
    with open_browser(chromium, tmp_path / "profile", width=width, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.set_default_timeout(8000)
        page.scripts, page.width = scripts, width
        page.goto(f"{live_server.url}/account/login/?next=/s/{case.school.urn}/cases/{case.pk}/timeline/")
        page.locator("#id_login").fill(leader.email)
        page.locator("#id_password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        yield page


def passes(page: Page, heading: str) -> None:
    expect(page.locator("h2").filter(has_text=heading).first).to_be_visible()
    assert "Zanderby" not in page.title()
    assert "Zanderby" not in page.url
    if page.scripts:
        assert faults_of(page) == []


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()


def test_a_call_is_recorded_in_three_steps(page: Page) -> None:
    page.get_by_role("button", name="Record a contact").click()  # 1
    passes(page, "Record a contact")
    assert page.locator("#id_who option:checked").inner_text().startswith("Ann Zanderby (mother")
    page.get_by_label("What was said?").fill("Sleeping through, wants to see her friends.")  # 2
    save(page)  # 3
    expect(page.get_by_text("Contact recorded.")).to_be_visible()
    passes(page, "Timeline")
    line = page.locator(".onroll-timeline__item").first
    assert "Phone call with Ann Zanderby: spoke" in line.inner_text()
    row = ContactMade.objects.latest("pk")
    assert (row.with_parent, row.method, row.two_way) == (True, "phone", True)


def test_a_mistake_is_shown_where_it_is_folded_away(page: Page) -> None:
    page.get_by_role("button", name="Record a contact").click()
    page.get_by_text("Today, made by you, for everybody on the case: change this").click()
    page.locator("#id_happened_on_2").fill("2099")
    page.get_by_label("What was said?").fill("All well.")
    save(page)
    passes(page, "Record a contact")
    expect(page.get_by_role("alert")).to_contain_text("This day has not come yet")
    expect(page.locator("#id_happened_on_2")).to_be_visible()
    expect(page.get_by_label("What was said?")).to_have_value("All well.")
    page.locator("#id_happened_on_2").fill("2026")
    save(page)


def test_a_decision_is_recorded_corrected_and_withdrawn(page: Page) -> None:
    page.get_by_role("link", name="Record a decision").click()
    passes(page, "Record a decision")
    for question, answer in (
        ("What was the question?", "Shall lessons begin at home?"),
        ("What was decided?", "Yes, from Monday"),
        ("Why?", "She asked for it"),
    ):
        page.get_by_label(question).fill(answer)
    save(page)
    page.get_by_role("link", name="Decision: Shall lessons begin at home?").click()
    passes(page, "Decision: Shall lessons begin at home?")
    page.get_by_role("button", name="Correct it").click()
    passes(page, "Correct: Decision")
    page.get_by_label("What was decided?").fill("Yes, from Tuesday")
    save(page)
    passes(page, "Decision: Shall lessons begin at home?")
    expect(page.get_by_text("Yes, from Tuesday")).to_be_visible()
    page.get_by_role("link", name="This corrects an earlier entry").click()
    expect(page.locator("del", has_text="Yes, from Monday")).to_be_visible()
    passes(page, "Decision")
    page.get_by_role("link", name="Open the entry that stands in its place").click()
    page.get_by_role("button", name="Withdraw it").click()
    passes(page, "Withdraw:")
    page.get_by_label("Why is this entry withdrawn?").fill("It was another child")
    page.get_by_role("button", name="Withdraw it").click()
    passes(page, "Timeline")
    expect(page.get_by_text("It was another child")).to_be_visible()
    assert page.locator("del", has_text="Shall lessons begin at home?").count() == 2


def test_a_document_goes_up_and_comes_down(page: Page, tmp_path: Path) -> None:
    letter, program = tmp_path / "letter.pdf", tmp_path / "plan.pdf"
    letter.write_bytes(PDF)
    program.write_bytes(b"MZ\x90\x00" * 20)
    page.get_by_role("link", name="Add a document").click()
    passes(page, "Add a document")
    page.get_by_label("What is it?").fill("Discharge letter")
    page.get_by_label("Which file?").set_input_files(program)
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("This kind of file is not taken")
    passes(page, "Add a document")
    expect(page.get_by_label("What is it?")).to_have_value("Discharge letter")
    page.get_by_label("Which file?").set_input_files(letter)
    save(page)
    page.get_by_role("link", name="Letter: Discharge letter").click()
    passes(page, "Letter: Discharge letter")
    with page.expect_download() as down:
        page.get_by_role("button", name="Download").click()
    assert Path(down.value.path()).read_bytes() == PDF
    assert down.value.suggested_filename.startswith("document-")


def test_words_are_found_without_standing_in_the_address(page: Page) -> None:
    if page.width < 600:
        page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Words in it").fill("sleeping")
    page.get_by_role("button", name="Apply filters").click()
    passes(page, "Timeline")
    assert "sleeping" not in page.url
    assert page.locator(".onroll-timeline__item").count() == 1
    page.get_by_role("link", name="Remove “sleeping”").click()
    assert page.locator(".onroll-timeline__item").count() == 9


def test_a_range_is_printed_on_a4(page: Page, tmp_path: Path) -> None:
    page.get_by_role("link", name="Print", exact=True).click()
    passes(page, "Print the timeline")
    for field, day in (("first", (1, 11, 2026)), ("last", (30, 11, 2026))):
        for number, part in enumerate(day):
            page.locator(f"#id_{field}_{number}").fill(str(part))
    page.get_by_role("button", name="Show the page").click()
    expect(page.get_by_role("heading", name="Robin Zanderby: timeline")).to_be_visible()
    expect(page.get_by_text("Printed by Carys Webb")).to_be_visible()
    assert page.get_by_role("navigation").count() == 0
    if page.scripts:
        assert faults_of(page) == []
    assert len(page.pdf(format="A4")) > 5000
