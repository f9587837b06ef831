"""The outbox as those see it who keep the system: what waits, what was sent, what was stopped and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Q

from onroll.domain.outbox import KIND_WORDS, MAY_BE_TRIED_AGAIN, STOPPED_WORDS
from onroll.queries.doors import SchoolSeen
from onroll.records.outbox.models import Message


class Show(StrEnum):
    """The three parts of the list."""

    WAITING = "waiting"
    SENT = "sent"
    STOPPED = "stopped"


_OF = {
    Show.WAITING: Q(sent_at=None, stopped_at=None),
    Show.SENT: Q(sent_at__isnull=False),
    Show.STOPPED: Q(stopped_at__isnull=False),
}
_ORDER = {
    Show.WAITING: ("send_after", "pk"),
    Show.SENT: ("-sent_at", "-pk"),
    Show.STOPPED: ("-stopped_at", "-pk"),
}


@dataclass(frozen=True, slots=True)
class MessageSeen:
    """One message. `body` is empty unless it was asked for: it may hold a link that opens something."""

    id: int
    kind: str  # in words
    subject: str
    to: str  # a person's name; for an address outside the school no more than that
    queued_at: datetime
    send_after: datetime
    tries: int
    in_hand: bool
    sent_at: datetime | None
    stopped_at: datetime | None
    why: str
    may_try_again: bool
    body: str = ""


@dataclass(frozen=True, slots=True)
class Outbox:
    """One page of the outbox."""

    rows: tuple[MessageSeen, ...]
    counts: dict[str, int]  # by the value of Show


def outbox(seen: SchoolSeen, show: Show, *, first: int, size: int, with_bodies: bool) -> Outbox:
    """One page of the school's messages. Two queries.

    `with_bodies` is for the demonstration, where everybody is invented: it shows whole e-mails and addresses.
    """
    here = Message.objects.filter(school_id=seen.id)
    counts = here.aggregate(**{part.value: Count("pk", filter=of) for part, of in _OF.items()})
    rows = here.filter(_OF[show]).order_by(*_ORDER[show]).select_related("to")[first : first + size]
    return Outbox(tuple(_seen(row, with_bodies=with_bodies) for row in rows), counts)


def _seen(row: Message, *, with_bodies: bool) -> MessageSeen:
    outside = row.address if with_bodies else "Somebody outside the school"
    return MessageSeen(
        id=row.pk,
        kind=KIND_WORDS.get(row.kind, row.kind),
        subject=row.subject,
        to=row.to.name if row.to else outside,
        queued_at=row.queued_at,
        send_after=row.send_after,
        tries=row.tries,
        in_hand=row.claimed_at is not None,
        sent_at=row.sent_at,
        stopped_at=row.stopped_at,
        why=STOPPED_WORDS.get(row.stopped_because, row.stopped_because),
        may_try_again=row.stopped_because in MAY_BE_TRIED_AGAIN,
        body=row.body if with_bodies else "",
    )
