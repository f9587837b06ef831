"""Add, change, withdraw and restore one entry of the calendar.

An entry is never overwritten: a change withdraws it and records another that names it.
"""

from contextlib import AbstractContextManager
from datetime import datetime

from django.db.models import Q

from onroll.actions.calendar.scope import Facts, new_row, touch_trust, twin_of
from onroll.actions.recounted import Doing, Outcome, recounted_change
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_found
from onroll.records.schools.models import CalendarDay

_TWIN = "The calendar has this entry already. Open the calendar to see it."
_GONE = (
    "Somebody changed or withdrew this entry since you opened it. Open the calendar to see what stands now."
)
_RESTORED = "This entry was changed or put back already. Open the calendar to see what stands now."


def add_entry(actor: Actor, school_id: int, facts: Facts, *, at: datetime, rehearse: bool = False) -> Outcome:
    """Add an entry, count again, and say what moved. With `rehearse` only say it."""
    with _calendar_change(actor, school_id, "calendar-entry-added", at, rehearse) as doing:
        row = new_row(actor, doing, facts)
        _record(doing, row, at)
    return doing.outcome


def change_entry(
    actor: Actor, school_id: int, entry_id: int, facts: Facts, *, at: datetime, rehearse: bool = False
) -> Outcome:
    """Let an entry say something else. Refuses as stale when the entry does not stand any more."""
    with _calendar_change(actor, school_id, "calendar-entry-changed", at, rehearse) as doing:
        old = _standing(actor, doing, entry_id)
        others = doing.others
        row = new_row(actor, doing, facts)
        doing.others = tuple(dict.fromkeys([*others, *doing.others]))
        if _same(old, row):
            doing.outcome.subject_id = old.pk
            doing.nothing_to_do()
        else:
            row.replaces = old
            old.withdrawn_at = at
            old.save(update_fields=["withdrawn_at"])
            _record(doing, row, at)
            doing.entry.detail |= {"was": detail_of(old)}
    return doing.outcome


def withdraw_entry(
    actor: Actor, school_id: int, entry_id: int, *, because: str = "", at: datetime, rehearse: bool = False
) -> Outcome:
    """Take an entry out of the calendar. It is kept, shown struck through, and can be put back."""
    with _calendar_change(actor, school_id, "calendar-entry-withdrawn", at, rehearse) as doing:
        row = _standing(actor, doing, entry_id)
        row.withdrawn_at, row.withdrawn_because = at, because
        row.save(update_fields=["withdrawn_at", "withdrawn_because"])
        _sign(doing, row)
    return doing.outcome


def restore_entry(
    actor: Actor, school_id: int, entry_id: int, *, at: datetime, rehearse: bool = False
) -> Outcome:
    """Put a withdrawn entry back, as a new entry that names it."""
    with _calendar_change(actor, school_id, "calendar-entry-restored", at, rehearse) as doing:
        old = _entry(actor, doing, entry_id)
        if old.withdrawn_at is None or old.replaced_by.exists():
            raise Refusal(Refused.STALE, _RESTORED)
        row = CalendarDay(
            trust_id=old.trust_id,
            school_id=old.school_id,
            year_group_id=old.year_group_id,
            kind=old.kind,
            first_on=old.first_on,
            last_on=old.last_on,
            name=old.name,
            replaces=old,
        )
        _record(doing, row, at)
    return doing.outcome


def detail_of(row: CalendarDay) -> dict[str, object]:
    """What the ledger says of an entry: kinds, ids and dates."""
    detail: dict[str, object] = {
        "kind": row.kind,
        "first": row.first_on.isoformat(),
        "last": row.last_on.isoformat(),
    }
    owners = {"trust": row.trust_id, "year_group": row.year_group_id}
    return detail | {name: owner for name, owner in owners.items() if owner is not None}


def _calendar_change(
    actor: Actor, school_id: int, verb: str, at: datetime, rehearse: bool
) -> AbstractContextManager[Doing]:
    return recounted_change(actor, school_id, verb, Permission.CALENDAR_EDIT, at=at, rehearse=rehearse)


def _entry(actor: Actor, doing: Doing, entry_id: int) -> CalendarDay:
    """An entry of this school or of its trust, for somebody who may change it."""
    mine = Q(school=doing.school)
    if doing.school.trust_id is not None:
        mine |= Q(trust_id=doing.school.trust_id)
    row: CalendarDay | None = CalendarDay.objects.select_for_update().filter(mine, pk=entry_id).first()
    if row is None:
        raise not_found()
    if row.trust_id is not None:
        touch_trust(actor, doing)
    return row


def _standing(actor: Actor, doing: Doing, entry_id: int) -> CalendarDay:
    row = _entry(actor, doing, entry_id)
    if row.withdrawn_at is not None:
        raise Refusal(Refused.STALE, _GONE)
    return row


def _record(doing: Doing, row: CalendarDay, at: datetime) -> None:
    if twin_of(row) is not None:
        raise Refusal(Refused.CONFLICT, _TWIN)
    row.recorded_at = at
    row.save()
    _sign(doing, row)


def _sign(doing: Doing, row: CalendarDay) -> None:
    doing.entry.subject = f"calendar-day:{row.pk}"
    doing.entry.detail = detail_of(row)
    doing.outcome.subject_id = row.pk


def _same(old: CalendarDay, new: CalendarDay) -> bool:
    names = ("trust_id", "school_id", "year_group_id", "kind", "first_on", "last_on", "name")
    return all(getattr(old, name) == getattr(new, name) for name in names)
