"""Queue the e-mails about what is due: one a person and period; and word of what is long overdue, one a day."""

from datetime import date, datetime

from django.conf import settings
from django.template.loader import render_to_string

from onroll.actions.change import change
from onroll.actions.outbox.queueing import queue_message
from onroll.domain.digests import Counts, Rhythm, is_due, is_written
from onroll.domain.outbox import Kind
from onroll.domain.permissions import Role
from onroll.queries import digests
from onroll.queries.calendars import calendar_of
from onroll.queries.digests import LongOverdue, Place, Reader, Sums


def queue_digests(place: Place, *, on: date, at: datetime) -> int:
    """Queue today's digests of one school; how many. Safe to run again: nobody gets one twice for a period."""
    calendar = calendar_of(place.id)
    wanted = [one for one in digests.readers(place.id) if is_due(one.rhythm, calendar, on)]
    if not wanted:
        return 0
    sums = digests.sums(place.id, calendar, on)
    with change(None, "digests-queued", at, school_id=place.id) as entry:
        queued = sum(_digest(place, reader, sums, on, at) for reader in wanted)
        entry.subject, entry.detail = f"school:{place.id}", {"queued": queued}
        entry.nothing_changed = not queued
    return queued


def _digest(place: Place, reader: Reader, sums: Sums, on: date, at: datetime) -> bool:
    mine = sums.of(reader)
    told = mine + sums.school if reader.oversees else mine
    if not is_written(reader.rhythm, told):
        return False
    return queue_message(
        school_id=place.id,
        kind=Kind.DIGEST,
        key=f"digest:{place.id}:{reader.user_id}:{on}",
        subject=_subject(place, mine, sums.school if reader.oversees else None),
        body=_letter(
            "digest",
            place,
            mine=mine,
            school=sums.school if reader.oversees else None,
            weekly=reader.rhythm is Rhythm.WEEKLY,
        ),
        to_id=reader.user_id,
        at=at,
    )


def _subject(place: Place, mine: Counts, school: Counts | None) -> str:
    """Numbers, and the school's name: what can be read on a locked phone."""
    shown = school if mine.nothing and school else mine
    if shown.nothing:
        return f"Nothing is due at {place.name}"
    said = [f"{shown.overdue} overdue"] if shown.overdue else []
    said += [f"{shown.this_day} due today"] if shown.this_day else []
    said += [f"{shown.week} due this week"] if shown.week and not said else []
    return f"{', '.join(said)}: {place.name}"


def queue_escalation(place: Place, *, on: date, at: datetime) -> int:
    """Tell the Deputy Headteacher of what has come to be long overdue; once a school and day. How many were told.

    A day on which nothing new is long overdue brings no letter.
    """
    calendar = calendar_of(place.id)
    if not calendar.school_days(on, on):
        return 0
    found = digests.long_overdue(place.id, calendar, on)
    if not found.new:
        return 0
    with change(None, "escalation-queued", at, school_id=place.id) as entry:
        heads = [one.user_id for one in digests.readers(place.id) if Role.DEPUTY_HEAD in one.roles]
        queued = sum(_escalation(place, user_id, found, on, at) for user_id in heads)
        entry.subject = f"school:{place.id}"
        entry.detail = {"in_all": found.in_all, "new": found.new, "queued": queued}
        entry.nothing_changed = not queued
    return queued


def _escalation(place: Place, user_id: int, found: LongOverdue, on: date, at: datetime) -> bool:
    return queue_message(
        school_id=place.id,
        kind=Kind.ESCALATION,
        key=f"escalation:{place.id}:{user_id}:{on}",
        subject=f"{found.in_all} overdue for long: {place.name}",
        body=_letter("escalation", place, found=found),
        to_id=user_id,
        at=at,
    )


def _letter(template: str, place: Place, **said: object) -> str:
    base = settings.ONROLL_BASE_URL.rstrip("/")
    return render_to_string(f"mail/{template}.txt", {"place": place, "base": base, **said})
