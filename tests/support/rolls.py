"""Rolls for tests: lines as CSV, sent through the whole road from upload to pupils."""

from collections.abc import Mapping
from datetime import datetime

from onroll.actions.roll import answering, applying, approving, bringing, reading
from onroll.actions.roll.approving import Choices
from onroll.domain.permissions import Permission
from onroll.domain.roll.columns import RollMap
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.roll.drafting import Decision
from onroll.records.attendance.models import Import, StagedPupil
from onroll.records.pupils.models import Pupil
from onroll.records.schools.models import School
from tests.support.cast import NOW

HEAD = ("UPN", "Former UPN", "Admission number", "Surname", "Forename", "Known as", "Date of birth", "Year",
        "Tutor group", "SEN status", "EHCP", "Admission date", "Leaving date")  # fmt: skip
CONTACT = ("name", "relationship", "parental responsibility", "lives with", "phone", "email")
TAKE_ALL = Choices(whole_school=True, take_mistyped=True)


def line_of(pupil: Pupil, **said: str) -> dict[str, str]:
    """The line of a roll that says of a pupil what is held, and what the test says instead."""
    time = pupil.enrolments.last()
    held = {
        "UPN": pupil.upn,
        "Admission number": pupil.admission_number,
        "Surname": pupil.surname,
        "Forename": pupil.forename,
        "Date of birth": pupil.born_on.isoformat() if pupil.born_on else "",
        "Year": pupil.year_group.code if pupil.year_group else "",
        "Tutor group": pupil.tutor_group.name if pupil.tutor_group else "",
        "Admission date": time.first_on.isoformat() if time else "",
        "Leaving date": time.last_on.isoformat() if time and time.last_on else "",
    }
    return held | {key.replace("_", " "): value for key, value in said.items()}


def a_line(**said: str) -> dict[str, str]:
    """The line of a child whom nobody knows."""
    plain = {"Surname": "Elm", "Forename": "Cy", "Date of birth": "2013-02-01", "Year": "9", "Tutor group": "9 Ash",
             "Admission date": "2026-09-07", "Admission number": "777"}  # fmt: skip
    return plain | {key.replace("_", " "): value for key, value in said.items()}


def roll_file(*lines: Mapping[str, str]) -> bytes:
    """A CSV with all columns that any of the lines has."""
    headings = [*HEAD, *dict.fromkeys(key for line in lines for key in line if key not in HEAD)]
    rows = [",".join(headings), *(",".join(f'"{line.get(key, "")}"' for key in headings) for line in lines)]
    return ("\r\n".join(rows) + "\r\n").encode()


def bring(
    actor: Actor, school: School, content: bytes, *, name: str = "roll.csv", at: datetime = NOW
) -> Import:
    """Upload a file."""
    seen = doors.school(actor, school.urn, Permission.SCHOOL_SEE)
    brought = bringing.bring_roll(actor, seen, file_name=name, source=[content], at=at)
    assert brought.import_id is not None, brought.problem
    return Import.objects.get(pk=brought.import_id)


def staged(actor: Actor, school: School, *lines: Mapping[str, str] | bytes, at: datetime = NOW) -> Import:
    """Upload a file, take the columns as guessed, and read it."""
    content = lines[0] if lines and isinstance(lines[0], bytes) else roll_file(*lines)  # type: ignore[arg-type]
    row = bring(actor, school, content, at=at)
    if row.state == "mapping":
        columns = RollMap.from_json(row.mapping)
        bringing.choose_columns(actor, row.pk, version=row.version, columns=columns, at=at)
    reading.read(row.pk, at=at, tell=silent)
    row.refresh_from_db()
    return row


def ready(actor: Actor, school: School, *lines: Mapping[str, str] | bytes, at: datetime = NOW) -> Import:
    """A read file that waits for approval."""
    row = staged(actor, school, *lines, at=at)
    assert row.state == "ready", row.problem
    return row


def answered(actor: Actor, row: Import, answers: Mapping[int, Decision], *, at: datetime = NOW) -> Import:
    """Say of lines, by their number, who they are."""
    ids = dict(StagedPupil.objects.filter(batch=row).values_list("line", "pk"))
    by_id = {ids[line]: said for line, said in answers.items()}
    answering.answer(actor, row.pk, version=row.version, answers=by_id, at=at)
    row.refresh_from_db()
    return row


def approved(actor: Actor, row: Import, *, choices: Choices = TAKE_ALL, at: datetime = NOW) -> Import:
    """Approve and write a read file."""
    approving.approve(actor, row.pk, version=row.version, choices=choices, at=at)
    applying.apply(row.pk, at=at, tell=silent)
    row.refresh_from_db()
    return row


def applied(actor: Actor, school: School, *lines: Mapping[str, str] | bytes, at: datetime = NOW) -> Import:
    """Upload, read, approve and write a file."""
    row = approved(actor, ready(actor, school, *lines, at=at), at=at)
    assert row.state == "applied", row.problem
    return row


def silent(_done: int, _total: int, _note: str = "") -> None:
    """Nobody listens to the progress."""
