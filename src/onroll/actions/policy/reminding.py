"""Remind those who keep the policy, 60 and 14 days before its next review is due."""

from datetime import date, datetime

from django.conf import settings
from django.template.loader import render_to_string

from onroll.actions.change import change
from onroll.actions.outbox.queueing import queue_message
from onroll.domain.duties.words import day
from onroll.domain.outbox import Kind
from onroll.domain.policy import reminder
from onroll.queries.digests import Place
from onroll.queries.policy.due import ReviewDue, review_due


def queue_reminders(place: Place, *, on: date, at: datetime) -> int:
    """Queue the reminder that is called for today; how many were told. Nobody is told twice of the same one."""
    due = review_due(place.id, on)
    before = reminder(due.on, on) if due else None
    if due is None or before is None:
        return 0
    with change(None, "policy-reminders-queued", at, school_id=place.id) as entry:
        queued = sum(_remind(place, user_id, due, before, on, at) for user_id in due.keepers)
        entry.subject, entry.detail = f"school:{place.id}", {"due": str(due.on), "queued": queued}
        entry.nothing_changed = not queued
    return queued


def _remind(place: Place, user_id: int, due: ReviewDue, before: int, on: date, at: datetime) -> bool:
    base = settings.ONROLL_BASE_URL.rstrip("/")
    return queue_message(
        school_id=place.id,
        kind=Kind.REMINDER,
        key=f"policy-reminder:{place.id}:{user_id}:{due.on}:{before}",
        subject=f"Policy review due by {day(due.on)}: {place.name}",
        body=render_to_string(
            "mail/policy_reminder.txt",
            {"place": place, "base": base, "review": due, "left": (due.on - on).days},
        ),
        to_id=user_id,
        at=at,
    )
