"""Decide about a pupil whom a roll did not name: still here, or has left; and take such a word back."""

from datetime import date, datetime

from django.utils import timezone

from onroll.actions.change import Entry, change
from onroll.actions.duties.refresh import refresh_cases
from onroll.actions.leaving.guard import cases_of, need_agreement
from onroll.actions.recount import Moved, recount_school
from onroll.actions.recounted import school_to_change
from onroll.actions.roll.missing import LEFT, STILL_HERE
from onroll.domain.permissions import Permission
from onroll.domain.roll.targets import Field
from onroll.domain.schoolcalendar import school_year, year_start
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_found
from onroll.queries.roll.known import marked_from
from onroll.records.pupils.models import Enrolment, MissingFromRoll, PupilChange

_DECIDED = "Somebody has decided about this pupil already. Open the list again."
_OVER = "This pupil’s time on roll has ended already. Open the list again."


def say_still_here(actor: Actor, school_id: int, missing_id: int, *, at: datetime) -> None:
    """Keep a pupil on roll whom the file did not name. The next file that does not name them asks again."""
    with change(actor.id, "missing_pupil_still_here", at, school_id=school_id) as entry:
        row = _open_question(actor, school_id, missing_id, entry)
        _decide(row, STILL_HERE, actor, at)
        refresh_cases(cases_of([row.pupil_id]), on=timezone.localdate(at), at=at)


def say_left(
    actor: Actor, school_id: int, missing_id: int, *, left_on: date, reason: str, today: date, at: datetime
) -> Moved:
    """End the pupil's time on roll on their last day, and count them again. Nothing is deleted."""
    with change(actor.id, "missing_pupil_left", at, school_id=school_id) as entry:
        row = _open_question(actor, school_id, missing_id, entry)
        if left_on > today:
            raise Refusal(
                Refused.INVALID, "The last day on roll is in the future. Enter a day that has come."
            )
        end_time_on_roll(row.pupil_id, school_id, left_on, actor, import_id=None, at=at)
        _decide(row, LEFT, actor, at, left_on=left_on, reason=reason)
        moved = recount_school(school_id, pupil_ids=[row.pupil_id])
        refresh_cases(cases_of([row.pupil_id]), on=today, at=at)
        entry.detail |= moved.as_detail()
        return moved


def take_back(actor: Actor, school_id: int, missing_id: int, *, at: datetime) -> Moved:
    """Put a pupil back on roll of whom somebody said by mistake that they had left; the question is open again."""
    with change(actor.id, "missing_pupil_taken_back", at, school_id=school_id) as entry:
        row = _locked(actor, school_id, missing_id, entry)
        last = _last_time(row.pupil_id)
        if row.decision != LEFT or last is None or last.last_on != row.left_on:
            raise Refusal(
                Refused.CONFLICT, "This cannot be taken back: the pupil’s time on roll changed since."
            )
        if MissingFromRoll.objects.filter(pupil_id=row.pupil_id, decision="").exists():
            raise Refusal(Refused.CONFLICT, _DECIDED)
        _move_end(last, None, actor, import_id=None, at=at)
        row.decision, row.left_on, row.reason, row.decided_at, row.decided_by_id = "", None, "", None, None
        row.save(update_fields=["decision", "left_on", "reason", "decided_at", "decided_by_id"])
        moved = recount_school(school_id, pupil_ids=[row.pupil_id])
        refresh_cases(cases_of([row.pupil_id]), on=timezone.localdate(at), at=at)
        entry.detail |= moved.as_detail()
        return moved


def end_time_on_roll(
    pupil_id: int, school_id: int, left_on: date, actor: Actor, *, import_id: int | None, at: datetime
) -> None:
    """End the running time on roll on its last day. Inner: the one place where a person ends one.

    Refuses for a pupil with an open case, unless the headteacher agreed to that day.
    """
    need_agreement(pupil_id, left_on)
    last = _last_time(pupil_id)
    if last is None:
        first = _since(pupil_id, left_on)
        last = Enrolment.objects.create(pupil_id=pupil_id, school_id=school_id, first_on=first)
    if last.last_on is not None and last.last_on <= left_on:
        raise Refusal(Refused.CONFLICT, _OVER)
    if left_on < last.first_on:
        raise Refusal(Refused.INVALID, "The last day on roll is before the pupil joined. Check the date.")
    _move_end(last, left_on, actor, import_id=import_id, at=at)


def _move_end(
    time: Enrolment, left_on: date | None, actor: Actor, *, import_id: int | None, at: datetime
) -> None:
    PupilChange.objects.create(
        pupil_id=time.pupil_id,
        school_id=time.school_id,
        field=str(Field.LEFT_ON),
        old=time.last_on.isoformat() if time.last_on else "",
        new=left_on.isoformat() if left_on else "",
        at=at,
        by_id=actor.id,
        import_id=import_id,
    )
    time.last_on = left_on
    time.save(update_fields=["last_on"])


def _since(pupil_id: int, left_on: date) -> date:
    """From when a pupil was here of whom no admission date is known: no mark that is held may fall out."""
    first = min(marked_from([pupil_id]).get(pupil_id, left_on), left_on)
    return year_start(school_year(first))


def _last_time(pupil_id: int) -> Enrolment | None:
    return Enrolment.objects.select_for_update().filter(pupil_id=pupil_id).order_by("-first_on").first()


def _open_question(actor: Actor, school_id: int, missing_id: int, entry: Entry) -> MissingFromRoll:
    row = _locked(actor, school_id, missing_id, entry)
    if row.decision:
        raise Refusal(Refused.CONFLICT, _DECIDED)
    return row


def _locked(actor: Actor, school_id: int, missing_id: int, entry: Entry) -> MissingFromRoll:
    school_to_change(actor, school_id, Permission.ROLL_IMPORT)
    row: MissingFromRoll | None = (
        MissingFromRoll.objects.select_for_update().filter(pk=missing_id, school_id=school_id).first()
    )
    if row is None:
        raise not_found()
    entry.subject = f"pupil:{row.pupil_id}"
    return row


def _decide(
    row: MissingFromRoll,
    decision: str,
    actor: Actor,
    at: datetime,
    *,
    left_on: date | None = None,
    reason: str = "",
) -> None:
    row.decision, row.left_on, row.reason = decision, left_on, reason
    row.decided_at, row.decided_by_id = at, actor.id
    row.save(update_fields=["decision", "left_on", "reason", "decided_at", "decided_by_id"])
