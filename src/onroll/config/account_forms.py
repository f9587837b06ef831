"""The sign-in library's forms in our words: labels are questions, errors say what to do."""

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys


class Words(NamedTuple):
    """What a field says: its question, its hint, and what to do when it is empty."""

    label: str
    hint: str = ""
    required: str = ""


_RULES = "At least 12 characters. Three or four words that do not belong together are easy to remember."
_AGAIN = Words("Your new password again", "", "Enter the new password a second time")
_CODE = Words(
    "What is the code?",
    "Six figures from your authenticator app, or one of your recovery codes.",
    "Enter the code from your authenticator app",
)


class InOurWords:
    """Gives a form's fields the words of its table."""

    words: ClassVar[Mapping[str, Words]] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, words in self.words.items():
            field = self.fields[name]  # type: ignore[attr-defined]
            field.label, field.help_text = words.label, words.hint
            if words.required:
                field.error_messages["required"] = words.required


class LoginForm(InOurWords, account.LoginForm):  # type: ignore[misc]
    words = {
        "login": Words("What is your e-mail address?", "", "Enter your e-mail address"),
        "password": Words("What is your password?", "", "Enter your password"),
    }


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    words = {"password": Words("What is your password?", "", "Enter your password")}


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    words = {
        "oldpassword": Words(
            "What is your password now?", "", "Enter the password that you sign in with now"
        ),
        "password1": Words("What is your new password?", _RULES, "Enter a new password"),
        "password2": _AGAIN,
    }


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):  # type: ignore[misc]
    words = {
        "email": Words(
            "What is your e-mail address?", "The one that you sign in with.", "Enter your e-mail address"
        )
    }


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    words = {
        "password1": Words("What is your new password?", _RULES, "Enter a new password"),
        "password2": _AGAIN,
    }


class SecondStepForm(InOurWords, mfa.AuthenticateForm):  # type: ignore[misc]
    words = {"code": _CODE}


class SecondStepAgainForm(InOurWords, mfa.ReauthenticateForm):  # type: ignore[misc]
    words = {"code": _CODE}


class ActivateAppForm(InOurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    words = {
        "code": Words(
            "What code does the app show now?",
            "Six figures. They change every 30 seconds.",
            "Enter the code from the app",
        )
    }


class AddPasskeyForm(InOurWords, passkeys.AddWebAuthnForm):  # type: ignore[misc]
    words = {
        "name": Words(
            "What shall we call this passkey?", "So that you can tell it from others: “work laptop”, say."
        ),
        "passwordless": Words(
            "Sign in with this passkey alone, without the password",
            "Your fingerprint, face or PIN then takes the place of the password.",
        ),
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(InOurWords, passkeys.EditWebAuthnForm):  # type: ignore[misc]
    words = {"name": Words("What shall we call this passkey?", "", "Enter a name for the passkey")}
