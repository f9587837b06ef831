"""An import as its pages show it, and the list of a school's imports."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from onroll.domain.register.import_states import WORKING, ImportState
from onroll.domain.vocabulary import not_found
from onroll.queries.doors import SchoolSeen
from onroll.queries.imports.slices import PAGE, start
from onroll.records.attendance.models import Import
from onroll.records.work.models import Work

KIND, ROLL = "attendance", "roll"


class Group(StrEnum):
    """The groups that the list of imports can be narrowed to."""

    ALL = ""
    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    NOT_USED = "not-used"


_STATES = {
    Group.WAITING: (ImportState.MAPPING, ImportState.READY),
    Group.WORKING: tuple(WORKING),
    Group.DONE: (ImportState.APPLIED,),
    Group.NOT_USED: (ImportState.UNDONE, ImportState.CANCELLED, ImportState.FAILED),
}


@dataclass(frozen=True, slots=True)
class WorkSeen:
    """How far the work on an import is."""

    state: str  # waiting, running, done, failed
    done: int
    total: int
    note: str
    queued_at: datetime

    @property
    def stopped(self) -> bool:
        """Whether the work ended without bringing the import any further."""
        return self.state in {"done", "failed"}


@dataclass(frozen=True, slots=True)
class ImportSeen:
    """One import."""

    id: int
    version: int
    state: ImportState
    file_name: str
    size: int
    counts: dict[str, int]
    outcome: dict[str, Any]
    weeks: list[tuple[date, int]]
    first_on: date | None
    last_on: date | None
    problem: str
    uploaded_by: str
    uploaded_at: datetime
    read_at: datetime | None
    approved_by: str
    approved_at: datetime | None
    applied_at: datetime | None
    undone_by: str
    undone_at: datetime | None
    cleared_at: datetime | None
    work: WorkSeen | None = None
    twin_id: int | None = None  # an earlier import of the very same file that is in the register
    moved_on: bool = False  # the register changed after the file was read

    @property
    def is_working(self) -> bool:
        """Whether the worker has it in hand."""
        return self.state in WORKING

    @property
    def writes(self) -> int:
        """How many marks approving it would write."""
        return self.counts.get("new", 0) + self.counts.get("changed", 0)


@dataclass(frozen=True, slots=True)
class ImportList:
    """One page of a school's imports."""

    rows: list[ImportSeen]
    total: int
    any: bool  # whether the school ever brought a file in


def imports(seen: SchoolSeen, group: Group, *, first: int, kind: str = KIND) -> ImportList:
    """One page of a school's imports of one kind, newest first. Three queries at the most."""
    rows = _imports(seen, kind)
    wanted = rows.filter(state__in=_STATES[group]) if group else rows
    total = wanted.count()
    first = start(first, total)
    page = [_seen(row) for row in wanted.order_by("-uploaded_at", "-pk")[first : first + PAGE]]
    return ImportList(page, total, bool(page) or rows.exists())


def one(seen: SchoolSeen, import_id: int, *, kind: str = KIND) -> ImportSeen:
    """One import of the school, with how far its work is. Refuses one of another school as if it did not exist."""
    row = _imports(seen, kind).filter(pk=import_id).first()
    if row is None:
        raise not_found()
    return _seen(row, work=_work(row), twin_id=_twin(row), moved_on=_moved_on(row))


def _imports(seen: SchoolSeen, kind: str) -> QuerySet[Import]:
    rows = Import.objects.filter(school_id=seen.id, kind=kind)
    return rows.select_related("uploaded_by", "approved_by", "undone_by").defer("unknown_codes", "covered")


def _seen(row: Import, **more: Any) -> ImportSeen:
    return ImportSeen(
        id=row.pk,
        version=row.version,
        state=ImportState(row.state),
        file_name=row.file_name,
        size=row.size,
        counts=row.counts,
        outcome=row.outcome,
        weeks=[(date.fromisoformat(monday), marks) for monday, marks in row.weeks],
        first_on=row.first_on,
        last_on=row.last_on,
        problem=row.problem,
        uploaded_by=row.uploaded_by.name,
        uploaded_at=row.uploaded_at,
        read_at=row.read_at,
        approved_by=row.approved_by.name if row.approved_by else "",
        approved_at=row.approved_at,
        applied_at=row.applied_at,
        undone_by=row.undone_by.name if row.undone_by else "",
        undone_at=row.undone_at,
        cleared_at=row.cleared_at,
        **more,
    )


def _work(row: Import) -> WorkSeen | None:
    if row.work_id is None or ImportState(row.state) not in WORKING:
        return None
    work = Work.objects.filter(pk=row.work_id).first()
    return WorkSeen(work.state, work.done, work.total, work.note, work.queued_at) if work else None


def _twin(row: Import) -> int | None:
    if row.state not in {ImportState.MAPPING, ImportState.READY}:
        return None
    twins = Import.objects.filter(
        school_id=row.school_id, kind=row.kind, sha256=row.sha256, state=ImportState.APPLIED
    )
    return twins.order_by("-pk").values_list("pk", flat=True).first()


def _moved_on(row: Import) -> bool:
    if row.state != ImportState.READY or row.read_at is None:
        return False
    since = Import.objects.filter(school_id=row.school_id, kind=row.kind)
    return (since.filter(applied_at__gt=row.read_at) | since.filter(undone_at__gt=row.read_at)).exists()
