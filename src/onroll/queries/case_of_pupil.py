"""The cases of a pupil, for the pages that lead to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from onroll.domain.casework.states import State
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen


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


def open_cases(actor: Actor, seen: SchoolSeen, pupil_ids: Iterable[int]) -> dict[int, int]:
    """The open case of each of these pupils that has one the actor may open. One query."""
    rows = doors.cases(actor, seen.id, Permission.CASE_SEE).filter(
        pupil_id__in=list(pupil_ids), closed_on=None
    )
    return dict(rows.values_list("pupil_id", "pk"))
