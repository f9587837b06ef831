"""What a link to a statement is worth at a moment."""

from datetime import datetime
from enum import StrEnum

from onroll.domain.duties.words import day


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


def link_letter(school: str, name: str, address: str, *, until: datetime) -> tuple[str, str]:
    """Subject and body of the e-mail that carries a link. It names no child; `until` is in school time."""
    body = (
        f"Dear {name},\n\n"
        f"{school} has written down, in plain words, who is responsible for what. "
        "Please read it, and tell us that you have:\n\n"
        f"{address}\n\n"
        f"The link is for you only. It works until {day(until.date())}, {until:%H:%M}. "
        "Please do not pass this e-mail on.\n\n"
        f"If you would rather have it on paper, or something is not clear, ring the school.\n\n{school}\n"
    )
    return f"Please read: a page from {school}", body
