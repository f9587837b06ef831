"""The secret in an invitation's link. It is made anew from the server's key, so that only its digest is stored."""

import base64
import hashlib
from datetime import UTC, datetime

from django.utils.crypto import salted_hmac

_SALT = "onroll.records.people.tokens"


def invitation_token(*, school_id: int, email: str, expires_at: datetime) -> str:
    """The 256-bit token of one invitation as it stands; sending it again moves `expires_at` and so changes it."""
    moment = expires_at.astimezone(UTC).isoformat(timespec="microseconds")
    mac = salted_hmac(_SALT, f"{school_id}:{email}:{moment}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def digest_of(token: str) -> str:
    """What is stored of a token, and how it is found again."""
    return hashlib.sha256(token.encode()).hexdigest()
