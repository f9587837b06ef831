"""The family's link: one statement, one person, no scripts, nothing that stays behind."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onroll.pages.statements.public import AT_MOST
from onroll.records.cases.models import Receipt, StatementLink
from tests.support.told import told
from tests.support.walkers import a_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return told(began=timezone.localdate() - timedelta(days=14))


@pytest.fixture
def statement(case):
    return case.issue(on=timezone.localdate(), at=timezone.now())


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    cache.clear()


@pytest.fixture
def address(case, statement):
    return reverse("statement:show", args=[case.link(statement, at=timezone.now()).token])


def test_the_family_reads_and_answers(client, address, django_assert_max_num_queries):
    client.get(address)  # the first opening is written down
    with django_assert_max_num_queries(12):
        text = client.get(address).content.decode()
    assert "Who is responsible for your child’s education" in text
    assert "This is for <strong>Pat Zanderby</strong>" in text
    assert "Quillon" not in text
    assert "<script" not in text.partition("<main")[2]
    assert StatementLink.objects.get().first_opened_at is not None
    answer = client.post(address, {"message": "Thank you"}, follow=True)
    assert answer.status_code == 410
    assert "There is nothing more to do." in answer.content.decode()
    assert Receipt.objects.get().note == "Thank you"


def test_an_answer_given_twice_is_kept_once(client, address):
    for _ in range(2):
        client.post(address, {"message": ""})
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize("token", ["x" * 43, "wrong", "%00", "..", "a" * 2000])
def test_a_guess_finds_nothing_and_leaves_nothing(client, address, token):
    for ask in (client.get, client.post):
        answer = ask(f"/statement/{token}/")
        assert answer.status_code == 404
        assert "Pat" not in answer.content.decode()
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("state", ["open", "gone", "guessed"])
def test_no_cache_search_engine_or_next_page_learns_of_it(client, address, state):
    if state == "gone":
        client.post(address, {})
    answer = client.get("/statement/guess/" if state == "guessed" else address)
    if state != "guessed":
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert 'name="robots" content="noindex' in answer.content.decode()
        assert answer["Referrer-Policy"] == "strict-origin"  # no address, not even to our own pages
    assert "sessionid" not in answer.cookies


def test_after_its_end_it_says_what_to_do_and_shows_nothing(client, case, statement):
    link = case.link(statement, at=timezone.now() - timedelta(days=15))
    answer = client.get(reverse("statement:show", args=[link.token]))
    text = answer.content.decode()
    assert answer.status_code == 410
    assert "You have done nothing wrong." in text
    assert "ask for a new link, or for the page on paper" in text
    assert "your child" not in text


def test_staff_cannot_answer_for_a_parent(case, address):
    staff = a_client(case.amina)
    assert "This link is for the family" in staff.get(address).content.decode()
    staff.post(address, {"message": "As if I were Pat"})
    assert not Receipt.objects.exists()
    assert StatementLink.objects.get().first_opened_at is None


def test_whoever_asks_too_often_waits(client, address):
    answers = [client.get("/statement/guess/").status_code for _ in range(AT_MOST + 1)]
    assert answers[-1] == 429
    assert set(answers[:-1]) == {404}
    assert client.get(address).status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.7").get(address).status_code == 200


def test_a_form_from_elsewhere_is_not_taken(address):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address, {"message": ""}).status_code == 403
    assert not Receipt.objects.exists()
