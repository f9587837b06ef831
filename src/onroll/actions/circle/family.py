"""The pupil's family: taken over from the roll, added, changed, taken out. It belongs to the pupil, over all cases."""

from dataclasses import asdict
from datetime import date, datetime

from onroll.actions.cases.changing import CaseDoing, case_change
from onroll.actions.circle.keeping import give_way, standing_row, take_back
from onroll.domain.casework.family import MayBeTold, RelativeGiven
from onroll.domain.outbox import Stopped
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.queries.circle import roll_contacts
from onroll.records.base import RecordQuerySet
from onroll.records.cases.models import FamilyMember, StatementLink
from onroll.records.kept import KeptQuerySet
from onroll.records.outbox.models import Message
from onroll.records.pupils.models import Contact

CHANGED = "Changed"


def take_over(actor: Actor, school_id: int, case_id: int, *, on: date, at: datetime) -> int:
    """Copy the roll's contacts that nobody took over yet into the family; say how many. The roll stays as it is."""
    with case_change(
        actor, school_id, case_id, "family-taken-over", Permission.CASE_WORK, on=on, at=at
    ) as doing:
        waiting = [one.id for one in roll_contacts(doing.case.pupil_id)]
        rows = Contact.objects.filter(pk__in=waiting)
        FamilyMember.objects.bulk_create([_copied(doing, row, actor, on, at) for row in rows])
        doing.entry.detail = {"taken_over": len(waiting)}
        if not waiting:
            doing.nothing_to_do()
        return len(waiting)


def add_relative(
    actor: Actor, school_id: int, case_id: int, *, given: RelativeGiven, on: date, at: datetime
) -> int:
    """Add somebody to the family; say the row's id."""
    with case_change(
        actor, school_id, case_id, "family-member-added", Permission.CASE_WORK, on=on, at=at
    ) as doing:
        _check(given)
        row = FamilyMember.objects.create(
            pupil_id=doing.case.pupil_id,
            school_id=doing.case.school_id,
            happened_on=on,
            recorded_at=at,
            recorded_by_id=actor.id,
            **asdict(given),
        )
        doing.entry.detail = {"relative": row.pk}
        return row.pk


def change_relative(
    actor: Actor,
    school_id: int,
    case_id: int,
    relative_id: int,
    *,
    given: RelativeGiven,
    on: date,
    at: datetime,
) -> int:
    """Record what is known now in the place of what was; say the new row's id."""
    with case_change(
        actor, school_id, case_id, "family-member-changed", Permission.CASE_WORK, on=on, at=at
    ) as doing:
        _check(given)
        row = standing_row(_rows(doing), relative_id)
        after = give_way(row, actor, because=CHANGED, at=at, happened_on=on, **asdict(given))
        if after.do_not_contact or after.may_be_told == MayBeTold.NOTHING:
            _silence(row, at)
        else:
            _links(row).update(family=after)
        doing.entry.detail = {"relative": after.pk, "instead_of": row.pk}
        return after.pk


def withdraw_relative(
    actor: Actor, school_id: int, case_id: int, relative_id: int, *, because: str, on: date, at: datetime
) -> None:
    """Take somebody out of the family, with the reason."""
    with case_change(
        actor, school_id, case_id, "family-member-withdrawn", Permission.CASE_WORK, on=on, at=at
    ) as doing:
        row = standing_row(_rows(doing), relative_id)
        take_back(row, actor, because=because, at=at)
        _silence(row, at)
        doing.entry.detail = {"relative": relative_id}


def _rows(doing: CaseDoing) -> KeptQuerySet[FamilyMember]:
    return FamilyMember.objects.filter(pupil_id=doing.case.pupil_id)


def _links(row: FamilyMember) -> RecordQuerySet[StatementLink]:
    """Links of theirs that have not been used."""
    return StatementLink.objects.filter(family=row, used_at=None, withdrawn_at=None)


def _silence(row: FamilyMember, at: datetime) -> None:
    """End the links of somebody who is not to be written to any more, and stop what waits to be sent to them."""
    _links(row).update(withdrawn_at=at)
    if row.email:
        waits = Message.objects.filter(pupil_id=row.pupil_id, address__iexact=row.email)
        waits.filter(sent_at=None, stopped_at=None).update(
            stopped_at=at,
            stopped_because=Stopped.NOT_NEEDED.value,
            body="",  # it may hold a link
        )


def _check(given: RelativeGiven) -> None:
    for problem in given.problems().values():
        raise Refusal(Refused.INVALID, f"{problem}.")


def _copied(doing: CaseDoing, row: Contact, actor: Actor, on: date, at: datetime) -> FamilyMember:
    return FamilyMember(
        pupil_id=row.pupil_id,
        school_id=doing.case.school_id,
        from_roll=row,
        name=row.name,
        relationship=row.relationship,
        parental_responsibility=row.parental_responsibility,
        lives_with_pupil=row.lives_with_pupil,
        phone=row.phone,
        email=row.email,
        priority=row.priority,
        happened_on=on,
        recorded_at=at,
        recorded_by_id=actor.id,
    )
