"""Sessions at rest are encrypted: one may hold the secret of a second step that is being set up."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore

from onroll.records.crypto import CannotDecrypt, decrypt, encrypt


class SessionStore(DatabaseSessionStore):
    """Django's session in the database, as a token that only our data keys open."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        return encrypt(super().encode(session_dict), "session")

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Read a session; one that no key opens any more is empty, and its owner signs in again."""
        try:
            return super().decode(decrypt(str(session_data), "session"))
        except CannotDecrypt:
            return {}
