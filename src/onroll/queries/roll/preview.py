"""What a read roll would do, list by list."""

from dataclasses import dataclass
from datetime import date, datetime

from onroll.domain.names import shown_name
from onroll.domain.roll.comparison import Difference
from onroll.domain.roll.given import PupilGiven
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.queries.roll.known import on_roll
from onroll.queries.roll.staged import named_by
from onroll.records.attendance.models import StagedPupil
from onroll.records.pupils.models import Pupil

PAGE = 25


@dataclass(frozen=True, slots=True)
class StagedSeen:
    """One pupil of the file. `pupil_id` None: a child who is not known here."""

    line: int
    given: PupilGiven
    pupil_id: int | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class PupilSeen:
    """A pupil of the school in a list."""

    id: int
    name: str
    year_group: str
    tutor_group: str
    born_on: date | None


def staged_page(
    actor: Actor, seen: SchoolSeen, import_id: int, state: str, *, first: int, at: datetime
) -> tuple[list[StagedSeen], int]:
    """One page of the pupils of a state (new, same, changed) in the order of the file, and how many there are."""
    rows = StagedPupil.objects.filter(batch_id=import_id, batch__school_id=seen.id, state=state).order_by(
        "line"
    )
    page = [
        StagedSeen(
            row.line,
            PupilGiven.from_json(row.given),
            row.pupil_id,
            tuple(Difference(*one) for one in row.differences),
        )
        for row in rows[first : first + PAGE]
    ]
    ids = [one.pupil_id for one in page if one.pupil_id is not None]
    doors.looked(actor, seen, page="roll", pupil_ids=ids, at=at)
    return page, rows.count()


def missing_page(
    actor: Actor, seen: SchoolSeen, import_id: int, *, first: int, on: date, at: datetime
) -> tuple[list[PupilSeen], int]:
    """One page of the pupils on roll whom the file does not name, by name, and how many there are."""
    named = named_by(import_id)
    rows = on_roll(seen.id, on).exclude(pk__in=named).select_related("year_group", "tutor_group")
    page = [pupil_seen(row) for row in rows.order_by("surname", "forename", "pk")[first : first + PAGE]]
    doors.looked(actor, seen, page="roll", pupil_ids=[one.id for one in page], at=at)
    return page, rows.count()


def pupil_seen(row: Pupil) -> PupilSeen:
    """A pupil as lists show them; the row comes with its groups."""
    return PupilSeen(
        row.pk,
        shown_name(row.forename, row.surname, row.known_as),
        row.year_group.name if row.year_group else "",
        row.tutor_group.name if row.tutor_group else "",
        row.born_on,
    )
