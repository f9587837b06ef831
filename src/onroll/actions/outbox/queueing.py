"""Queue an e-mail, inside the change that asks for it. It is sent only if that change commits."""

from datetime import datetime

from django.db import IntegrityError, transaction

from onroll.records.base import need_pen
from onroll.records.outbox.models import Message
from onroll.records.pupils.models import Death


def queue_message(
    *,
    school_id: int | None,
    kind: str,
    key: str,
    subject: str,
    body: str,
    to_id: int | None = None,
    address: str = "",
    pupil_id: int | None = None,
    send_after: datetime | None = None,
    at: datetime,
) -> bool:
    """Queue one message; False when its key was used before or the pupil has died.

    `key` says what the message is about, once and for ever: "digest:12:34:2026-11-23". Subject and body name
    no child and no condition; `pupil_id` only lets a death stop it. Give `to_id` for somebody who signs in, or
    `address`. Inner function: call it inside a change.
    """
    need_pen("Message")
    if (to_id is None) == (not address):
        raise ValueError("A message goes to a person or to an address: give one of to_id and address.")
    if pupil_id is not None and Death.objects.standing().filter(pupil_id=pupil_id).exists():
        return False
    if Message.objects.filter(key=key).exists():
        return False
    try:
        with transaction.atomic():  # somebody else may be queueing the same at this moment
            Message.objects.create(
                school_id=school_id,
                kind=kind,
                key=key,
                subject=_one_line(subject),
                body=body,
                to_id=to_id,
                address=address,
                pupil_id=pupil_id,
                queued_at=at,
                send_after=send_after or at,
            )
    except IntegrityError:
        if Message.objects.filter(key=key).exists():
            return False
        raise
    return True


def _one_line(subject: str) -> str:
    """A subject fits its line: a school's name may be as long as the whole of it."""
    most = Message._meta.get_field("subject").max_length or 0
    words = " ".join(subject.split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
