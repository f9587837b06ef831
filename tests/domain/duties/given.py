"""Short ways to write the facts of a case or a school down, on the reference calendar."""

from datetime import date
from typing import Any

from onroll.domain.casework.states import State
from onroll.domain.duties.evaluate import evaluate
from onroll.domain.duties.facts import (
    Arrangement,
    Away,
    CaseFacts,
    ContactMade,
    Held,
    Leaving,
    Member,
    PolicyStep,
    Provider,
    SchoolFacts,
    Statement,
)
from onroll.domain.duties.finding import Finding
from onroll.domain.packs.pack import Duty, Pack, Scope
from onroll.domain.permissions import Role
from tests.domain.reference import THREE_YEARS, day

# The cast: who holds which role, by user id.
LEADER, DEPUTY, COVER, SENCO, DEPUTY_HEAD, HEAD, OTHER_LEADER = 1, 2, 3, 4, 5, 6, 7
ROLES = (
    Held(LEADER, Role.PROGRESS_LEADER),
    Held(OTHER_LEADER, Role.PROGRESS_LEADER),
    Held(DEPUTY, Role.TEACHER),
    Held(COVER, Role.TEACHER),
    Held(SENCO, Role.SENCO),
    Held(DEPUTY_HEAD, Role.DEPUTY_HEAD),
    Held(HEAD, Role.HEADTEACHER),
)
STAFF = frozenset(range(1, 8))


def duty(evaluator: str, **more: Any) -> Duty:
    """A duty as a pack has it. `scope`, `holder` and numbers may be given."""
    scope, holder = more.pop("scope", Scope.CASE), more.pop("holder", Role.PROGRESS_LEADER)
    return Duty(evaluator, "1.a", "A title", holder, evaluator, scope, thresholds=more)


def pack(*duties: Duty, **more: Any) -> Pack:
    """A pack of these duties."""
    return Pack(slug="ours", version="1", title="Our policy", layer="school", duties=duties, **more)


def member(user_id: int = LEADER, role: Role = Role.PROGRESS_LEADER, **more: Any) -> Member:
    """Somebody on the team since long ago. `since`, `until` and `away` ("2026-11-09", "2026-11-13", who) as text."""
    since, until = more.get("since", "2026-09-01"), more.get("until")
    away = tuple(Away(day(first), day(last), who) for first, last, who in more.get("away", ()))
    return Member(user_id, role, day(since), day(until) if until else None, more.get("deputy"), away)


def a_case(opened: str = "2026-11-09", **more: Any) -> CaseFacts:
    """The facts of a case. The reference Monday is 9 November 2026."""
    facts: dict[str, Any] = {
        "id": 1, "pupil_id": 2, "school_id": 3, "state": State.SCHOOL, "opened_on": day(opened),
        "calendar": THREE_YEARS, "roles": ROLES, "staff": STAFF,
    }  # fmt: skip
    return CaseFacts(**facts | more)


def contact(
    on: str, by: int = LEADER, *, parent: bool = True, two_way: bool = True, pk: int = 9
) -> ContactMade:
    """A contact on a day."""
    return ContactMade(pk, day(on), by, with_parent=parent, two_way=two_way)


def a_school(since: str = "2026-09-01", **more: Any) -> SchoolFacts:
    """The facts of a school that uses the pack from a day on."""
    facts: dict[str, Any] = {
        "school_id": 3,
        "calendar": THREE_YEARS,
        "since": day(since),
        "roles": ROLES,
        "staff": STAFF,
    }
    return SchoolFacts(**facts | more)


def found(
    facts: CaseFacts | SchoolFacts, evaluator: str, on: str, the_pack: Pack | None = None, **more: Any
) -> Finding:
    """The one finding of a duty on a day."""
    scope = Scope.CASE if isinstance(facts, CaseFacts) else Scope.SCHOOL
    the_pack = the_pack or pack(duty(evaluator, scope=scope, **more))
    (finding,) = evaluate(facts, the_pack, day(on))
    return finding


__all__ = [
    "COVER", "DEPUTY", "DEPUTY_HEAD", "HEAD", "LEADER", "OTHER_LEADER", "ROLES", "SENCO", "STAFF", "Arrangement",
    "Leaving", "PolicyStep", "Provider", "Statement", "a_case", "a_school", "contact", "date", "day", "duty", "found",
    "member", "pack",
]  # fmt: skip
