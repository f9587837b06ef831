"""Tell the administrators that a school's duties were not judged for more than a day."""

from datetime import datetime

from django.utils import timezone

from onroll.actions.change import change
from onroll.actions.outbox.queueing import queue_message
from onroll.domain.permissions import Role
from onroll.records.people.models import Appointment

_SUBJECT = "Onroll has not judged the duties of your school since yesterday"
_BODY = (
    "The nightly round has not run at your school for more than 26 hours. What Today, the cases and the policy page "
    "say of duties may be out of date; a due date that has passed is still shown as overdue.\n\n"
    "Look whether the worker is running: the page System health says when it was last seen. On the server, "
    "`onroll sweep` does the round at once.\n"
)


def tell_of_old_sweep(school_id: int, *, at: datetime) -> int:
    """Write to each administrator of the school, at most once a day; how many messages were queued."""
    holders = Appointment.objects.filter(school_id=school_id, role=Role.ADMINISTRATOR.value, ended_at=None)
    day, queued = timezone.localdate(at).isoformat(), 0
    with change(None, "swept", at, school_id=school_id) as entry:
        entry.nothing_changed = True
        for user_id in holders.order_by("pk").values_list("user_id", flat=True):
            queued += queue_message(
                school_id=school_id,
                kind="alarm",
                key=f"sweep-old:{school_id}:{user_id}:{day}",
                subject=_SUBJECT,
                body=_BODY,
                to_id=user_id,
                at=at,
            )
    return queued
