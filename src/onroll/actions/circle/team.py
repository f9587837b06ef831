"""Who is on a case's team, in which role, until when, and who stands in."""

from datetime import date, datetime

from django.db.models import Q

from onroll.actions.cases.changing import CaseDoing, case_change
from onroll.actions.circle.keeping import give_way, standing_row
from onroll.domain.permissions import ROLES, Permission, Role
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.queries.circle import Colleague, colleagues
from onroll.records.cases.models import Member
from onroll.records.kept import KeptQuerySet

ENDED, DEPUTY = "The time on the team ended", "Another deputy"


def add_member(
    actor: Actor,
    school_id: int,
    case_id: int,
    *,
    user_id: int,
    role: Role,
    deputy_id: int | None,
    from_on: date,
    on: date,
    at: datetime,
) -> int:
    """Put somebody on the team in a role that they hold at the school; say the row's id."""
    with case_change(
        actor, school_id, case_id, "team-member-added", Permission.CASE_TEAM, on=on, at=at
    ) as doing:
        people = {one.id: one for one in colleagues(school_id)}
        _check_role(people.get(user_id), role)
        _check_deputy(people, user_id, deputy_id)
        if from_on > on:
            raise Refusal(Refused.INVALID, "The team begins today at the latest. Enter a day that has come.")
        there = Q(until_on=None) | Q(until_on__gte=from_on)
        if _rows(doing).standing().filter(there, user_id=user_id, role=role.value).exists():
            raise Refusal(Refused.CONFLICT, "This colleague is on the team in this role already.")
        row = Member.objects.create(
            case=doing.case,
            user_id=user_id,
            role=role.value,
            deputy_id=deputy_id,
            happened_on=from_on,
            recorded_at=at,
            recorded_by_id=actor.id,
        )
        doing.entry.detail = {"member": row.pk, "role": role.value}
        return row.pk


def change_deputy(
    actor: Actor,
    school_id: int,
    case_id: int,
    member_id: int,
    *,
    deputy_id: int | None,
    on: date,
    at: datetime,
) -> int:
    """Say who stands in for somebody on the team; None for nobody. Answers the id of the row that now stands."""
    with case_change(
        actor, school_id, case_id, "team-deputy-changed", Permission.CASE_TEAM, on=on, at=at
    ) as doing:
        row = standing_row(_rows(doing), member_id)
        if row.deputy_id == deputy_id:
            doing.nothing_to_do()
            return row.pk
        _check_deputy({one.id: one for one in colleagues(school_id)}, row.user_id, deputy_id)
        after = give_way(row, actor, because=DEPUTY, at=at, deputy_id=deputy_id)
        doing.entry.detail = {"member": after.pk, "role": row.role}
        return after.pk


def end_member(
    actor: Actor, school_id: int, case_id: int, member_id: int, *, last_on: date, on: date, at: datetime
) -> None:
    """End somebody's time on the team on a day that has come. Their duties go to the deputy, or to the role."""
    with case_change(
        actor, school_id, case_id, "team-member-ended", Permission.CASE_TEAM, on=on, at=at
    ) as doing:
        row = standing_row(_rows(doing), member_id)
        if row.until_on is not None:
            raise Refusal(Refused.CONFLICT, "This colleague’s time on the team has ended already.")
        if not row.happened_on <= last_on <= on:
            raise Refusal(
                Refused.INVALID,
                "Enter a day between the first day on the team and today. Nothing was changed.",
            )
        give_way(row, actor, because=ENDED, at=at, until_on=last_on)
        doing.entry.detail = {"member": row.pk, "role": row.role}


def _rows(doing: CaseDoing) -> KeptQuerySet[Member]:
    return Member.objects.filter(case=doing.case)


def _check_role(person: Colleague | None, role: Role) -> None:
    if person is None or role not in person.roles:
        raise Refusal(
            Refused.INVALID,
            f"This colleague is not {ROLES[role].title} here any more. Choose again, or ask an administrator.",
        )


def _check_deputy(people: dict[int, Colleague], user_id: int, deputy_id: int | None) -> None:
    if deputy_id is None:
        return
    if deputy_id == user_id:
        raise Refusal(Refused.INVALID, "Nobody can stand in for themselves. Choose another colleague.")
    if deputy_id not in people:
        raise Refusal(Refused.INVALID, "The deputy must be a colleague who may open cases. Choose again.")
