"""The single marks of an import: new, same, changed or kept, a page at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from onroll.domain.names import shown_name
from onroll.domain.permissions import Permission
from onroll.domain.register import CODE_OF_CHAR, NO_MARK
from onroll.domain.register.comparison import NO_MARKS, Outcome, places_with
from onroll.domain.register.coverage import stored_mask
from onroll.domain.schoolcalendar import session_at
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.queries.imports.slices import PAGE, start
from onroll.records.attendance.models import Import, StagedRegister


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One session of a pupil: what was held, and what the file says. Codes; "" for no mark."""

    pupil_id: int
    name: str
    year_group: str
    tutor_group: str
    on: date
    session: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class MarksPage:
    """One page of marks, and how many there are."""

    rows: list[MarkRow]
    total: int


def marks_page(
    actor: Actor, seen: SchoolSeen, import_id: int, outcome: Outcome, *, first: int, at: datetime
) -> MarksPage:
    """The marks with one outcome, by pupil and date; only of pupils whom the reader may see. Logs the look.

    Four queries, however large the import.
    """
    reach = doors.pupils(actor, seen.id, Permission.REGISTER_SEE)
    staged = StagedRegister.objects.filter(
        batch_id=import_id, batch__school_id=seen.id, pupil__in=reach, **{f"{outcome}__gt": 0}
    ).order_by("pupil__surname", "pupil__forename", "pupil_id", "year")
    counts = list(staged.values_list("pk", str(outcome)))
    total = sum(count for _, count in counts)
    wanted, skip = _registers_of(counts, start(first, total))
    rows = staged.filter(pk__in=wanted).select_related("pupil__year_group", "pupil__tutor_group")
    covered = Import.objects.filter(pk=import_id).values_list("covered", flat=True).first() or {}
    found = (mark for row in rows for mark in _marks(row, outcome, covered))
    page = list(islice(found, skip, skip + PAGE))
    doors.looked(actor, seen, page="import-marks", pupil_ids=sorted({row.pupil_id for row in page}), at=at)
    return MarksPage(page, total)


def _registers_of(counts: list[tuple[int, int]], first: int) -> tuple[list[int], int]:
    """The registers on which the page's marks stand, and how many marks of them come before the page."""
    wanted: list[int] = []
    before = skip = 0
    for pk, count in counts:
        if before + count > first and before < first + PAGE:
            skip = skip if wanted else first - before
            wanted.append(pk)
        before += count
    return wanted, max(skip, 0)


def _marks(row: StagedRegister, outcome: Outcome, covered: dict[str, str]) -> Iterator[MarkRow]:
    held, pupil = row.before or NO_MARKS, row.pupil
    for place in places_with(outcome, held, row.marks, stored_mask(covered, row.year)):
        on, session = session_at(row.year, place)
        yield MarkRow(
            pupil_id=pupil.pk,
            name=shown_name(pupil.forename, pupil.surname, pupil.known_as),
            year_group=pupil.year_group.name if pupil.year_group else "",
            tutor_group=pupil.tutor_group.name if pupil.tutor_group else "",
            on=on,
            session=str(session),
            old=_code(held[place]),
            new=_code(row.marks[place]),
        )


def _code(char: str) -> str:
    return "" if char == NO_MARK else CODE_OF_CHAR[char]
