"""Professionals round a case: added, changed, taken off."""

from dataclasses import asdict
from datetime import date, datetime

from onroll.actions.cases.changing import CaseDoing, case_change
from onroll.actions.circle.keeping import give_way, standing_row, take_back
from onroll.domain.casework.family import ProfessionalGiven
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_allowed
from onroll.records.cases.models import Professional
from onroll.records.kept import KeptQuerySet


def add_professional(
    actor: Actor, school_id: int, case_id: int, *, given: ProfessionalGiven, on: date, at: datetime
) -> int:
    """Add a professional; say the row's id. Their role is for those alone who may see medical information."""
    with case_change(
        actor, school_id, case_id, "professional-added", Permission.CASE_WORK, on=on, at=at
    ) as doing:
        row = Professional.objects.create(
            case=doing.case,
            happened_on=on,
            recorded_at=at,
            recorded_by_id=actor.id,
            **_values(actor, doing, given),
        )
        doing.entry.detail = {"professional": row.pk}
        return row.pk


def change_professional(
    actor: Actor,
    school_id: int,
    case_id: int,
    professional_id: int,
    *,
    given: ProfessionalGiven,
    on: date,
    at: datetime,
) -> int:
    """Record what is known now in the place of what was; say the new row's id."""
    with case_change(
        actor, school_id, case_id, "professional-changed", Permission.CASE_WORK, on=on, at=at
    ) as doing:
        row = standing_row(_rows(doing), professional_id)
        values = _values(actor, doing, given)
        after = give_way(row, actor, because="Changed", at=at, happened_on=on, **values)
        doing.entry.detail = {"professional": after.pk, "instead_of": row.pk}
        return after.pk


def withdraw_professional(
    actor: Actor, school_id: int, case_id: int, professional_id: int, *, because: str, on: date, at: datetime
) -> None:
    """Take a professional off the case, with the reason."""
    with case_change(
        actor, school_id, case_id, "professional-withdrawn", Permission.CASE_WORK, on=on, at=at
    ) as doing:
        take_back(standing_row(_rows(doing), professional_id), actor, because=because, at=at)
        doing.entry.detail = {"professional": professional_id}


def _rows(doing: CaseDoing) -> KeptQuerySet[Professional]:
    return Professional.objects.filter(case=doing.case)


def _values(actor: Actor, doing: CaseDoing, given: ProfessionalGiven) -> dict[str, str]:
    for problem in given.problems().values():
        raise Refusal(Refused.INVALID, f"{problem}.")
    values = {name: value for name, value in asdict(given).items() if value is not None}
    if values.get("role") and not actor.may(Permission.MEDICAL_SEE, doing.case.school_id):
        raise not_allowed(Permission.MEDICAL_SEE)
    return values
