"""A pupil has died. One act stops everything that would be sent or asked; it can be taken back."""

from datetime import date, datetime

from onroll.actions.change import Entry, change
from onroll.actions.circle.keeping import standing_row, take_back
from onroll.actions.duties.refresh import refresh_cases
from onroll.domain.outbox import Stopped
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_allowed, not_found
from onroll.queries import doors
from onroll.records.cases.models import Case, StatementLink
from onroll.records.outbox.models import Message
from onroll.records.pupils.models import Death, Pupil


def record_death(
    actor: Actor, school_id: int, pupil_id: int, *, died_on: date, on: date, at: datetime
) -> int:
    """Record that a pupil died; say the record's id. Recorded by somebody before, it stays as it is.

    In the same transaction every message about the pupil is stopped, links for the family are ended, and every
    duty of an open case becomes not applicable. Nothing is deleted.
    """
    with change(actor.id, "death-recorded", at, school_id=school_id) as entry:
        pupil = _pupil(actor, school_id, pupil_id, entry)
        held = Death.objects.standing().filter(pupil=pupil).first()
        if held is not None:
            entry.nothing_changed = True
            return held.pk
        if died_on > on or (pupil.born_on is not None and died_on < pupil.born_on):
            raise Refusal(
                Refused.INVALID, "The date lies in the future or before the date of birth. Check it."
            )
        row = Death.objects.create(
            pupil=pupil,
            school_id=school_id,
            happened_on=died_on,
            recorded_at=at,
            recorded_by_id=actor.id,
        )
        entry.detail = {"stopped": _stop_messages(pupil_id, at), "links": _end_links(pupil_id, at)}
        _refresh(pupil_id, on, at)
        return row.pk


def take_back_death(
    actor: Actor, school_id: int, pupil_id: int, death_id: int, *, because: str, on: date, at: datetime
) -> None:
    """Take the record back: it was a mistake. Duties apply again; what was stopped is not sent after all."""
    with change(actor.id, "death-withdrawn", at, school_id=school_id) as entry:
        _pupil(actor, school_id, pupil_id, entry)
        take_back(
            standing_row(Death.objects.filter(pupil_id=pupil_id), death_id), actor, because=because, at=at
        )
        _refresh(pupil_id, on, at)


def _pupil(actor: Actor, school_id: int, pupil_id: int, entry: Entry) -> Pupil:
    """The pupil, locked: whoever queues a message at this moment is before or after, not in between."""
    if school_id not in actor.school_ids():
        raise not_found()
    if not actor.may(Permission.DEATH_RECORD, school_id):
        raise not_allowed(Permission.DEATH_RECORD)
    if not doors.pupils(actor, school_id, Permission.DEATH_RECORD).filter(pk=pupil_id).exists():
        raise not_found()
    entry.subject = f"pupil:{pupil_id}"
    return Pupil.objects.select_for_update().get(pk=pupil_id)


def _stop_messages(pupil_id: int, at: datetime) -> int:
    waiting = Message.objects.filter(pupil_id=pupil_id, sent_at=None, stopped_at=None)
    return waiting.update(stopped_at=at, stopped_because=Stopped.DIED.value)


def _end_links(pupil_id: int, at: datetime) -> int:
    links = StatementLink.objects.filter(statement__case__pupil_id=pupil_id, used_at=None, withdrawn_at=None)
    return links.update(withdrawn_at=at)


def _refresh(pupil_id: int, on: date, at: datetime) -> None:
    cases = Case.objects.filter(pupil_id=pupil_id, closed_on=None)
    refresh_cases(list(cases.values_list("pk", flat=True)), on=on, at=at)
