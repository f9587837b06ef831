"""Who holds which role at a school, whom it reaches, and who is away."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone

from onroll.domain.duties.facts import Away, Held
from onroll.domain.permissions import Role
from onroll.queries.facts.when import When
from onroll.records.cases.models import Away as AwayRow
from onroll.records.people.models import Appointment

AwayOf = Mapping[tuple[int, int], tuple[Away, ...]]  # (school, user)


@dataclass(frozen=True)
class Staff:
    """The roles of one school on one day."""

    on: date
    held: tuple[tuple[Held, frozenset[int]], ...] = ()  # with the year groups; empty: every pupil

    @cached_property
    def ids(self) -> frozenset[int]:
        """Who holds any role on the day."""
        return frozenset(one.user_id for one, _ in self.held if one.is_on(self.on))

    @cached_property
    def all(self) -> tuple[Held, ...]:
        """Every role, whomever it reaches."""
        return tuple(one for one, _ in self.held)

    def reaching(self, year_group_id: int | None) -> tuple[Held, ...]:
        """The roles that reach the pupils of a year group."""
        if year_group_id not in self._by_group:
            self._by_group[year_group_id] = tuple(
                one for one, groups in self.held if not groups or year_group_id in groups
            )
        return self._by_group[year_group_id]

    @cached_property
    def _by_group(self) -> dict[int | None, tuple[Held, ...]]:
        return {}


def away_of(school_ids: Collection[int], when: When) -> AwayOf:
    """The absences of staff, by school and person. One query.

    Absences that are planned for later are known too: whoever stands in then can be seen beforehand.
    """
    rows = AwayRow.objects.as_known(when.known_at).filter(school_id__in=school_ids)
    found: dict[tuple[int, int], list[Away]] = defaultdict(list)
    for school_id, user_id, first, last, deputy_id in rows.order_by("happened_on", "id").values_list(
        "school_id", "user_id", "happened_on", "last_on", "deputy_id"
    ):
        found[school_id, user_id].append(Away(first, last, deputy_id))
    return {key: tuple(several) for key, several in found.items()}


def staff_of(school_ids: Collection[int], away: AwayOf, when: When) -> dict[int, Staff]:
    """The roles held at each school, now or once. One query.

    When a role began is when Onroll was told of it, so that only what was known at a moment asks for it.
    """
    rows = Appointment.objects.filter(school_id__in=school_ids)
    if when.known_at is not None:
        rows = rows.filter(began_at__lte=when.known_at)
    people: dict[int, tuple[int, int, str, datetime | None]] = {}
    groups: dict[int, set[int]] = defaultdict(set)
    for pk, school_id, user_id, role, ended_at, group_id in rows.order_by("began_at", "pk").values_list(
        "pk", "school_id", "user_id", "role", "ended_at", "year_groups"
    ):
        people[pk] = (school_id, user_id, role, ended_at)
        groups[pk] |= {group_id} - {None}
    held: dict[int, list[tuple[Held, frozenset[int]]]] = {school_id: [] for school_id in school_ids}
    for pk, (school_id, user_id, role, ended_at) in people.items():
        ended_on = timezone.localdate(ended_at) if ended_at and ended_at <= when.moment else None
        post = Held(user_id, Role(role), ended_on, away.get((school_id, user_id), ()))
        held[school_id].append((post, frozenset(groups[pk])))
    return {school_id: Staff(when.on, tuple(posts)) for school_id, posts in held.items()}
