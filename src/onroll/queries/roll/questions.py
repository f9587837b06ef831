"""Pupils of a file of whom a person must say who they are, each beside those who it may be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from onroll.domain.names import shown_name
from onroll.domain.roll.comparison import Difference
from onroll.domain.roll.given import PupilGiven
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.records.attendance.models import StagedPupil
from onroll.records.pupils.models import Pupil

PAGE = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pupil whom the line may mean."""

    id: int
    name: str
    register_name: str
    upn: str
    admission: str
    born_on: date | None
    year_group: str
    tutor_group: str
    left_on: date | None  # None: on roll, or nothing is known


@dataclass(frozen=True, slots=True)
class Question:
    """One pupil of the file, and what was said of them so far."""

    id: int
    given: PupilGiven
    why: str
    candidates: tuple[Candidate, ...]
    may_be_new: bool
    decision: str
    pupil_id: int | None
    differences: tuple[Difference, ...]


def questions(
    actor: Actor, seen: SchoolSeen, import_id: int, *, first: int, at: datetime
) -> tuple[list[Question], int]:
    """One page of questions, in the order of the file, and how many there are. Logs the look. Four queries."""
    rows = StagedPupil.objects.filter(batch_id=import_id, batch__school_id=seen.id, state="ask").order_by(
        "line"
    )
    page = list(rows[first : first + PAGE])
    known = _candidates(seen, {pupil_id for row in page for pupil_id in row.candidates})
    doors.looked(actor, seen, page="roll-questions", pupil_ids=sorted(known), at=at)
    return [_question(row, known) for row in page], rows.count()


def open_questions(seen: SchoolSeen, import_id: int) -> int:
    """How many questions nobody has answered."""
    rows = StagedPupil.objects.filter(batch_id=import_id, batch__school_id=seen.id, state="ask", decision="")
    return rows.count()


def _question(row: StagedPupil, known: dict[int, Candidate]) -> Question:
    return Question(
        row.pk,
        PupilGiven.from_json(row.given),
        row.why,
        tuple(known[pupil_id] for pupil_id in row.candidates if pupil_id in known),
        row.may_be_new,
        row.decision,
        row.pupil_id,
        tuple(Difference(*one) for one in row.differences),
    )


def _candidates(seen: SchoolSeen, ids: Iterable[int]) -> dict[int, Candidate]:
    rows = (
        Pupil.objects.filter(school_id=seen.id, pk__in=list(ids))
        .select_related("year_group", "tutor_group")
        .prefetch_related("enrolments")
    )
    return {row.pk: _candidate(row) for row in rows}


def _candidate(row: Pupil) -> Candidate:
    name = shown_name(row.forename, row.surname, row.known_as)
    legal = shown_name(row.forename, row.surname, "")
    times = list(row.enrolments.all())
    return Candidate(
        id=row.pk,
        name=name,
        register_name="" if legal == name else legal,
        upn=row.upn,
        admission=row.admission_number,
        born_on=row.born_on,
        year_group=row.year_group.name if row.year_group else "",
        tutor_group=row.tutor_group.name if row.tutor_group else "",
        left_on=times[-1].last_on if times else None,
    )
