"""The policy as everybody may read it: published versions alone, for strangers, and nothing about how it is kept."""

import ast
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onroll.actions.policy.keeping import Officer, confirm_officer
from onroll.actions.policy.steps import publish, record_approval, record_review, send_to_governors
from onroll.domain.permissions import Role
from onroll.records.schools.models import School
from tests.support.cast import NOW, a_case, a_person, a_pupil, a_school, actor
from tests.support.owed import a_finding
from tests.support.papers import inside
from tests.support.policies import TODAY, a_draft, in_force
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db
NAME, POST = "Petra Oakes", "Head of inclusion"
ABOUT_KEEPING = (
    "Overdue",
    "overdue",
    "Missed",
    "Not yet recorded",
    "Progress Leader speaks with",
    "Held by",
    "Draft",
)


@pytest.fixture
def school() -> School:
    return with_policy(a_school())


@pytest.fixture
def clerk(school):
    return actor(a_person(school, Role.CLERK, name="Cleo Minton"))


@pytest.fixture
def reader() -> Client:
    """Nobody in particular."""
    return Client()


def address(school: School, part: str = "") -> str:
    return f"/policy/{school.urn}/{part}"


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def next_in_force(clerk, school: School, version: str = "2027") -> None:
    """Take the next version through every step."""
    row = a_draft(clerk, school, version)
    when = {"on": TODAY, "at": NOW}
    record_review(clerk, school.pk, row, reviewed_on=TODAY, **when)
    send_to_governors(clerk, school.pk, row, sent_on=TODAY, **when)
    record_approval(clerk, school.pk, row, meeting_on=TODAY, minute="FGB 26/9", **when)
    publish(clerk, school.pk, row, published_on=TODAY, **when)


# ---------------------------------------------------------------- what is there, and what is not


@pytest.mark.parametrize("part", ["", "2026/", "2026/policy.pdf", "2027/", "2027/policy.pdf"])
def test_while_nothing_is_published_there_is_nothing(school, clerk, reader, part):
    a_draft(clerk, school)
    assert reader.get(address(school, part)).status_code == 404


def test_a_school_that_does_not_exist_is_answered_like_one_that_published_nothing(school, reader):
    ours, none = reader.get(address(school)), reader.get("/policy/999999/")
    assert (ours.status_code, ours.content) == (none.status_code, none.content) == (404, ours.content)


def test_a_stranger_reads_the_document_and_what_the_governors_did(school, clerk, reader):
    in_force(clerk, school)
    shown = text(reader.get(address(school)))
    for words in (
        "Pupils with health needs who cannot attend school",
        "The pupil’s Progress Leader is the first to speak with the parents.",
        "29 January 2026",
        "29 January 2027",
        "Full governing board",
        "Says what DART stands for",
        "Accessibility plan",
    ):
        assert words in shown


def test_what_is_on_its_way_is_not_told(school, clerk, reader):
    in_force(clerk, school)
    a_draft(clerk, school)
    assert "2027/" not in text(reader.get(address(school)))
    assert "Cites the guidance of 2024" not in text(reader.get(address(school)))
    assert reader.get(address(school, "2027/")).status_code == 404


def test_an_older_version_keeps_its_address_and_says_that_it_is_older(school, clerk, reader):
    in_force(clerk, school)
    before = text(reader.get(address(school, "2026/")))
    next_in_force(clerk, school)
    older, now = text(reader.get(address(school, "2026/"))), text(reader.get(address(school)))
    assert "This is an older version" not in before
    assert "This is an older version" in older
    assert "Cites the guidance of 2024" not in older
    assert "Cites the guidance of 2024" in now
    assert f'href="/policy/{school.urn}/2026/"' in now
    assert reader.get(address(school, "2026/policy.pdf")).status_code == 200


# ---------------------------------------------------------------- what can never be there


def test_no_child_and_no_state_reaches_it(school, clerk, reader):
    in_force(clerk, school)
    a_finding(school, a_case(a_pupil(school, "Quillon", "Zanderby")), due_on=date(2026, 11, 2))
    for part in ("", "2026/"):
        shown = text(reader.get(address(school, part)))
        assert [word for word in ("Quillon", "Zanderby", *ABOUT_KEEPING) if word in shown] == []


