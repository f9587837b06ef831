"""Brothers and sisters at the school: Onroll may suggest them, and only a person confirms them."""

from datetime import date, datetime

from django.db.models import Q

from onroll.actions.cases.changing import CaseDoing, case_change
from onroll.actions.circle.keeping import standing_row, take_back
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_found
from onroll.queries import doors
from onroll.records.cases.models import Sibling
from onroll.records.kept import KeptQuerySet


def confirm_sibling(
    actor: Actor, school_id: int, case_id: int, *, other_id: int, on: date, at: datetime
) -> int:
    """Say that another pupil of the school is a brother or sister; say the bond's id. Said twice, it stands once."""
    with case_change(
        actor, school_id, case_id, "siblings-confirmed", Permission.CASE_WORK, on=on, at=at
    ) as doing:
        if not doors.pupils(actor, school_id, Permission.PUPIL_SEE).filter(pk=other_id).exists():
            raise not_found()
        if other_id == doing.case.pupil_id:
            raise Refusal(Refused.INVALID, "A pupil is not their own brother or sister.")
        held = _rows(doing).standing().filter(Q(pupil_id=other_id) | Q(other_id=other_id)).first()
        if held is not None:
            doing.nothing_to_do()
            return held.pk
        row = Sibling.objects.create(
            school_id=school_id,
            pupil_id=doing.case.pupil_id,
            other_id=other_id,
            happened_on=on,
            recorded_at=at,
            recorded_by_id=actor.id,
        )
        doing.entry.detail = {"bond": row.pk}
        return row.pk


def withdraw_sibling(
    actor: Actor, school_id: int, case_id: int, bond_id: int, *, because: str, on: date, at: datetime
) -> None:
    """Take back that two pupils are brothers or sisters, with the reason. Onroll does not suggest them again."""
    with case_change(
        actor, school_id, case_id, "siblings-withdrawn", Permission.CASE_WORK, on=on, at=at
    ) as doing:
        take_back(standing_row(_rows(doing), bond_id), actor, because=because, at=at)
        doing.entry.detail = {"bond": bond_id}


def _rows(doing: CaseDoing) -> KeptQuerySet[Sibling]:
    pupil_id = doing.case.pupil_id
    return Sibling.objects.filter(Q(pupil_id=pupil_id) | Q(other_id=pupil_id), school_id=doing.case.school_id)
