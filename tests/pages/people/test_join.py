"""Following an invitation's link in the browser."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from onroll.actions.people.accept import accept_as_new
from onroll.actions.people.ending import end_access
from onroll.actions.people.invite import invite, withdraw
from onroll.domain.people import Grant
from onroll.domain.permissions import Role
from onroll.queries.appointments import held, version_of
from onroll.records.ledger.models import LedgerRow
from onroll.records.people.models import User
from tests.support.cast import actor
from tests.support.sign_in import set_up_app, sign_in
from tests.support.totp import code_of

PASSWORD = "four words that differ"
BOTH = {"password": PASSWORD, "again": PASSWORD}


def send(house, *, email="noor@school.example", by=None, school=None, ago=timedelta(0), role=Role.SENCO):
    return invite(
        by or house.by,
        (school or house.school).pk,
        name="Noor Amin",
        email=email,
        grants=(Grant(role),),
        at=timezone.now() - ago,
    )


def open_link(sent, client=None) -> str:
    return (client or Client()).get(f"/join/{sent.token}/").content.decode()


def test_a_new_person_chooses_a_password_and_is_in(house):
    sent = send(house)
    page = open_link(sent)
    assert all(
        words in page for words in ("Join Elm Grove School", "Noor Amin", "SENCO", "noor@school.example")
    )
    client = Client()
    answer = client.post(f"/join/{sent.token}/", BOTH)
    assert answer.url == f"/s/{house.school.urn}/"
    assert client.get("/account/sessions/").status_code == 200
    assert list(LedgerRow.objects.order_by("number").values_list("verb", flat=True))[-2:] == [
        "invitation-accepted",
        "signed-in",
    ]


@pytest.mark.django_db(transaction=True)  # the library tells of a new second step after the commit
def test_a_role_that_needs_it_goes_on_to_the_second_step_without_being_asked_again(house, settings):
    settings.ONROLL_SECOND_FACTOR = True
    client = Client()
    answer = client.post(f"/join/{send(house).token}/", BOTH, follow=True)
    assert answer.redirect_chain[-1][0] == "/account/second-step/"
    assert client.get("/account/2fa/app/").status_code == 200
    set_up_app(client)
    assert client.get("/account/second-step/go-on/").url == f"/s/{house.school.urn}/"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        pytest.param(
            {"password": PASSWORD, "again": "other words"}, "The two passwords differ", id="typed wrongly"
        ),
        pytest.param({"password": "short", "again": "short"}, "too short", id="short"),
        pytest.param(
            {"password": "noor amin 12", "again": "noor amin 12"}, "too similar", id="one's own name"
        ),
        pytest.param({"password": ""}, "Enter a password", id="none"),
    ],
)
def test_a_password_is_asked_for_twice_and_held_to_the_rules(house, words, error):
    sent = send(house)
    page = Client().post(f"/join/{sent.token}/", words).content.decode()
    assert error in page
    assert not User.objects.filter(email="noor@school.example").exists()


def used(house, sent):
    accept_as_new(sent.token, password=PASSWORD, at=timezone.now())


@pytest.mark.parametrize(
    ("ago", "spoil", "words"),
    [
        pytest.param(timedelta(0), used, "It has been used", id="used"),
        pytest.param(timedelta(days=7), None, "these are over", id="ran out"),
        pytest.param(
            timedelta(0),
            lambda house, sent: withdraw(house.by, house.school.pk, sent.id, at=timezone.now()),
            "It was withdrawn",
            id="withdrawn",
        ),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_over_says_so_and_what_to_do(house, ago, spoil, words, method):
    sent = send(house, ago=ago)
    if spoil:
        spoil(house, sent)
    users = User.objects.count()
    answer = getattr(Client(), method)(f"/join/{sent.token}/", BOTH)
    assert answer.status_code == 410
    assert words in answer.content.decode()
    assert "noor@" not in answer.content.decode()
    assert User.objects.count() == users


@pytest.mark.parametrize("token", ["x", "x" * 43, "../admin"])
def test_a_guessed_link_is_a_page_that_does_not_exist(house, token):
    send(house)
    assert Client().get(f"/join/{token}/").status_code == 404


def test_the_page_of_a_link_is_kept_by_nobody(house):
    answer = Client().get(f"/join/{send(house).token}/")
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"


def test_who_has_an_account_signs_in_and_adds_the_school(house):
    sent = send(house, email=house.leader.email, by=actor(house.stranger), school=house.elsewhere)
    page = open_link(sent)
    assert "Sign in with it" in page
    assert f"/account/login/?next=/join/{sent.token}/" in page
    assert Client().post(f"/join/{sent.token}/", BOTH).status_code == 200  # a password opens nothing here
    client = sign_in(house.leader)
    assert "added to the account" in open_link(sent, client)
    answer = client.post(f"/join/{sent.token}/")
    assert answer.url == f"/s/{house.elsewhere.urn}/"
    assert set(actor(house.leader).school_ids()) == {house.school.pk, house.elsewhere.pk}


def test_whoever_else_is_signed_in_is_told_so_and_adds_nothing(house):
    sent = send(house)
    client = sign_in(house.governor)
    assert "signed in as somebody else" in open_link(sent, client)
    client.post(f"/join/{sent.token}/", BOTH)
    assert not User.objects.filter(email="noor@school.example").exists()
    assert actor(house.governor).school_ids() == (house.school.pk,)


def test_a_returning_person_is_asked_for_the_second_step_that_they_have(house):
    """The link shows who reads the e-mail; it does not take the place of a second step."""
    secret = set_up_app(sign_in(house.leader))
    version = version_of(held(house.school.pk, house.leader.pk))
    end_access(house.by, house.school.pk, house.leader.pk, seen=version, at=timezone.now())
    sent = send(house, email=house.leader.email, by=actor(house.stranger), school=house.elsewhere)
    client = Client()
    assert client.post(f"/join/{sent.token}/", BOTH).url == "/account/2fa/authenticate/"
    assert client.get("/account/sessions/").status_code == 302
    answer = client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert answer.url == f"/s/{house.elsewhere.urn}/"
