"""Taking the list of looks or changes away as a file is itself in the ledger: from then on it is out of our hands."""

from datetime import datetime

from onroll.actions.change import change
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor
from onroll.queries import doors, ledger
from onroll.queries.doors import SchoolSeen
from onroll.queries.ledger import Asked


def export_looks(actor: Actor, urn: int, asked: Asked, *, at: datetime) -> SchoolSeen:
    """Write down that the looks asked for were taken away; refuses whoever may not see them."""
    school = doors.school(actor, urn, Permission.LOOKS_SEE)
    with change(actor.id, "looks-exported", at, school_id=school.id) as entry:
        entry.subject = _subject(asked)
        entry.detail = _detail(asked) | {"rows": ledger.count_looks(school, asked)}
    return school


def export_changes(actor: Actor, urn: int, asked: Asked, *, at: datetime) -> SchoolSeen:
    """Write down that the changes asked for were taken away; refuses whoever may not see them."""
    school = doors.school(actor, urn, Permission.LOOKS_SEE)
    with change(actor.id, "changes-exported", at, school_id=school.id) as entry:
        entry.subject = _subject(asked)
        entry.detail = _detail(asked) | {"rows": ledger.count_changes(school, asked)}
    return school


def _subject(asked: Asked) -> str:
    return f"pupil:{asked.pupil_id}" if asked.pupil_id is not None else ""


def _detail(asked: Asked) -> dict[str, object]:
    told = {
        "person": asked.person_id,
        "from": asked.first.isoformat() if asked.first else None,
        "to": asked.last.isoformat() if asked.last else None,
    }
    return {key: value for key, value in told.items() if value is not None}
