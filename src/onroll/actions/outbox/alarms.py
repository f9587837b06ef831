"""Tell a school's administrators that an e-mail could not be sent: once a day, by e-mail."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from onroll.actions.outbox.queueing import queue_message
from onroll.domain.outbox import Kind
from onroll.domain.permissions import Role
from onroll.records.people.models import Appointment


def tell_administrators(school_id: int, at: datetime) -> int:
    """Queue word that a message was given up to the school's administrators. Inner function; how many were queued."""
    on = timezone.localdate(at)
    posts = Appointment.objects.filter(school_id=school_id, role=Role.ADMINISTRATOR.value, ended_at=None)
    queued = 0
    for user_id, urn, school in posts.values_list("user_id", "school__urn", "school__name").distinct():
        body = render_to_string(
            "mail/alarm_outbox.txt",
            {"school": school, "base": settings.ONROLL_BASE_URL.rstrip("/"), "urn": urn},
        )
        queued += queue_message(
            school_id=school_id,
            kind=Kind.ALARM,
            key=f"outbox:{school_id}:{user_id}:{on}",
            subject=f"Onroll at {school} needs a look",
            body=body,
            to_id=user_id,
            at=at,
        )
    return queued
