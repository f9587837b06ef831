"""Have a message tried again that was given up, refused or may not have arrived."""

from datetime import datetime

from onroll.actions.change import change
from onroll.domain.outbox import MAY_BE_TRIED_AGAIN
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_allowed, not_found
from onroll.records.outbox.models import Message


def try_again(actor: Actor, school_id: int, message_id: int, *, at: datetime) -> None:
    """Put a stopped message back among those that wait. Refuses one that was stopped for good."""
    with change(actor.id, "message-tried-again", at, school_id=school_id) as entry:
        if school_id not in actor.school_ids():
            raise not_found()
        if not actor.may(Permission.SYSTEM_SEE, school_id):
            raise not_allowed(Permission.SYSTEM_SEE)
        message = Message.objects.select_for_update().filter(pk=message_id, school_id=school_id).first()
        if message is None:
            raise not_found()
        if message.stopped_because not in MAY_BE_TRIED_AGAIN:
            raise Refusal(Refused.CONFLICT, "This message cannot be sent again. Open the outbox to see why.")
        entry.subject, entry.detail = f"message:{message.pk}", {"was": message.stopped_because}
        message.stopped_at, message.stopped_because = None, ""
        message.claimed_at, message.tries, message.send_after = None, 0, at
        message.save(update_fields=["stopped_at", "stopped_because", "claimed_at", "tries", "send_after"])
