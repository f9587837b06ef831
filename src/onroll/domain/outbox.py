"""E-mail that waits to be sent: how often it is tried, when nobody is written to any more, and the words for it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

# How long to wait after each try that is known to have failed: two days in all, over a weekend's outage.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=8),
    timedelta(hours=12),
    timedelta(hours=24),
)
TRIES = len(WAITS) + 1
# A message that has been in a sender's hand for longer has lost its sender.
IN_HAND_FOR = timedelta(minutes=10)

# The key of an e-mail that carries a link to a statement, before the link's id.
LINK_KEY = "statement-link:"


class Kind(StrEnum):
    """What a message is. The value is stored."""

    DIGEST = "digest"
    ESCALATION = "escalation"
    REMINDER = "reminder"
    STATEMENT = "statement"
    ALARM = "alarm"


class Stopped(StrEnum):
    """Why a message will not be sent. The value is stored."""

    DIED = "died"
    GAVE_UP = "gave-up"
    REFUSED = "refused"
    UNSURE = "unsure"
    NO_ADDRESS = "no-address"
    NOT_NEEDED = "not-needed"


KIND_WORDS: Mapping[str, str] = MappingProxyType({
    Kind.DIGEST: "What is due",
    Kind.ESCALATION: "Overdue for long",
    Kind.REMINDER: "Reminder",
    Kind.STATEMENT: "Statement of who is responsible",
    Kind.ALARM: "Something in Onroll needs a look",
})  # fmt: skip
STOPPED_WORDS: Mapping[str, str] = MappingProxyType({
    Stopped.DIED: "Nothing more is sent about this.",
    Stopped.GAVE_UP: "The e-mail server could not be reached, eight times over two days.",
    Stopped.REFUSED: "The e-mail server will not deliver to this address.",
    Stopped.UNSURE: "Onroll was interrupted while it sent this. It may have arrived.",
    Stopped.NO_ADDRESS: "There is no e-mail address for this person.",
    Stopped.NOT_NEEDED: "It was no longer needed, or the person’s access has ended.",
})  # fmt: skip
# A person may have these tried again; the others are stopped for good.
MAY_BE_TRIED_AGAIN = frozenset({Stopped.GAVE_UP, Stopped.REFUSED, Stopped.UNSURE})


def next_try(tries: int, at: datetime) -> datetime | None:
    """When to try again after the `tries`-th try failed; None when enough has been tried."""
    return at + WAITS[tries - 1] if tries < TRIES else None
