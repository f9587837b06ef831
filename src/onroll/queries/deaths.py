"""Whether a pupil has died, and who recorded it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from onroll.domain.names import shown_name
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.records.people.models import User
from onroll.records.pupils.models import Death


@dataclass(frozen=True, slots=True)
class DeathSeen:
    """The record that stands."""

    id: int
    died_on: date
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class LossPage:
    """The page on which it is recorded."""

    pupil_id: int
    name: str
    year_group: str
    born_on: date | None
    death: DeathSeen | None


def death_of(pupil_id: int) -> DeathSeen | None:
    """The record that a pupil has died; None while there is none. One query."""
    by = User.objects.filter(pk=OuterRef("recorded_by_id")).values("name")
    row = (
        Death.objects.standing()
        .filter(pupil_id=pupil_id)
        .values_list("pk", "happened_on", "recorded_at", Subquery(by))
        .first()
    )
    return DeathSeen(row[0], row[1], row[2], row[3] or "Onroll") if row else None


def loss_page(actor: Actor, seen: SchoolSeen, pupil_id: int, *, at: datetime) -> LossPage:
    """The page, for whoever may record it; the look is logged."""
    row = doors.pupil(actor, seen, pupil_id, Permission.DEATH_RECORD, page="death", at=at)
    return LossPage(
        row.pk,
        shown_name(row.forename, row.surname, row.known_as),
        row.year_group.name if row.year_group else "",
        row.born_on,
        death_of(row.pk),
    )
