"""Signing in, signing out and everything that an account's owner does with it."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as house_settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client

from onroll.domain.permissions import Role
from onroll.records.ledger.models import LedgerRow
from tests.support.cast import PASSWORD, a_person, a_school
from tests.support.passkey import a_passkey
from tests.support.sign_in import APP, LOGIN, set_up_app, sign_in
from tests.support.totp import code_of

pytestmark = pytest.mark.django_db
SESSIONS, CHANGE, CODES = "/account/sessions/", "/account/password/change/", "/account/2fa/codes/"
NEW = "five other words that differ"


@pytest.fixture
def user():
    return a_person(a_school(), Role.CLERK, name="Carys Webb")


def is_in(client: Client) -> bool:
    return client.get(SESSIONS).status_code == 200


def events() -> list[str]:
    return list(LedgerRow.objects.order_by("number").values_list("verb", flat=True))


@pytest.mark.parametrize(
    "path",
    [
        "signup/", "email/", "confirm-email/", "confirm-email/abc/", "password/set/", "login/code/", "phone/verify/",
        "login/code/confirm/", "3rdparty/", "social/login/cancelled/", "social/signup/", "2fa/webauthn/signup/",
        "signup/passkey/", "2fa/trust/", "",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_the_sign_in_library_has_and_we_do_not_offer_is_not_there(user, path, method):
    assert getattr(Client(), method)(f"/account/{path}").status_code == 404
    assert getattr(sign_in(user), method)(f"/account/{path}").status_code == 404


def test_the_password_opens_the_house_and_takes_one_where_one_was_going(user):
    answer = Client().post(f"{LOGIN}?next={SESSIONS}", {"login": user.email, "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, SESSIONS)


def test_the_address_is_known_in_capitals_too(user):
    user.email = user.email.upper()
    assert is_in(sign_in(user))


@pytest.mark.parametrize(
    "away",
    ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"],
    ids=lambda text: text,
)
def test_signing_in_never_leads_out_of_the_house(user, away):
    answer = Client().post(f"{LOGIN}?next={away}", {"login": user.email, "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/")


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(user):
    wrong = Client().post(LOGIN, {"login": user.email, "password": "not this one"})
    unknown = Client().post(LOGIN, {"login": "nobody@example.org", "password": "not this one"})
    said = [plain(answer.content.decode()) for answer in (wrong, unknown)]
    assert said[0].replace(user.email, "X") == said[1].replace("nobody@example.org", "X")
    assert "The e-mail address or the password is not right" in said[0]


def plain(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_guessing_is_slowed_down_across_processes(user):
    assert house_settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    client = Client()
    for _ in range(5):
        client.post(LOGIN, {"login": user.email, "password": "not this one"})
    answer = client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    assert "Too many tries" in answer.content.decode()
    assert not is_in(client)


def test_guesses_at_many_addresses_do_not_make_the_house_forget_those_at_one(user):
    client = Client()
    for _ in range(5):
        client.post(LOGIN, {"login": user.email, "password": "not this one"})
    for number in range(320):  # as many keys as that many other addresses would make
        cache.set(f"allauth:z:{number}", [1.0], 300)
    assert (
        "Too many tries" in client.post(LOGIN, {"login": user.email, "password": PASSWORD}).content.decode()
    )


def test_the_ledger_tells_of_the_door_and_of_no_address(user):
    client = sign_in(user)
    client.post("/account/logout/")
    sign_in(user, password="not this one")
    sign_in(type(user)(email="nobody@example.org"))
    rows = list(LedgerRow.objects.order_by("number"))
    assert [(row.verb, row.actor_id, row.subject) for row in rows] == [
        ("signed-in", user.pk, f"user:{user.pk}"),
        ("signed-out", user.pk, f"user:{user.pk}"),
        ("sign-in-failed", None, f"user:{user.pk}"),
        ("sign-in-failed", None, "user:unknown"),
    ]
    assert "@" not in "".join(row.detail + row.subject for row in rows)


def test_signing_out_needs_a_press_of_the_button(user):
    client = sign_in(user)
    client.get("/account/logout/")
    assert is_in(client)
    client.post("/account/logout/")
    assert not is_in(client)


def test_a_closed_account_does_not_open(user):
    user.is_active = False
    user.save()
    answer = Client().post(LOGIN, {"login": user.email, "password": PASSWORD}, follow=True)
    assert "This account has ended" in answer.content.decode()


def test_a_session_of_a_closed_account_is_worth_nothing(user):
    client = sign_in(user)
    user.is_active = False
    user.save()
    assert not is_in(client)


# ---------------------------------------------------------------- the password


def change_password(client: Client, new: str, *, now: str = PASSWORD) -> str:
    words = {"oldpassword": now, "password1": new, "password2": new}
    return client.post(CHANGE, words, follow=True).content.decode()


@pytest.mark.parametrize(
    ("new", "words"),
    [
        pytest.param("too short", "too short", id="fewer than 12 characters"),
        pytest.param("1029384756102", "entirely numeric", id="figures only"),
        pytest.param("qwerty123456", "too common", id="common"),
        pytest.param("carys webb 1", "similar to the name", id="one's own name"),
    ],
)
def test_a_weak_password_is_refused(user, new, words):
    client = sign_in(user)
    assert words in change_password(client, new)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_changed_password_ends_the_sessions_elsewhere_and_is_told_by_mail(user):
    here, elsewhere = sign_in(user), sign_in(user)
    assert "Your password is changed" in change_password(here, NEW)
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert "password-changed" in events()
    assert [message.subject for message in mail.outbox] == ["Your Onroll password was changed"]


def test_the_old_password_is_asked_for(user):
    assert "That is not your password" in change_password(sign_in(user), NEW, now="not this one")


def test_a_forgotten_password_is_chosen_anew_by_a_link_in_an_email(user):
    client = Client()
    client.post("/account/password/reset/", {"email": user.email})
    assert "Somebody, we hope you" in mail.outbox[0].body
    link = re.search(r"http://\S+(/account/password/reset/key/\S+/)", mail.outbox[0].body)
    page = client.get(link[1], follow=True)
    path = page.redirect_chain[-1][0]
    client.post(path, {"password1": NEW, "password2": NEW})
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert "no longer works" in Client().get(link[1], follow=True).content.decode()


def test_nobody_is_told_whether_an_address_has_an_account(user):
    answers = [
        Client().post("/account/password/reset/", {"email": email}) for email in (user.email, "x@example.org")
    ]
    assert {(answer.status_code, answer.url) for answer in answers} == {
        (302, "/account/password/reset/sent/")
    }
    assert [message.to for message in mail.outbox] == [[user.email]]


def test_a_mail_server_that_does_not_answer_does_not_stop_a_change(user, settings):
    settings.EMAIL_BACKEND = "tests.support.mail.Deaf"
    client = sign_in(user)
    assert "Your password is changed" in change_password(client, NEW)


# ---------------------------------------------------------------- where one is signed in


def test_one_sees_where_one_is_signed_in_and_ends_the_others(user):
    here, elsewhere = sign_in(user), sign_in(user)
    assert here.get(SESSIONS).content.decode().count("127.0.0.1") == 2
    here.post(SESSIONS)
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert events()[-1] == "other-sessions-ended"


def test_one_ends_nobody_elses_sessions(user):
    other = sign_in(a_person(a_school(), Role.CLERK))
    sign_in(user).post(SESSIONS)
    assert is_in(other)


# ---------------------------------------------------------------- the second step


def test_an_app_is_asked_for_from_the_next_sign_in_on(user):
    secret = set_up_app(sign_in(user))
    client = sign_in(user)
    assert not is_in(client)
    assert (
        "That code is not right"
        in client.post("/account/2fa/authenticate/", {"code": "000000"}).content.decode()
    )
    client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert is_in(client)
    assert events()[-2:] == ["sign-in-failed", "signed-in"]


def test_a_code_is_good_for_one_sign_in(user):
    secret = set_up_app(sign_in(user))
    code = code_of(secret)
    first, second = sign_in(user), sign_in(user)
    first.post("/account/2fa/authenticate/", {"code": code})
    second.post("/account/2fa/authenticate/", {"code": code})
    assert (is_in(first), is_in(second)) == (True, False)


def test_no_secret_of_a_second_step_is_stored_in_the_clear(user):
    client = sign_in(user)
    secret = re.search(r'onroll-key">([A-Z2-7=]+)<', client.get(APP).content.decode())[1]
    stored = stored_bytes()
    assert Session.objects.count() == 1
    assert secret not in stored, "the secret waits in the session until the first code is entered"
    client.post(APP, {"code": code_of(secret)})
    codes = re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode())
    seed = Authenticator.objects.get(type="recovery_codes").data["seed"]
    assert len(codes) == 10
    assert not re.fullmatch(r"[0-9a-f]{80}", seed), "the library's seed, in the clear"
    stored = stored_bytes()
    assert [word for word in [secret, *codes] if word in stored] == []


def stored_bytes() -> str:
    """Everything that the sign-in tables hold, decoded as far as anybody with the database can."""
    sessions = "".join(Session.objects.values_list("session_data", flat=True))
    return sessions + str(list(Authenticator.objects.values_list("data", flat=True)))


def test_a_recovery_code_opens_the_account_once(user):
    client = sign_in(user)
    set_up_app(client)
    code = re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode())[0]
    for expected in (True, False):
        again = sign_in(user)
        again.post("/account/2fa/authenticate/", {"code": code})
        assert is_in(again) is expected


@pytest.mark.parametrize("path", [APP, CODES, "/account/2fa/codes/new/", "/account/2fa/passkeys/add/"])
def test_who_signed_in_long_ago_is_asked_again_before_the_second_step_changes(user, path):
    client = sign_in(user)
    if path == CODES:
        set_up_app(client)
    assert client.get(path).status_code == 200
    session = client.session
    session["signed_in_at"] = int(time.time()) - 16 * 60
    session.save()
    answer = client.get(path)
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/account/reauthenticate/")
    client.post(answer.url, {"password": PASSWORD})
    assert client.get(path).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_ledger_tells_of_a_second_step(user):
    client = sign_in(user)
    set_up_app(client)
    client.post("/account/2fa/app/remove/")
    assert events()[1:] == [
        "second-step-added",  # the app
        "second-step-added",  # its recovery codes
        "second-step-removed",
        "second-step-removed",
    ]
    assert [message.subject for message in mail.outbox] == [
        "An authenticator app was added to your Onroll account",
        "The authenticator app of your Onroll account was turned off",
    ]


@pytest.mark.parametrize("path", ["/account/2fa/passkeys/login/", "/account/2fa/authenticate/"])
def test_a_passkey_that_is_refused_is_a_failed_sign_in(user, path):
    Authenticator.objects.create(user=user, type="webauthn", data=a_passkey())
    client = Client() if "login" in path else sign_in(user)
    client.post(path, {"credential": '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}'})
    assert not is_in(client)
    row = LedgerRow.objects.order_by("number").last()
    whose = "user:unknown" if "login" in path else f"user:{user.pk}"
    assert (row.verb, row.actor_id, row.subject) == ("sign-in-failed", None, whose)
