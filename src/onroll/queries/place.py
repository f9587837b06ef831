"""What this place calls people, and who they are on a case: what statements are written with."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from django.db.models import Q

from onroll.domain.casework.responsibility import Place
from onroll.domain.permissions import Role
from onroll.records.cases.models import Member


class SaysRoles(Protocol):
    """Whoever knows what this place calls a role: a `Stack` of packs."""

    def role(self, role: Role, /) -> str: ...


def place_of(case_id: int, school_name: str, stack: SaysRoles, on: date) -> Place:
    """The words of the place, with the names of those on the team on a day. One query."""
    rows = (
        Member.objects.standing()
        .filter(Q(until_on=None) | Q(until_on__gte=on), case_id=case_id, happened_on__lte=on)
        .order_by("happened_on", "id")
    )
    return place_with(school_name, stack, rows.values_list("role", "user__name"))


def place_with(school_name: str, stack: SaysRoles, team: Iterable[tuple[str, str]]) -> Place:
    """The words of the place with a team that is known: of several in one role, the first is named."""
    people: dict[Role, str] = {}
    for role, name in team:
        people.setdefault(Role(role), name)
    return Place(school=school_name, role=stack.role, people=people)
