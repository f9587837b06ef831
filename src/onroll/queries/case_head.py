"""What stands at the top of every page of a case."""

from dataclasses import dataclass
from datetime import date, datetime

from onroll.domain.casework.states import State
from onroll.domain.names import shown_name
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.records.cases.models import Case


@dataclass(frozen=True, slots=True)
class CaseHead:
    """Which case, whose, and how it stands."""

    id: int
    version: int
    pupil_id: int
    pupil_name: str
    year_group: str
    tutor_group: str
    born_on: date | None
    state: State
    opened_on: date
    closed_on: date | None
    expected_from: date | None
    died_on: date | None = None  # known where the case came through its door

    @property
    def is_open(self) -> bool:
        """Whether anything can be recorded on it."""
        return self.closed_on is None


def case_head(
    actor: Actor, seen: SchoolSeen, case_id: int, permission: Permission, *, page: str, at: datetime
) -> CaseHead:
    """The head of a case for somebody who may open it, with the look logged."""
    return head_of(doors.case(actor, seen, case_id, permission, page=page, at=at))


def head_of(row: Case) -> CaseHead:
    """The head of a case whose pupil was fetched with it."""
    pupil = row.pupil
    return CaseHead(
        id=row.pk,
        version=row.version,
        pupil_id=pupil.pk,
        pupil_name=shown_name(pupil.forename, pupil.surname, pupil.known_as),
        year_group=pupil.year_group.name if pupil.year_group else "",
        tutor_group=pupil.tutor_group.name if pupil.tutor_group else "",
        born_on=pupil.born_on,
        state=State(row.state),
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        expected_from=row.expected_from,
        died_on=getattr(row, "died_on", None),
    )
