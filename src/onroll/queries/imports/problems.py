"""The lines of an import that cannot be used, or that a person must check."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from onroll.domain.names import shown_name
from onroll.domain.permissions import Permission
from onroll.domain.register.pupil_match import By
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.queries.imports.slices import PAGE, start
from onroll.records.attendance.models import StagedProblem

TO_CHECK = tuple(str(by) for by in By if not by.is_sure)


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One line, or one cell of a wide file."""

    kind: str
    line: int
    column: str
    reason: str
    raw: str  # as it stands in the file
    pupil_id: int | None
    name: str
    times: int


@dataclass(frozen=True, slots=True)
class ProblemsPage:
    """One page of problems, and how many are kept."""

    rows: list[ProblemRow]
    total: int


def problems_page(
    actor: Actor, seen: SchoolSeen, import_id: int, kind: str, *, first: int, at: datetime
) -> ProblemsPage:
    """The lines of one kind in the order of the file. Logs the look. Three queries."""
    found = _reached(actor, seen, import_id).filter(kind=kind)
    total = found.count()
    first = start(first, total)
    rows = [_row(row) for row in found[first : first + PAGE]]
    _looked(actor, seen, rows, "import-problems", at)
    return ProblemsPage(rows, total)


def rejected(actor: Actor, seen: SchoolSeen, import_id: int, *, at: datetime) -> list[ProblemRow]:
    """Every kept line that cannot be used, in the order of the file, to take away. Logs the look."""
    rows = [_row(row) for row in _reached(actor, seen, import_id).exclude(kind__in=TO_CHECK)]
    _looked(actor, seen, rows, "import-rejected", at)
    return rows


def _reached(actor: Actor, seen: SchoolSeen, import_id: int) -> QuerySet[StagedProblem]:
    """The problems that the reader may see: who is limited to year groups sees no line of an unknown pupil."""
    found = StagedProblem.objects.filter(batch_id=import_id, batch__school_id=seen.id)
    if actor.year_groups(Permission.REGISTER_SEE, seen.id) is not None:
        found = found.filter(pupil__in=doors.pupils(actor, seen.id, Permission.REGISTER_SEE))
    return found.select_related("pupil").order_by("line", "pk")


def _row(row: StagedProblem) -> ProblemRow:
    pupil = row.pupil
    name = shown_name(pupil.forename, pupil.surname, pupil.known_as) if pupil else ""
    return ProblemRow(row.kind, row.line, row.column, row.reason, row.raw, row.pupil_id, name, row.times)


def _looked(actor: Actor, seen: SchoolSeen, rows: list[ProblemRow], page: str, at: datetime) -> None:
    ids: Iterator[int] = (row.pupil_id for row in rows if row.pupil_id is not None)
    doors.looked(actor, seen, page=page, pupil_ids=sorted(set(ids)), at=at)
