"""Record a contact, a decision or a note on a case."""

from datetime import date, datetime

from onroll.actions.cases.changing import case_change
from onroll.actions.timeline.writing import write
from onroll.domain.casework.given import ContactGiven, DecisionGiven, NoteGiven
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor


def record_contact(
    actor: Actor,
    school_id: int,
    case_id: int,
    *,
    given: ContactGiven,
    form_key: str,
    on: date,
    at: datetime,
) -> int:
    """Record that somebody was in touch; say the entry's id. Sent twice, it is recorded once."""
    with case_change(
        actor, school_id, case_id, "contact-recorded", Permission.CASE_WORK, on=on, at=at
    ) as doing:
        return write(doing, actor, given, form_key=form_key, on=on, at=at)


def record_decision(
    actor: Actor,
    school_id: int,
    case_id: int,
    *,
    given: DecisionGiven,
    form_key: str,
    on: date,
    at: datetime,
) -> int:
    """Record what was decided, and why; say the entry's id. Sent twice, it is recorded once."""
    with case_change(
        actor, school_id, case_id, "decision-recorded", Permission.CASE_WORK, on=on, at=at
    ) as doing:
        return write(doing, actor, given, form_key=form_key, on=on, at=at)


def record_note(
    actor: Actor, school_id: int, case_id: int, *, given: NoteGiven, form_key: str, on: date, at: datetime
) -> int:
    """Record a note; say the entry's id. Sent twice, it is recorded once."""
    with case_change(actor, school_id, case_id, "note-recorded", Permission.CASE_WORK, on=on, at=at) as doing:
        return write(doing, actor, given, form_key=form_key, on=on, at=at)
