"""The ledger's word on who came in, who left, and who changed how they sign in."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from onroll.actions.change import change
from onroll.records.people.models import User


class SignInEvent(StrEnum):
    """What can happen at the door. The value is the ledger's verb."""

    SIGNED_IN = "signed-in"
    SIGNED_OUT = "signed-out"
    FAILED = "sign-in-failed"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - a verb
    FACTOR_ADDED = "second-step-added"
    FACTOR_REMOVED = "second-step-removed"
    CODES_RENEWED = "recovery-codes-renewed"
    OTHERS_ENDED = "other-sessions-ended"


def record_sign_in(
    event: SignInEvent,
    *,
    at: datetime,
    user_id: int | None = None,
    email: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write one row about the door. The e-mail typed by a stranger finds the account and is then forgotten."""
    if user_id is None and email:
        user_id = User.objects.filter(email=email.strip().lower()).values_list("pk", flat=True).first()
    # Whoever fails to sign in has not shown who they are: the account is the subject, nobody the actor.
    actor_id = None if event is SignInEvent.FAILED else user_id
    with change(actor_id, event.value, at) as entry:
        entry.subject = f"user:{user_id}" if user_id else "user:unknown"
        entry.detail = dict(detail or {})
