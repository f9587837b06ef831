"""Marks of a school that took the place of others, the latest first."""

from dataclasses import dataclass
from datetime import date, datetime

from onroll.domain.names import shown_name
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.queries.imports.slices import PAGE, start
from onroll.records.attendance.models import Amendment, Import
from onroll.records.people.models import User
from onroll.records.schools.models import TutorGroup, YearGroup


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked to see."""

    year_group_id: int | None = None
    tutor_group_id: int | None = None
    on: date | None = None
    import_id: int | None = None


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """One change of a mark."""

    pupil_id: int
    name: str
    tutor_group: str
    on: date
    session: str
    old: str
    new: str
    at: datetime
    by: str
    import_id: int | None
    file_name: str
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class AmendmentsPage:
    """One page of changes."""

    rows: list[AmendmentRow]
    total: int
    year_groups: list[tuple[int, str]]
    tutor_groups: list[tuple[int, str]]


def amendments(actor: Actor, seen: SchoolSeen, asked: Asked, *, first: int, at: datetime) -> AmendmentsPage:
    """One page of changes, of pupils whom the reader may see. Logs the look. Seven queries."""
    reach = doors.pupils(actor, seen.id, Permission.REGISTER_SEE)
    if asked.year_group_id:
        reach = reach.filter(year_group_id=asked.year_group_id)
    if asked.tutor_group_id:
        reach = reach.filter(tutor_group_id=asked.tutor_group_id)
    found = Amendment.objects.filter(school_id=seen.id, pupil__in=reach)
    if asked.on:
        found = found.filter(on=asked.on)
    if asked.import_id:
        found = found.filter(import_id=asked.import_id)
    total = found.count()
    first = start(first, total)
    page = list(found.select_related("pupil__tutor_group").order_by("-at", "-pk")[first : first + PAGE])
    doors.looked(actor, seen, page="amendments", pupil_ids=sorted({row.pupil_id for row in page}), at=at)
    by, files = _names(page), _files(page)
    return AmendmentsPage(
        rows=[_row(row, by, files) for row in page],
        total=total,
        year_groups=list(YearGroup.objects.filter(school_id=seen.id).values_list("pk", "name")),
        tutor_groups=list(TutorGroup.objects.filter(school_id=seen.id).values_list("pk", "name")),
    )


def _row(row: Amendment, by: dict[int, str], files: dict[int, str]) -> AmendmentRow:
    pupil = row.pupil
    return AmendmentRow(
        pupil_id=pupil.pk,
        name=shown_name(pupil.forename, pupil.surname, pupil.known_as),
        tutor_group=pupil.tutor_group.name if pupil.tutor_group else "",
        on=row.on,
        session=row.session,
        old=row.old,
        new=row.new,
        at=row.at,
        by=by.get(row.by_id or 0, ""),
        import_id=row.import_id,
        file_name=files.get(row.import_id or 0, ""),
        undone_at=row.undone_at,
    )


def _names(page: list[Amendment]) -> dict[int, str]:
    return dict(
        User.objects.filter(pk__in={row.by_id for row in page if row.by_id}).values_list("pk", "name")
    )


def _files(page: list[Amendment]) -> dict[int, str]:
    ids = {row.import_id for row in page if row.import_id}
    return dict(Import.objects.filter(pk__in=ids).values_list("pk", "file_name"))
