"""Send what waits in the outbox: each message to one sender, at most once.

A sender opens its line to the e-mail server first, then claims one message and commits the claim, then hands the
message over at once. So a message that was claimed and not ended by a sender that was killed, or whose line broke
in the middle, may have arrived: it is never sent again by itself, but stopped as "unsure" and shown to the
administrator, who may send it again. Its Message-ID is made from its key, so that a repeat is recognised as the
same letter. What is known to have failed (no line, or the server's no) is tried again.
"""

import hashlib
from datetime import datetime
from email.utils import parseaddr
from smtplib import (
    SMTPDataError,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from onroll.actions.change import change
from onroll.actions.outbox.alarms import tell_administrators
from onroll.domain.outbox import IN_HAND_FOR, LINK_KEY, Kind, Stopped, next_try
from onroll.queries.statement_link import still_works
from onroll.records.outbox.models import Message
from onroll.records.people.models import Appointment
from onroll.records.pupils.models import Death

if TYPE_CHECKING:
    from django.db.models import QuerySet

AT_ONCE = 10  # messages a turn: the worker has other work, and must end before it is thought lost
# The server answered, and its answer was no.
SAID_NO = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError, SMTPHeloError, SMTPNotSupportedError)


def send_waiting(at: datetime) -> int:
    """Send up to AT_ONCE messages that are due, and stop those whose sender was lost; how many were sent."""
    _stop_lost(at)
    sent = 0
    for message_id in list(_waiting(at).order_by("send_after", "pk").values_list("pk", flat=True)[:AT_ONCE]):
        line = get_connection()
        try:
            line.open()
        except OSError:  # smtplib's errors are among them
            _put_off(message_id, at)
            break  # the others would fare no better; each turn tries one
        try:
            sent += _send(message_id, line, at)
        finally:
            _hang_up(line)
    return sent


def _hang_up(line: BaseEmailBackend) -> None:
    """Close the line; a server that has gone already is no fault."""
    try:
        line.close()
    except OSError:
        return


def _waiting(at: datetime) -> "QuerySet[Message]":
    return Message.objects.filter(send_after__lte=at, claimed_at=None, sent_at=None, stopped_at=None)


def _send(message_id: int, line: BaseEmailBackend, at: datetime) -> bool:
    message = _claim(message_id, at)
    if message is None:
        return False
    try:
        handed = line.send_messages([_letter(message)])
    except ConnectionRefusedError:  # no server is set, or it went away before a word was said
        _failed(message, at)
    except SAID_NO as no:
        _failed(message, at, for_good=_is_for_good(no))
    except ValueError:  # an address or a heading that no e-mail can carry
        _stop(message, Stopped.REFUSED, at)
    except OSError:
        _stop(message, Stopped.UNSURE, at)
    else:
        if handed:
            _sent(message, at)
            return True
        _stop(message, Stopped.NO_ADDRESS, at)
    return False


def _claim(message_id: int, at: datetime) -> Message | None:
    """Take the message in hand, for this sender alone; None when another has it or it must not be sent."""
    with change(None, "message-taken", at) as entry:
        entry.subject = f"message:{message_id}"
        message = _waiting(at).select_for_update().filter(pk=message_id).first()
        if message is None:
            entry.nothing_changed = True
            return None
        entry.school_id = message.school_id
        if because := _why_not(message, at):
            entry.detail = {"stopped": because.value}
            message.stopped_at, message.stopped_because = at, because.value
            if message.address:
                message.body = ""  # stopped for good, and it may hold a link that opens something
            message.save(update_fields=["stopped_at", "stopped_because", "body"])
            return None
        message.claimed_at, message.tries = at, message.tries + 1
        message.save(update_fields=["claimed_at", "tries"])
    return message


def _why_not(message: Message, at: datetime) -> Stopped | None:
    """Why the message must not be sent now, though it was right when it was queued."""
    if message.pupil_id and Death.objects.standing().filter(pupil_id=message.pupil_id).exists():
        return Stopped.DIED
    if message.to_id and message.school_id:
        posts = Appointment.objects.filter(
            user_id=message.to_id, school_id=message.school_id, ended_at=None, user__is_active=True
        )
        if not posts.exists():
            return Stopped.NOT_NEEDED
    if message.key.startswith(LINK_KEY) and not still_works(int(message.key.removeprefix(LINK_KEY)), at=at):
        return Stopped.NOT_NEEDED  # the link has ended, or nobody may write to this person any more
    return None if _address(message) else Stopped.NO_ADDRESS


def _address(message: Message) -> str:
    return message.to.email if message.to else message.address


def _letter(message: Message) -> EmailMessage:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {
        "Message-ID": f"<{message_digest(message.key)}@{domain}>",
        "Auto-Submitted": "auto-generated",  # nobody's "I am away" answers it
    }
    return EmailMessage(message.subject, message.body, to=[_address(message)], headers=headers)


def message_digest(key: str) -> str:
    """What stands in the Message-ID: the same for the same key, and it says nothing of it."""
    return hashlib.sha256(f"{settings.SECRET_KEY}/message/{key}".encode()).hexdigest()[:32]


def _is_for_good(no: Exception) -> bool:
    """Whether the server's no will be the same tomorrow: codes of 500 and above."""
    if isinstance(no, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in no.recipients.values())
    return getattr(no, "smtp_code", 0) >= 500


# ---------------------------------------------------------------- how it ended
def _sent(message: Message, at: datetime) -> None:
    with change(None, "message-sent", at, school_id=message.school_id) as entry:
        entry.subject = f"message:{message.pk}"
        fields: dict[str, Any] = {"sent_at": at, "claimed_at": None}
        if message.address and not settings.ONROLL_DEMO:
            fields["body"] = ""  # it may hold a link that opens something: not kept once it is sent
        Message.objects.filter(pk=message.pk).update(**fields)


def _failed(message: Message, at: datetime, *, for_good: bool = False) -> None:
    """Try again later, or give up and say so. The try was counted when the message was claimed."""
    again = None if for_good else next_try(message.tries, at)
    if again is None:
        _stop(message, Stopped.REFUSED if for_good else Stopped.GAVE_UP, at)
        return
    with change(None, "message-put-off", at, school_id=message.school_id) as entry:
        entry.subject, entry.detail = f"message:{message.pk}", {"tries": message.tries}
        Message.objects.filter(pk=message.pk).update(claimed_at=None, send_after=again)


def _put_off(message_id: int, at: datetime) -> None:
    """The server cannot be reached: count the try and wait."""
    message = _claim(message_id, at)
    if message is not None:
        _failed(message, at)


def _stop(message: Message, because: Stopped, at: datetime) -> None:
    with change(None, "message-stopped", at, school_id=message.school_id) as entry:
        entry.subject, entry.detail = f"message:{message.pk}", {"because": because.value}
        Message.objects.filter(pk=message.pk).update(
            claimed_at=None, stopped_at=at, stopped_because=because.value
        )
        if message.kind != Kind.ALARM and message.school_id is not None:
            tell_administrators(message.school_id, at)


def _stop_lost(at: datetime) -> None:
    """Messages whose sender was killed with them in hand: nobody knows whether they arrived."""
    lost = Message.objects.filter(claimed_at__lt=at - IN_HAND_FOR, sent_at=None, stopped_at=None)
    for message in list(lost.order_by("pk")):
        _stop(message, Stopped.UNSURE, at)
