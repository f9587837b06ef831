"""Who is away, who stands in, and what rests on one member of staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from onroll.domain.names import shown_name
from onroll.domain.permissions import ROLES, Permission, Role
from onroll.domain.vocabulary import Actor, not_found
from onroll.queries import doors
from onroll.queries.circle import Colleague, colleagues
from onroll.queries.doors import SchoolSeen
from onroll.queries.people import actor_of
from onroll.records.cases.models import Away, Case, Member
from onroll.records.kept import KeptQuerySet
from onroll.records.people.models import User


@dataclass(frozen=True, slots=True)
class AwaySeen:
    """Days on which somebody is away, first and last included."""

    id: int
    user_id: int
    name: str
    first: date
    last: date
    deputy_name: str


@dataclass(frozen=True, slots=True)
class Carried:
    """What somebody holds on one case: a role, or standing in for somebody who has one."""

    case_id: int
    pupil_name: str
    year_group: str
    role: Role
    stands_in_for: str = ""

    @property
    def words(self) -> str:
        """In words."""
        title = ROLES[self.role].title
        return f"Stands in for {self.stands_in_for}, {title}" if self.stands_in_for else title


@dataclass(frozen=True, slots=True)
class Handing:
    """Everything of one person, ready to be handed over."""

    user_id: int
    name: str
    has_left: bool
    carried: tuple[Carried, ...]
    out_of_reach: int  # rows on cases that the reader's own role does not reach
    takers: tuple[Colleague, ...]  # colleagues who hold every role that is handed over
    version: str


@dataclass(frozen=True, slots=True)
class Load:
    """Somebody on case teams, and on how many open cases."""

    user_id: int
    name: str
    cases: int
    has_left: bool


def away_now_and_soon(seen: SchoolSeen, on: date) -> tuple[AwaySeen, ...]:
    """Absences that run or are still to come, by their first day. One query."""
    rows = Away.objects.standing().filter(school_id=seen.id, last_on__gte=on).select_related("user", "deputy")
    return tuple(
        AwaySeen(
            row.pk,
            row.user_id,
            row.user.name,
            row.happened_on,
            row.last_on,
            row.deputy.name if row.deputy else "",
        )
        for row in rows.order_by("happened_on", "user__name", "pk")
    )


def loads(seen: SchoolSeen, on: date) -> tuple[Load, ...]:
    """Who is on how many open cases, those who have left the school first. Two queries."""
    cases: dict[tuple[str, int], set[int]] = {}
    for user_id, name, case_id in _open(seen.id, on).values_list("user_id", "user__name", "case_id"):
        cases.setdefault((name, user_id), set()).add(case_id)
    here = {one.id for one in colleagues(seen.id)}
    found = [Load(user_id, name, len(ids), user_id not in here) for (name, user_id), ids in cases.items()]
    return tuple(sorted(found, key=lambda one: (not one.has_left, one.name, one.user_id)))


def handing(actor: Actor, seen: SchoolSeen, user_id: int, *, on: date, at: datetime) -> Handing:
    """What would be handed over; the look at the pupils is logged. Not found for somebody who holds nothing."""
    rows = carried_by(actor, seen.id, user_id, on=on)
    in_all = _open(seen.id, on).filter(Q(user_id=user_id) | Q(deputy_id=user_id)).count()
    person = User.objects.filter(pk=user_id).first()
    people = colleagues(seen.id)
    here = {one.id for one in people}
    if person is None or not (in_all or user_id in here):
        raise not_found()
    doors.looked(actor, seen, page="cover", pupil_ids=sorted({row.case.pupil_id for row in rows}), at=at)
    needed = {Role(row.role) for row in rows if row.user_id == user_id}
    return Handing(
        user_id,
        person.name,
        user_id not in here,
        tuple(_carried(row, user_id) for row in rows),
        in_all - len(rows),
        tuple(one for one in people if one.id != user_id and needed <= set(one.roles)),
        version_of(rows),
    )


def carried_by(actor: Actor, school_id: int, user_id: int, *, on: date, lock: bool = False) -> list[Member]:
    """Standing rows on open cases, within the actor's reach, that name somebody as member or deputy. One query."""
    reach = doors.cases(actor, school_id, Permission.CASE_TEAM, on=on).filter(closed_on=None)
    rows = _open(school_id, on).filter(Q(user_id=user_id) | Q(deputy_id=user_id), case__in=reach)
    rows = rows.select_related("user", "case__pupil__year_group").order_by(
        "case__pupil__surname", "case_id", "pk"
    )
    return list(rows.select_for_update(of=("self",)) if lock else rows)


def covers_all_of(actor: Actor, school_id: int, user_id: int) -> bool:
    """Whether somebody may say who stands in for a colleague: they reach all that the colleague reaches.

    Everybody may for themselves. Reach that comes of standing in does not count. At most three queries.
    """
    mine = actor.year_groups(Permission.CASE_TEAM, school_id)
    if mine is None or user_id == actor.id:
        return True
    theirs = actor_of(user_id, "").year_groups(Permission.CASE_SEE, school_id)
    if theirs is None or not theirs <= mine:
        return False
    reach = doors.cases(actor, school_id, Permission.CASE_TEAM).values("pk")
    team = Member.objects.standing().filter(case__school_id=school_id, user_id=user_id)
    return not team.exclude(case_id__in=reach).exists()


def version_of(rows: Iterable[Member]) -> str:
    """Changes whenever anybody changes the rows: a row is never overwritten, another takes its place."""
    return "-".join(str(pk) for pk in sorted(row.pk for row in rows))


def open_cases(school_id: int) -> list[int]:
    """Every open case of a school: any of them may rest on anybody, by the team or by a role. One query."""
    return list(Case.objects.filter(school_id=school_id, closed_on=None).values_list("pk", flat=True))


def _open(school_id: int, on: date) -> "KeptQuerySet[Member]":
    return Member.objects.standing().filter(
        Q(until_on=None) | Q(until_on__gte=on), case__school_id=school_id, case__closed_on=None
    )


def _carried(row: Member, user_id: int) -> Carried:
    pupil = row.case.pupil
    return Carried(
        row.case_id,
        shown_name(pupil.forename, pupil.surname, pupil.known_as),
        pupil.year_group.name if pupil.year_group else "",
        Role(row.role),
        row.user.name if row.user_id != user_id else "",
    )
