"""Where the sign-in library meets the house: no self sign-up, secrets encrypted."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from onroll.records.crypto import decrypt, encrypt


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):
    """TOTP secrets and recovery seeds are encrypted in the database."""

    def encrypt(self, text: str) -> str:
        return encrypt(text, "mfa")

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text, "mfa")
