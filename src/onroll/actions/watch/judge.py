"""Take a pupil off Watch with a reason, or put them back."""

from datetime import datetime

from onroll.actions.change import change
from onroll.domain.permissions import Permission
from onroll.domain.schoolcalendar import school_year
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_allowed, not_found
from onroll.queries import doors
from onroll.records.attendance.models import NotHealthCase, Summary
from onroll.records.schools.models import School


def take_off_watch(actor: Actor, school_id: int, pupil_id: int, *, reason: str, at: datetime) -> None:
    """Say that a pupil's absence is not a health case. Holds until the health count moves by two days."""
    with change(actor.id, "taken-off-watch", at, school_id=school_id) as entry:
        summary = _summary_to_change(actor, school_id, pupil_id)
        entry.subject = f"pupil:{pupil_id}"
        entry.detail = {"year": summary.year, "sessions": summary.h_sessions}
        NotHealthCase.objects.create(
            pupil_id=pupil_id,
            school_id=school_id,
            year=summary.year,
            h_sessions=summary.h_sessions,
            reason=reason,
            by_id=actor.id,
            at=at,
        )
        summary.quiet_at = summary.h_sessions
        summary.save(update_fields=["quiet_at"])


def put_back_on_watch(actor: Actor, school_id: int, pupil_id: int, *, at: datetime) -> None:
    """Take the last word back; nothing happens to a pupil who is on Watch already."""
    with change(actor.id, "put-back-on-watch", at, school_id=school_id) as entry:
        summary = _summary_to_change(actor, school_id, pupil_id)
        entry.subject = f"pupil:{pupil_id}"
        if summary.quiet_at is None:
            entry.nothing_changed = True
            return
        said = NotHealthCase.objects.filter(pupil_id=pupil_id, year=summary.year, withdrawn_at=None)
        said.update(withdrawn_at=at)
        summary.quiet_at = None
        summary.save(update_fields=["quiet_at"])


def _summary_to_change(actor: Actor, school_id: int, pupil_id: int) -> Summary:
    """The pupil's current summary, locked, if the actor may judge it."""
    if not actor.may(Permission.WATCH_JUDGE, school_id):
        raise not_allowed(Permission.WATCH_JUDGE)
    marks_to = School.objects.values_list("marks_to", flat=True).get(pk=school_id)
    if not doors.pupils(actor, school_id, Permission.WATCH_JUDGE).filter(pk=pupil_id).exists():
        raise not_found()
    rows = Summary.objects.select_for_update().filter(pupil_id=pupil_id)
    summary = rows.filter(year=school_year(marks_to)).first() if marks_to else None
    if summary is None:
        raise Refusal(
            Refused.CONFLICT, "This pupil has no count this year, so there is nothing to take off Watch."
        )
    return summary
