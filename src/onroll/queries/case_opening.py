"""What the form that opens a case needs: who it is about, whether there is a case already, who would be on it."""

from dataclasses import dataclass
from datetime import datetime

from onroll.domain.names import shown_name
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.case_of_pupil import CaseLink, cases_of_pupil
from onroll.queries.case_team import Suggested, suggested_team
from onroll.queries.doors import SchoolSeen
from onroll.records.pupils.models import Death


@dataclass(frozen=True, slots=True)
class ToOpen:
    """A pupil for whom a case may be opened."""

    pupil_id: int
    name: str
    year_group: str
    tutor_group: str
    open_case: CaseLink | None
    closed: int  # earlier cases
    died: bool
    team: tuple[Suggested, ...]

    @property
    def may_be_opened(self) -> bool:
        """Whether the form is shown."""
        return self.open_case is None and not self.died


def to_open(actor: Actor, seen: SchoolSeen, pupil_id: int, *, at: datetime) -> ToOpen:
    """The pupil, with the look logged. Five queries."""
    row = doors.pupil(actor, seen, pupil_id, Permission.CASE_OPEN, page="case-open", at=at)
    cases = cases_of_pupil(actor, seen, pupil_id)
    return ToOpen(
        pupil_id=row.pk,
        name=shown_name(row.forename, row.surname, row.known_as),
        year_group=row.year_group.name if row.year_group else "",
        tutor_group=row.tutor_group.name if row.tutor_group else "",
        open_case=next((one for one in cases if one.closed_on is None), None),
        closed=sum(one.closed_on is not None for one in cases),
        died=Death.objects.standing().filter(pupil=row).exists(),
        team=suggested_team(seen.id, row.year_group_id),
    )
