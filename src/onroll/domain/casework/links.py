"""What a link to a statement is worth at a moment."""

from datetime import datetime
from enum import StrEnum


class LinkState(StrEnum):
    """Whether a link still works, and if not, why."""

    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def link_state(
    *, used_at: datetime | None, withdrawn_at: datetime | None, expires_at: datetime, at: datetime
) -> LinkState:
    """What a link is worth. That it was used outlives its end; at the moment it expires it is worth nothing."""
    if used_at is not None:
        return LinkState.USED
    if withdrawn_at is not None:
        return LinkState.WITHDRAWN
    return LinkState.EXPIRED if at >= expires_at else LinkState.OPEN


def link_problem(*, do_not_contact: bool, may_be_told: str, died: bool) -> str:
    """Say in words why nobody may be sent a statement; empty when they may."""
    if died:
        return "It is recorded that this pupil has died. Nothing is sent."
    if do_not_contact:
        return "This person is marked “do not contact”. Choose somebody else of the family."
    if may_be_told == "nothing":
        return "This person is not to be told anything about the pupil. Choose somebody else of the family."
    return ""