def test_the_room_reads_the_public_query_alone():
    """So that nothing about a child can be shown here by a slip: pages/public may ask one query, and no door."""
    room = Path(__file__).parents[2] / "src/onroll/pages/public"
    asked = {
        node.module
        for file in room.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("onroll.queries")
    }
    assert asked == {"onroll.queries.policy.public", "onroll.queries.paper"}


@pytest.mark.parametrize(
    ("public", "told"),
    [(False, []), (True, [NAME, "p.oakes@council.example", "01225 000000"])],
    ids=["kept", "shown"],
)
def test_the_officer_is_named_only_where_the_school_says_so(school, clerk, reader, public, told):
    in_force(clerk, school)
    officer = Officer(
        post=POST, name=NAME, phone="01225 000000", email="p.oakes@council.example", contact_public=public
    )
    confirm_officer(clerk, school.pk, officer, confirmed_on=TODAY, on=TODAY, at=NOW)
    shown = text(reader.get(address(school)))
    assert POST in shown
    assert [one for one in (NAME, "p.oakes@council.example", "01225 000000") if one in shown] == told
    assert "Cleo Minton" not in shown  # who confirmed it is the school's affair


# ---------------------------------------------------------------- for machines and caches


def test_the_page_is_the_same_for_everybody_and_sets_nothing(school, clerk, reader):
    in_force(clerk, school)
    signed_in = Client()
    signed_in.force_login(a_person(school, Role.HEADTEACHER))
    nobody, head = reader.get(address(school)), signed_in.get(address(school))
    assert nobody.content == head.content
    assert nobody.headers["Cache-Control"] == "public, max-age=300"
    assert not nobody.cookies
    assert b"noindex" not in nobody.content
    assert b"csrf" not in nobody.content


def test_it_costs_few_queries_and_is_light(school, clerk, reader):
    in_force(clerk, school)
    reader.get(address(school))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = reader.get(address(school))
    assert len(asked) <= 12
    assert len(answer.content) < 60_000


def test_it_takes_nothing(school, clerk, reader):
    in_force(clerk, school)
    assert reader.post(address(school)).status_code == 405


# ---------------------------------------------------------------- on paper


def test_the_pdf_tells_a_screen_reader_what_it_is(school, clerk, reader):
    in_force(clerk, school)
    answer = reader.get(address(school, "2026/policy.pdf"))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'inline; filename="policy-{school.urn}-2026.pdf"'
    found = inside(answer.content)
    assert (found.language, found.tagged, found.shows_title, found.ua_part) == ("en-GB", True, True, "1")
    assert found.title == "Pupils with health needs who cannot attend school"
    assert found.headings[0] == "H1"
    assert found.headings.count("H2") == 11  # eight sections; guidance, linked policies, amendments
    assert found.tags.count("P") >= 40
    assert found.tags.count("Table") == 2
    assert "TH" in found.tags


def test_the_pdf_is_made_once_for_each_state_of_the_policy(school, clerk, reader, monkeypatch):
    in_force(clerk, school)
    made = []
    monkeypatch.setattr("onroll.pages.public.paper.render", lambda name, data: made.append(name) or b"%PDF")
    for _ in range(3):
        reader.get(address(school, "2026/policy.pdf"))
    assert len(made) <= 1
    confirm_officer(clerk, school.pk, Officer(post=POST), confirmed_on=TODAY, on=TODAY, at=NOW)
    assert reader.get(address(school, "2026/policy.pdf")).content == b"%PDF"


def test_who_asks_for_the_pdf_without_end_is_slowed(school, clerk, reader, monkeypatch):
    in_force(clerk, school)
    monkeypatch.setattr("onroll.pages.public.views.AT_MOST", 1)
    answers = [reader.get(address(school, "2026/policy.pdf")).status_code for _ in range(3)]
    assert answers == [200, 429, 429]
