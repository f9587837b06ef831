"""A role that sees pupils needs a second step, before anything else."""

import os
import subprocess
import sys
import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from onroll.domain.permissions import ROLES, Role
from onroll.records.base import pen
from onroll.records.people.models import Appointment
from tests.support.cast import NOW, a_person, a_school
from tests.support.sign_in import APP, set_up_app, sign_in
from tests.support.totp import code_of

pytestmark = pytest.mark.django_db
# The library tells of a new second step after the commit, so these tests commit.
commits = pytest.mark.django_db(transaction=True)
SET_UP = "/account/second-step/"
ANYWHERE = "/account/sessions/"


@pytest.fixture(autouse=True)
def _needed(settings):
    settings.ONROLL_SECOND_FACTOR = True


@pytest.fixture
def school():
    return a_school()


@pytest.fixture
def leader(school):
    return a_person(school, Role.PROGRESS_LEADER, name="Carys Webb")


@pytest.mark.parametrize("role", Role)
def test_a_role_that_needs_a_second_step_gets_nowhere_without_one(school, role):
    answer = sign_in(a_person(school, role)).get(ANYWHERE)
    if ROLES[role].needs_second_factor:
        assert (answer.status_code, answer.url) == (302, SET_UP)
    else:
        assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/", "/account/password/change/", "/account/2fa/", "/account/2fa/codes/"])
def test_nothing_else_opens_before_it_is_set_up(leader, path):
    assert sign_in(leader).get(path).url == SET_UP


def test_nothing_is_changed_before_it_is_set_up(leader):
    client = sign_in(leader)
    answer = client.post(
        "/account/password/change/", {"oldpassword": "x", "password1": "y", "password2": "y"}
    )
    assert answer.url == SET_UP


@pytest.mark.parametrize("path", [SET_UP, APP, "/account/2fa/passkeys/add/", "/account/logout/"])
def test_setting_it_up_and_leaving_are_open(leader, path):
    assert sign_in(leader).get(path).status_code == 200


@commits
def test_afterwards_the_recovery_codes_are_shown_and_one_goes_where_one_was_going(leader, school):
    client = sign_in(leader)
    wanted = f"/s/{school.urn}/?from=a-bookmark"
    client.get(wanted)
    set_up_app(client)
    codes = client.get("/account/2fa/codes/")
    assert codes.content.decode().count("<code>") == 10
    assert client.get("/account/second-step/go-on/").url == wanted
    assert client.get("/account/second-step/go-on/").url == "/"
    assert client.get(ANYWHERE).status_code == 200


def test_after_a_sign_in_with_the_second_step_everything_opens(leader):
    secret = set_up_app(sign_in(leader))
    client = sign_in(leader)
    client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get(ANYWHERE).status_code == 200


def test_a_session_with_a_stolen_password_is_not_let_in_by_the_owners_second_step(leader):
    thief = sign_in(leader)
    set_up_app(sign_in(leader))
    answer = thief.get(ANYWHERE)
    assert (answer.status_code, answer.url) == (302, "/account/login/?next=%2Faccount%2Fsessions%2F")
    assert thief.get(ANYWHERE).url.startswith("/account/login/")  # signed out


@commits
@pytest.mark.parametrize("path", [APP, "/account/2fa/passkeys/add/"])
def test_a_session_with_a_stolen_password_cannot_add_a_second_step_of_its_own(leader, path):
    thief = sign_in(leader)
    a_passkey(leader)
    answer = thief.get(path)
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/account/login/")
    assert thief.post(path, {}).status_code == 302  # signed out
    assert Authenticator.objects.count() == 1


def test_a_role_given_later_asks_for_a_second_step_at_the_next_click(school):
    clerk = a_person(school, Role.CLERK)
    client = sign_in(clerk)
    assert client.get(ANYWHERE).status_code == 200
    with pen():
        Appointment.objects.create(user=clerk, school=school, role=Role.SENCO, began_at=NOW)
    assert client.get(ANYWHERE).url == SET_UP


