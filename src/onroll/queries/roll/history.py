"""What a written roll changed, pupil by pupil, and the recount that came with it."""

from dataclasses import dataclass
from datetime import datetime

from onroll.domain.roll.comparison import Difference
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.queries.roll.preview import PAGE, PupilSeen, pupil_seen
from onroll.records.attendance.models import Recount
from onroll.records.pupils.models import Pupil, PupilChange

NEW_PUPIL = "new-pupil"


@dataclass(frozen=True, slots=True)
class PupilChanged:
    """One pupil and what the file changed; no differences for one who came with it."""

    pupil: PupilSeen
    is_new: bool
    differences: tuple[Difference, ...]


def changes_page(
    actor: Actor, seen: SchoolSeen, import_id: int, *, first: int, at: datetime
) -> tuple[list[PupilChanged], int]:
    """One page of the pupils whom the file changed or brought, by name, and how many there are. Logs the look."""
    changes = PupilChange.objects.filter(import_id=import_id, school_id=seen.id)
    pupils = Pupil.objects.filter(pk__in=changes.values("pupil_id")).select_related(
        "year_group", "tutor_group"
    )
    page = list(pupils.order_by("surname", "forename", "pk")[first : first + PAGE])
    told: dict[int, list[Difference]] = {row.pk: [] for row in page}
    for change in changes.filter(pupil__in=page).order_by("pk"):
        told[change.pupil_id].append(Difference(change.field, change.old, change.new, change.of))
    doors.looked(actor, seen, page="roll-changes", pupil_ids=list(told), at=at)
    return [_changed(row, told[row.pk]) for row in page], pupils.count()


def recount_of(seen: SchoolSeen, import_id: int) -> tuple[int, int] | None:
    """The recount that came with a roll, and how many counts it moved; None when it moved none."""
    rows = Recount.objects.filter(school_id=seen.id, because="roll_applied", subject=f"import:{import_id}")
    return rows.values_list("pk", "moved").first()


def _changed(row: Pupil, told: list[Difference]) -> PupilChanged:
    kept = tuple(one for one in told if one.field != NEW_PUPIL)
    return PupilChanged(pupil_seen(row), len(kept) < len(told), kept)
