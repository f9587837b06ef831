"""Brought files for tests: rows as CSV, sent through the whole road from upload to register."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from onroll.actions.imports import applying, bringing, closing, columns, reading, undoing
from onroll.domain.permissions import Permission
from onroll.domain.register.files import ColumnMap
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.records import uploads
from onroll.records.attendance.models import Import, RegisterYear
from onroll.records.base import pen
from onroll.records.pupils.models import Pupil
from onroll.records.schools.models import School
from tests.support.cast import NOW

__all__ = ["bringing", "closing", "columns", "pen", "uploads"]
HEADER = "UPN,Surname,Forename,Date,Session,Mark"


def long_file(rows: Iterable[tuple[Pupil | str, str, str, str]], header: str = HEADER) -> bytes:
    """A file with a line for each (pupil or UPN, ISO date, session, mark)."""
    lines = [header]
    for who, on, session, mark in rows:
        upn = who if isinstance(who, str) else who.upn
        names = ("", "") if isinstance(who, str) else (who.surname, who.forename)
        day = date.fromisoformat(on)
        lines.append(",".join([upn, *names, f"{day:%d/%m/%Y}", session, mark]))
    return ("\r\n".join(lines) + "\r\n").encode()


def days(pupil: Pupil, first: str, marks: str) -> list[tuple[Pupil, str, str, str]]:
    """Lines for weekdays from `first` on: two characters a day, a space for a blank cell."""
    on, rows = date.fromisoformat(first), []
    marks += " " * (len(marks) % 2)
    for at in range(0, len(marks), 2):
        while on.weekday() > 4:
            on += timedelta(days=1)
        rows += [(pupil, on.isoformat(), half, marks[at + place]) for place, half in enumerate(("AM", "PM"))]
        on += timedelta(days=1)
    return rows


def seen(actor: Actor, school: School) -> SchoolSeen:
    """The school as a door shows it to a member."""
    return doors.school(actor, school.urn, Permission.SCHOOL_SEE)


def silent(_done: int, _total: int, _note: str = "") -> None:
    """Nobody listens to the progress."""


def bring(
    actor: Actor, school: School, content: bytes, *, name: str = "register.csv", at: datetime = NOW
) -> Import:
    """Upload a file."""
    brought = bringing.bring(actor, seen(actor, school), file_name=name, source=[content], at=at)
    assert brought.import_id is not None, brought.problem
    return Import.objects.get(pk=brought.import_id)


def confirmed(actor: Actor, school: School, content: bytes, *, at: datetime = NOW) -> Import:
    """Upload a file and take the columns as guessed."""
    row = bring(actor, school, content, at=at)
    if row.state == "mapping":
        guessed = ColumnMap.from_json(row.mapping)
        columns.confirm_columns(actor, row.pk, version=row.version, columns=guessed, at=at)
        row.refresh_from_db()
    return row


def staged(actor: Actor, school: School, content: bytes, *, at: datetime = NOW) -> Import:
    """Upload a file, take the columns as guessed, and read it."""
    row = confirmed(actor, school, content, at=at)
    reading.read(row.pk, at=at, tell=silent)
    row.refresh_from_db()
    return row


def applied(actor: Actor, school: School, content: bytes, *, at: datetime = NOW) -> Import:
    """Upload, read, approve and write a file."""
    row = staged(actor, school, content, at=at)
    assert row.state == "ready", row.problem
    return approved(actor, row, at=at)


def approved(actor: Actor, row: Import, *, at: datetime = NOW) -> Import:
    """Approve and write a read file."""
    applying.approve(actor, row.pk, version=row.version, names_checked=True, at=at)
    applying.apply(row.pk, at=at, tell=silent)
    row.refresh_from_db()
    return row


def undone(actor: Actor, row: Import, *, at: datetime = NOW) -> Import:
    """Undo a written file."""
    undoing.undo(actor, row.pk, version=row.version, at=at)
    undoing.take_back(row.pk, at=at, tell=silent)
    row.refresh_from_db()
    return row


def cancelled(actor: Actor, row: Import, *, at: datetime = NOW) -> Import:
    """Cancel a file."""
    closing.cancel(actor, row.pk, version=row.version, at=at)
    row.refresh_from_db()
    return row


def register_of(school: School) -> Mapping[tuple[int, int], str]:
    """Every register of a school, to be compared as a whole."""
    rows = RegisterYear.objects.filter(school=school).values_list("pupil_id", "year", "marks")
    return {(pupil_id, year): marks for pupil_id, year, marks in rows}


def wide_file(pupils: Sequence[Pupil], headings: Sequence[str], cells: Sequence[Sequence[str]]) -> bytes:
    """A file with a line for each pupil, its UPN first."""
    lines = [",".join(["UPN", *headings])]
    lines += [",".join([pupil.upn, *row]) for pupil, row in zip(pupils, cells, strict=True)]
    return "\n".join(lines).encode()
