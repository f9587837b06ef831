"""Statements of who is responsible for the demonstration's cases, and who has had them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from onroll.domain.casework.kept_words import as_kept
from onroll.domain.casework.statement import statements
from onroll.domain.permissions import Role
from onroll.queries.packs import stack_of
from onroll.queries.place import place_of
from onroll.queries.responsibility import arrangement_on, responsibility
from onroll.records.cases.models import Case, FamilyMember, Receipt, Statement
from onroll.records.pupils.models import Contact


def issue(
    case: Case, *, on: date, moment: Callable[[date], datetime], team: Mapping[Role, int], whole: bool
) -> None:
    """Issue the statement of what stood that day: a parent has acknowledged it; `whole`: everybody has had it."""
    arrangement, by_id = arrangement_on(case.pk, on), team.get(Role.PROGRESS_LEADER)
    if arrangement is None or by_id is None:
        return
    place = place_of(case.pk, case.school.name, stack_of(case.school_id, on), on)
    kept = {"happened_on": on, "recorded_at": moment(on), "recorded_by_id": by_id}
    words = as_kept(statements(responsibility(arrangement), place, on))
    statement = Statement.objects.create(case=case, arrangement=arrangement, words=words, **kept)
    for relative in _family(case, by_id)[:1]:
        Receipt.objects.create(
            statement=statement,
            kind="acknowledged",
            how="conversation",
            family=relative,
            user_id=by_id,
            **kept,
        )
    if whole:
        Receipt.objects.create(
            statement=statement, kind="explained", how="conversation", user_id=by_id, **kept
        )
    for user_id in team.values() if whole else [by_id]:
        Receipt.objects.create(statement=statement, kind="read", how="page", user_id=user_id, **kept)


def _family(case: Case, by_id: int) -> list[FamilyMember]:
    """The parents and carers whom the roll names, taken over to the case on the day it was opened."""
    return [
        FamilyMember.objects.create(
            pupil_id=case.pupil_id,
            school_id=case.school_id,
            from_roll=one,
            name=one.name,
            relationship=one.relationship,
            parental_responsibility=one.parental_responsibility,
            lives_with_pupil=one.lives_with_pupil,
            phone=one.phone,
            email=one.email,
            priority=one.priority,
            happened_on=case.opened_on,
            recorded_at=case.recorded_at,
            recorded_by_id=by_id,
        )
        for one in Contact.objects.filter(pupil_id=case.pupil_id, ended_at=None)
    ]