def test_one_role_among_schools_is_enough(school, leader):
    with pen():
        Appointment.objects.create(user=leader, school=a_school(), role=Role.GOVERNOR, began_at=NOW)
        Appointment.objects.filter(user=leader, school=school).update(ended_at=NOW)
        Appointment.objects.create(user=leader, school=school, role=Role.HEADTEACHER, began_at=NOW)
    assert sign_in(leader).get(ANYWHERE).url == SET_UP


def test_the_demonstration_may_switch_it_off(leader, settings):
    settings.ONROLL_SECOND_FACTOR = False
    assert sign_in(leader).get(ANYWHERE).status_code == 200


def test_only_the_demonstration_may_switch_it_off():
    script = "from onroll.config import settings; print(settings.ONROLL_SECOND_FACTOR)"
    environment = {**os.environ, "ONROLL_ENV": "check", "ONROLL_SECOND_FACTOR": "no"}
    said = {
        demo: subprocess.run(
            [sys.executable, "-c", script],
            env={**environment, "ONROLL_DEMO": demo},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for demo in ("yes", "no")
    }
    assert said == {"yes": "False", "no": "True"}


# ---------------------------------------------------------------- the last second step stays


def a_passkey(user) -> Authenticator:
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": "laptop", "credential": {}})


@commits
def test_the_last_app_cannot_be_turned_off_while_a_role_needs_it(leader):
    client = sign_in(leader)
    set_up_app(client)
    answer = client.post("/account/2fa/app/remove/")
    assert "this is your only one" in answer.content.decode()
    assert Authenticator.objects.filter(type="totp").exists()


@commits
def test_the_last_passkey_cannot_be_removed_while_a_role_needs_it(leader):
    client = sign_in(leader)
    set_up_app(client)
    passkey = a_passkey(leader)
    Authenticator.objects.filter(type="totp").delete()
    answer = client.post(f"/account/2fa/passkeys/{passkey.pk}/remove/")
    assert answer.status_code == 409
    assert "this is your only one" in answer.content.decode()
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


@commits
@pytest.mark.parametrize("which", ["app", "passkey"])
def test_one_of_two_can_be_removed(leader, which):
    client = sign_in(leader)
    set_up_app(client)
    passkey = a_passkey(leader)
    path = "app" if which == "app" else f"passkeys/{passkey.pk}"
    assert client.post(f"/account/2fa/{path}/remove/").status_code == 302
    assert Authenticator.objects.exclude(type="recovery_codes").count() == 1


def test_who_needs_none_can_remove_the_last(school):
    clerk = a_person(school, Role.CLERK)
    client = sign_in(clerk)
    set_up_app(client)
    client.post("/account/2fa/app/remove/")
    assert not Authenticator.objects.exists()


def test_nobody_removes_somebody_elses_passkey(leader, school):
    passkey = a_passkey(leader)
    client = sign_in(a_person(school, Role.CLERK))
    assert client.post(f"/account/2fa/passkeys/{passkey.pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


@commits
def test_removing_a_passkey_asks_again_who_one_is(leader):
    client = sign_in(leader)
    set_up_app(client)
    passkey = a_passkey(leader)
    session = client.session
    session["signed_in_at"] = int(time.time()) - 16 * 60
    session.save()
    answer = client.post(f"/account/2fa/passkeys/{passkey.pk}/remove/")
    assert answer.url.startswith("/account/reauthenticate/")
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


@pytest.mark.parametrize(
    ("host", "offered"),
    [
        ("localhost", True),
        ("localhost:8000", True),
        ("127.0.0.1", False),
        ("127.0.0.1:8000", False),
        ("[::1]:80", False),
    ],
)
def test_passkeys_are_offered_where_browsers_make_them(leader, host, offered):
    client = sign_in(leader, Client(headers={"host": host}))
    page = client.get(SET_UP).content.decode()
    assert ("Use a passkey" in page) is offered
