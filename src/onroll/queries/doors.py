"""The doors: the only way to a record, asking who, and logging each look at a pupil.

A stranger to a school is answered as if the school did not exist. A member whose roles do not reach a part is
told so, and whom to ask.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, not_allowed, not_found
from onroll.queries.counting import Way, way_of
from onroll.records.cases.models import Away, Case, Member
from onroll.records.ledger.models import Look
from onroll.records.pupils.models import Death, Pupil
from onroll.records.schools.models import School

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class SchoolSeen:
    """A school that the actor may enter, and what every page needs of it."""

    id: int
    urn: int
    name: str
    threshold: float  # days
    marks_to: date | None  # last date for which any mark is held
    mostly_to: date | None  # last date by which half of the pupils have a mark
    way: Way  # how the school counts


def school(actor: Actor, urn: int, permission: Permission) -> SchoolSeen:
    """Let the actor into one part of a school, or refuse."""
    row = School.objects.filter(urn=urn, pk__in=actor.school_ids()).first()
    if row is None:
        raise not_found()
    if not actor.may(permission, row.pk):
        raise not_allowed(permission, row.name)
    return SchoolSeen(
        row.pk, row.urn, row.name, float(row.threshold_days), row.marks_to, row.mostly_to, way_of(row)
    )


def pupils(actor: Actor, school_id: int, permission: Permission) -> "QuerySet[Pupil]":
    """The pupils of a school that the actor's permission reaches. For queries only; log what is shown."""
    reach = actor.year_groups(permission, school_id)
    rows = Pupil.objects.filter(school_id=school_id)
    if not actor.may(permission, school_id):
        return rows.none()
    return rows if reach is None else rows.filter(year_group_id__in=reach)


def pupil(
    actor: Actor, seen: SchoolSeen, pupil_id: int, permission: Permission, *, page: str, at: datetime
) -> Pupil:
    """One pupil's row, with the look logged; refused alike when it does not exist and when it is not theirs."""
    row = (
        pupils(actor, seen.id, permission)
        .filter(pk=pupil_id)
        .annotate(died_on=_died_on("pk"))
        .select_related("year_group", "tutor_group")
        .first()
    )
    if row is None:
        raise not_found()
    looked(actor, seen, page=page, pupil_ids=[row.pk], at=at)
    return row


def cases(
    actor: Actor, school_id: int, permission: Permission, *, on: date | None = None
) -> "QuerySet[Case]":
    """The cases that the actor's permission reaches: of their year groups, and those on whose team they are.

    With `on`, the cases too of somebody away on that day for whom they stand in. For queries and actions only; log
    what is shown.
    """
    rows = Case.objects.filter(school_id=school_id)
    if not actor.may(permission, school_id):
        return rows.none()
    reach = actor.year_groups(permission, school_id)
    if reach is None:
        return rows
    team = Member.objects.standing().filter(_not_ended(on))
    own = Q(user_id=actor.id) | Q(deputy_id=actor.id)
    if on is not None:
        away = Away.objects.standing().filter(deputy_id=actor.id, happened_on__lte=on, last_on__gte=on)
        own |= Q(user_id__in=away.filter(school_id=school_id).values("user_id"))
    return rows.filter(Q(pupil__year_group_id__in=reach) | Q(pk__in=team.filter(own).values("case_id")))


def _not_ended(on: date | None) -> Q:
    """Members whose time on the team has not ended. An end lies never ahead of the day of its recording."""
    return Q(until_on=None) if on is None else Q(until_on=None) | Q(until_on__gte=on)


def case(
    actor: Actor, seen: SchoolSeen, case_id: int, permission: Permission, *, page: str, at: datetime
) -> Case:
    """One case with its pupil, the look logged; refused alike when it does not exist and when it is not theirs."""
    row = (
        cases(actor, seen.id, permission, on=timezone.localdate(at))
        .filter(pk=case_id)
        .select_related("pupil__year_group", "pupil__tutor_group")
        .annotate(died_on=_died_on("pupil_id"))
        .first()
    )
    if row is None:
        raise not_found()
    looked(actor, seen, page=page, pupil_ids=[row.pupil_id], at=at)
    return row


def _died_on(pupil: str) -> Subquery:
    """The day on which it is recorded that a pupil died: pages show it with the name."""
    deaths = Death.objects.standing().filter(pupil_id=OuterRef(pupil))
    return Subquery(deaths.values("happened_on")[:1])


def looked(actor: Actor, seen: SchoolSeen, *, page: str, pupil_ids: Iterable[int], at: datetime) -> None:
    """Log that a page showed these pupils: one row, however many."""
    ids = list(pupil_ids)
    if ids:
        Look.objects.create(
            at=at, actor_id=actor.id, school_id=seen.id, page=page, pupil_ids=f",{','.join(map(str, ids))},"
        )
