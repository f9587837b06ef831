"""How a kept record is taken back or gives way to another: nothing is overwritten."""

from datetime import datetime
from typing import TypeVar

from django.db.models import Model, QuerySet

from onroll.domain.vocabulary import Actor, Refusal, Refused, not_found
from onroll.records.cases.models import Away, FamilyMember, LeavingProposal, Member, Professional, Sibling
from onroll.records.pupils.models import Death

Row = TypeVar("Row", Member, Away, FamilyMember, Professional, Sibling, LeavingProposal, Death)
_OWN = {
    *("id", "recorded_at", "recorded_by_id", "withdrawn_at", "withdrawn_by_id"),
    *("withdrawn_because", "replaces_id"),
}


def standing_row(rows: "QuerySet[Row]", row_id: int) -> Row:
    """One row, locked. Refuses as not found, or as changed meanwhile when somebody took it back."""
    row: Row | None = rows.select_for_update(of=("self",)).filter(pk=row_id).first()
    if row is None:
        raise not_found()
    if row.withdrawn_at is not None:
        raise Refusal(Refused.STALE, "Somebody changed this while your page was open. Nothing was changed.")
    return row


def take_back(row: Row, actor: Actor, *, because: str, at: datetime) -> None:
    """Withdraw a row, with the reason. Refuses an empty one."""
    if not because.strip():
        raise Refusal(Refused.INVALID, "Enter why. Nothing was changed.")
    row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_because = at, actor.id, because.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_by_id", "withdrawn_because"])


def give_way(row: Row, actor: Actor, *, because: str, at: datetime, **changed: object) -> Row:
    """Withdraw a row and record another in its place, with what changed."""
    take_back(row, actor, because=because, at=at)
    model: type[Model] = type(row)
    held = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    values = {name: value for name, value in held.items() if name not in _OWN} | changed
    return type(row).objects.create(**values, replaces=row, recorded_at=at, recorded_by_id=actor.id)
