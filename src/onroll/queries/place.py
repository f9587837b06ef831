"""What this place calls people, and who they are on a case: what statements are written with."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Q

from onroll.domain.casework.responsibility import UNNAMED, Place
from onroll.domain.packs.stack import Stack
from onroll.domain.permissions import Role
from onroll.records.cases.models import Member


def words_of(stack: Stack) -> Place:
    """The words of the place alone: no school, nobody by name."""
    authority = stack.authority.authority if stack.authority else ""
    return Place(authority=authority or UNNAMED, role=stack.role)


def place_of(case_id: int, school_name: str, stack: Stack, on: date) -> Place:
    """The words of the place, with the names of those on the team on a day. One query."""
    rows = (
        Member.objects.standing()
        .filter(Q(until_on=None) | Q(until_on__gte=on), case_id=case_id, happened_on__lte=on)
        .order_by("happened_on", "id")
    )
    return place_with(school_name, stack, rows.values_list("role", "user__name"))


def place_with(school_name: str, stack: Stack, team: Iterable[tuple[str, str]]) -> Place:
    """The words of the place with a team that is known: of several in one role, the first is named."""
    people: dict[Role, str] = {}
    for role, name in team:
        people.setdefault(Role(role), name)
    return replace(words_of(stack), school=school_name, people=people)
