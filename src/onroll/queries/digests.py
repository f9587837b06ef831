"""Who is to be written to about a school, and the numbers that they are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Q, Value, When

from onroll.domain.digests import (
    ESCALATE_AFTER,
    Counts,
    Rhythm,
    default_rhythm,
    is_for_digests,
    reached_on,
)
from onroll.domain.duties.week import Group, week_of
from onroll.domain.permissions import ROLES, Permission, Role
from onroll.domain.schoolcalendar import SchoolCalendar
from onroll.domain.vocabulary import Actor
from onroll.queries import owed
from onroll.queries.packs import stack_of
from onroll.records.outbox.models import DigestChoice, Message
from onroll.records.people.models import Appointment
from onroll.records.schools.models import School


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may be written to about a school."""

    user_id: int
    roles: frozenset[Role]
    rhythm: Rhythm

    @property
    def oversees(self) -> bool:
        """Whether they are told the school's numbers too."""
        return any(Permission.OVERSIGHT_SEE in ROLES[role].permissions for role in self.roles)


@dataclass(frozen=True, slots=True)
class Place:
    """A school in a letter."""

    id: int
    urn: int
    name: str


def places() -> list[Place]:
    """Every school. One query."""
    return [Place(*row) for row in School.objects.order_by("pk").values_list("pk", "urn", "name")]


def rhythm_of(actor: Actor, school_id: int) -> Rhythm:
    """How often somebody is written to: as they chose, or else as their roles have it. One query."""
    chosen = DigestChoice.objects.standing().filter(user_id=actor.id, school_id=school_id).order_by("-pk")
    found = chosen.values_list("rhythm", flat=True).first()
    return Rhythm(found) if found else default_rhythm(post.role for post in actor.posts_at(school_id))


def readers(school_id: int) -> list[Reader]:
    """Everybody who may open Today at a school. Two queries."""
    roles: dict[int, set[Role]] = {}
    posts = Appointment.objects.filter(school_id=school_id, ended_at=None, user__is_active=True)
    for user_id, role in posts.order_by("user_id", "pk").values_list("user_id", "role"):
        roles.setdefault(user_id, set()).add(Role(role))
    chosen = dict(
        DigestChoice.objects.standing()
        .filter(school_id=school_id)
        .order_by("pk")
        .values_list("user_id", "rhythm")
    )
    return [
        Reader(
            user_id,
            frozenset(held),
            Rhythm(chosen[user_id]) if user_id in chosen else default_rhythm(held),
        )
        for user_id, held in roles.items()
        if is_for_digests(held)
    ]


@dataclass(frozen=True, slots=True)
class Sums:
    """How much there is to do at a school: for each holder, for each role of the school's own duties, in all."""

    by_person: Mapping[int, Counts]
    by_role: Mapping[tuple[Role, int | None], Counts]  # the school's own: role and who holds it now
    school: Counts

    def of(self, reader: Reader) -> Counts:
        """What a reader finds under "Mine" on Today."""
        mine = self.by_person.get(reader.user_id, Counts())
        for (role, held_by), counts in self.by_role.items():
            if role in reader.roles and held_by != reader.user_id:
                mine += counts
        return mine


def sums(school_id: int, calendar: SchoolCalendar, on: date) -> Sums:
    """The numbers of a school on a day, without what is put off. One query."""
    rows = (
        owed.to_do(school_id)
        .filter(~owed.is_put_off(on))
        .annotate(group=owed.group(on, week_of(calendar, on)))
        .annotate(own=Case(When(case=None, then=Value(1)), default=Value(0)))
    )
    by = rows.order_by().values("held_by_id", "holder", "own")
    counted: Any = by.annotate(
        **{name: Count("pk", filter=Q(group=group)) for name, group in _GROUPS.items()}
    )
    by_person: dict[int, Counts] = {}
    by_role: dict[tuple[Role, int | None], Counts] = {}
    whole = Counts()
    for row in counted:
        counts = Counts(*(row[name] for name in _GROUPS))
        whole += counts
        held_by: int | None = row["held_by_id"]
        if held_by is not None:
            by_person[held_by] = by_person.get(held_by, Counts()) + counts
        if row["own"]:
            key = Role(row["holder"]), held_by
            by_role[key] = by_role.get(key, Counts()) + counts
    return Sums(by_person, by_role, whole)


_GROUPS = {"overdue": Group.OVERDUE, "today": Group.TODAY, "week": Group.WEEK}


# ---------------------------------------------------------------- escalation
@dataclass(frozen=True, slots=True)
class LongOverdue:
    """What has been overdue for long at a school, without what is put off."""

    in_all: int
    new: int  # that came to be so since the last word of it


def long_overdue(school_id: int, calendar: SchoolCalendar, on: date) -> LongOverdue:
    """Findings overdue for as many school days as their duty allows (`escalate_after_days`), or five. Three queries."""
    stack, last = stack_of(school_id, on), _last_told(school_id)
    rows = owed.to_do(school_id).filter(owed.is_overdue(on), ~owed.is_put_off(on), due_on__isnull=False)
    grouped: Any = rows.order_by().values_list("pack", "duty", "due_on").annotate(number=Count("pk"))
    in_all = new = 0
    for pack, duty_id, due_on, number in grouped:
        duty = stack.duty(pack, duty_id)
        after = duty.number("escalate_after_days", ESCALATE_AFTER) if duty else ESCALATE_AFTER
        reached = reached_on(due_on, after, calendar)
        if reached is not None and reached <= on:
            in_all += number
            new += number if last is None or reached > last else 0
    return LongOverdue(in_all, new)


def _last_told(school_id: int) -> date | None:
    """The day of the last escalation, which its key ends with."""
    keys = Message.objects.filter(kind="escalation", school_id=school_id).order_by("-queued_at", "-pk")
    key = keys.values_list("key", flat=True).first()
    return date.fromisoformat(key.rpartition(":")[2]) if key else None
