"""Where the sign-in library meets the house: who may have an account, what is encrypted, what the ledger is told."""

import logging
import time
from typing import Any

from allauth.account import signals as account_signals
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa import signals as mfa_signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.conf import settings
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from onroll.actions.people.sign_in import SignInEvent, record_sign_in
from onroll.domain.people import needs_second_factor
from onroll.pages.second_factor.session import has_taken_second_factor, mark_second_factor
from onroll.queries.people import actor_of
from onroll.records.crypto import decrypt, encrypt
from onroll.records.people.models import User

logger = logging.getLogger("onroll.accounts")
SIGNED_IN_AT = "signed_in_at"  # in the session: seconds since 1970


def display_name(user: User) -> str:
    """What a passkey is kept under on the person's device."""
    return user.name


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed. Ask your school's Onroll administrator.",
        "email_password_mismatch": "The e-mail address or the password is not right. Try again.",
        "enter_current_password": "That is not your password. Enter the one that you sign in with now.",
        "incorrect_password": "That is not your password. Try again.",
        "rate_limited": "Too many tries. Wait five minutes, then try again.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Somebody who signed in within the last quarter of an hour has just shown who they are."""
        signed_in_at = self.request.session.get(SIGNED_IN_AT, 0)
        if time.time() - signed_in_at < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, and go on when the mail server does not answer: what was changed is changed."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as wrong:  # every error of smtplib is one
            logger.error("e-mail %s not sent: %s", template_prefix, type(wrong).__name__)  # noqa: TRY400


class MFAAdapter(DefaultMFAAdapter):
    """TOTP secrets and recovery seeds are encrypted in the database; a second step that is needed stays."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right. Enter the newest one.",
        "cannot_delete_authenticator": (
            "Your role needs a second step, and this is your only one. Add another before you remove it."
        ),
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text, "mfa")

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text, "mfa")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """A person cannot remove their last second step while a role of theirs needs one."""
        person = actor_of(authenticator.user_id, "")
        if not settings.ONROLL_SECOND_FACTOR or not needs_second_factor(post.role for post in person.posts):
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 - the library's word
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "My passkey" if number == 1 else f"My passkey {number}"

    def _get_site_name(self) -> str:
        return "Onroll"


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Ending one's other sessions is told to the ledger."""

    def end_sessions(self, sessions: Any) -> None:
        ended = list(sessions)
        super().end_sessions(ended)
        for user_id in {session.user_id for session in ended}:
            _record(SignInEvent.OTHERS_ENDED, user_id=user_id, detail={"sessions": len(ended)})


def _record(event: SignInEvent, **facts: Any) -> None:
    record_sign_in(event, at=timezone.now(), **facts)


@receiver(account_signals.user_logged_in)
def on_signed_in(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    request.session[SIGNED_IN_AT] = int(time.time())
    taken = has_taken_second_factor(request, user.pk)
    _record(SignInEvent.SIGNED_IN, user_id=user.pk, detail={"second_step": taken})


@receiver(user_logged_out)
def on_signed_out(sender: Any, user: User | None, **_: Any) -> None:
    if user is not None:
        _record(SignInEvent.SIGNED_OUT, user_id=user.pk)


@receiver(user_login_failed)
def on_sign_in_failed(sender: Any, credentials: dict[str, Any], **_: Any) -> None:
    _record(SignInEvent.FAILED, email=str(credentials.get("email", "")), detail={"step": "password"})


@receiver(mfa_signals.authentication_failed)
def on_second_step_failed(sender: Any, user: User | None, **_: Any) -> None:
    # A passkey that opens the house alone says itself whose it is; one that is refused is nobody's.
    _record(SignInEvent.FAILED, user_id=user.pk if user else None, detail={"step": "second"})


@receiver([account_signals.password_changed, account_signals.password_set, account_signals.password_reset])
def on_password_changed(sender: Any, user: User, signal: Any, **_: Any) -> None:
    by_mail = signal is account_signals.password_reset
    _record(SignInEvent.PASSWORD_CHANGED, user_id=user.pk, detail={"by_mail": by_mail})


@receiver(mfa_signals.authenticator_used)
def on_second_step_used(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    mark_second_factor(request, user.pk)


@receiver(mfa_signals.authenticator_added)
def on_second_step_added(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    mark_second_factor(request, user.pk)
    _record(SignInEvent.FACTOR_ADDED, user_id=user.pk, detail={"kind": authenticator.type})


@receiver(mfa_signals.authenticator_removed)
def on_second_step_removed(sender: Any, user: User, authenticator: Authenticator, **_: Any) -> None:
    _record(SignInEvent.FACTOR_REMOVED, user_id=user.pk, detail={"kind": authenticator.type})


@receiver(mfa_signals.authenticator_reset)
def on_codes_renewed(sender: Any, user: User, **_: Any) -> None:
    _record(SignInEvent.CODES_RENEWED, user_id=user.pk)
