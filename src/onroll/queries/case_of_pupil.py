"""The cases of a pupil, for the pages that lead to them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from onroll.domain.casework.states import State
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.records.cases.models import Case


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A case, as far as a link to it says."""

    id: int
    state: State
    opened_on: date
    closed_on: date | None


def cases_of_pupil(actor: Actor, seen: SchoolSeen, pupil_id: int) -> tuple[CaseLink, ...]:
    """A pupil's cases that the actor may open, the open one first, then the latest. One query."""
    rows = doors.cases(actor, seen.id, Permission.CASE_SEE).filter(pupil_id=pupil_id)
    found = [
        CaseLink(pk, State(state), opened_on, closed_on)
        for pk, state, opened_on, closed_on in rows.order_by("-opened_on", "-pk").values_list(
            "pk", "state", "opened_on", "closed_on"
        )
    ]
    return tuple(sorted(found, key=lambda one: one.closed_on is not None))


_OPEN = Case.objects.filter(pupil=OuterRef("pupil"), closed_on=None)
# Columns for a list of rows that have a pupil: the pupil's open case. Whoever may see the pupil may see the case.
OPEN_CASE = {"case_id": Subquery(_OPEN.values("pk")), "case_state": Subquery(_OPEN.values("state"))}
