"""The sign-in library's forms, with errors that say what to do. The questions stand in the templates."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa import signals
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from django.core.exceptions import ValidationError

_RULES = "At least 12 characters. Three or four words that do not belong together are easy to remember."


class InOurWords:
    """Gives fields their hints, and words for when they are left empty."""

    hints: ClassVar[Mapping[str, str]] = {}
    empty: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.help_text = self.hints.get(name, "")
            field.error_messages["required"] = self.empty.get(name, field.error_messages["required"])


class LoginForm(InOurWords, account.LoginForm):  # type: ignore[misc]
    empty = {"login": "Enter your e-mail address", "password": "Enter your password"}


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    empty = {"password": "Enter your password"}


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    hints = {"password1": _RULES}
    empty = {
        "oldpassword": "Enter the password that you sign in with now",
        "password1": "Enter a new password",
        "password2": "Enter the new password a second time",
    }


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):  # type: ignore[misc]
    empty = {"email": "Enter your e-mail address"}


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    hints = {"password1": _RULES}
    empty = {"password1": "Enter a new password", "password2": "Enter the new password a second time"}


class SecondStepForm(InOurWords, mfa.AuthenticateForm):  # type: ignore[misc]
    empty = {"code": "Enter the code that your authenticator app shows"}


class SecondStepAgainForm(InOurWords, mfa.ReauthenticateForm):  # type: ignore[misc]
    empty = {"code": "Enter the code that your authenticator app shows"}


class ActivateAppForm(InOurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    hints = {"code": "Six figures. They change every 30 seconds."}
    empty = {"code": "Enter the code that the app shows"}


class AddPasskeyForm(InOurWords, passkeys.AddWebAuthnForm):  # type: ignore[misc]
    hints = {
        "name": "So that you can tell it from others: “work laptop”, say.",
        "passwordless": "Your fingerprint, face or PIN then takes the place of the password.",
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["passwordless"].initial = True


class TellsOfFailure:
    """A passkey that is refused is a failed sign-in, which the library does not tell of by itself."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError:
            user = self.user  # type: ignore[attr-defined]
            signals.authentication_failed.send(
                sender=type(self), request=context.request, user=user, authenticator=None
            )
            raise


class PasskeyForm(TellsOfFailure, passkeys.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyAgainForm(TellsOfFailure, passkeys.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyLoginForm(TellsOfFailure, passkeys.LoginWebAuthnForm):  # type: ignore[misc]
    pass


class RenamePasskeyForm(InOurWords, passkeys.EditWebAuthnForm):  # type: ignore[misc]
    empty = {"name": "Enter a name for the passkey"}
