"""Who belongs on a new case: the pupil's Progress Leaders, the safeguarding lead, the SENCO."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from onroll.domain.permissions import ROLES, Role
from onroll.records.people.models import Appointment

# In the order in which a team is named. The first three are there without being asked for.
ON_TEAMS = (Role.PROGRESS_LEADER, Role.SAFEGUARDING_LEAD, Role.SENCO, Role.PASTORAL_MANAGER)
_USUAL = frozenset(ON_TEAMS[:3])


@dataclass(frozen=True, slots=True)
class Suggested:
    """Somebody whose role puts them near this pupil. `usual`: on the team unless somebody takes them off."""

    user_id: int
    role: Role
    name: str
    usual: bool

    @property
    def key(self) -> str:
        """What a form posts for them."""
        return f"{self.role.value}:{self.user_id}"

    @property
    def words(self) -> str:
        """As a form shows them: "Amina Yusuf, Progress Leader"."""
        return f"{self.name}, {ROLES[self.role].title}"


def suggested_team(school_id: int, year_group_id: int | None) -> tuple[Suggested, ...]:
    """The people of the school who usually look after a pupil of this year group. One query.

    Of each role, those of this very year group stand before those of the whole school, who are then not usual.
    """
    rows = Appointment.objects.filter(
        school_id=school_id, ended_at=None, role__in=[role.value for role in ON_TEAMS], user__is_active=True
    )
    held: dict[tuple[int, str], tuple[str, set[int]]] = {}
    for user_id, name, role, group in rows.values_list("user_id", "user__name", "role", "year_groups"):
        held.setdefault((user_id, role), (name, set()))[1].update({group} - {None})
    near = [
        (Role(role), bool(groups), user_id, name)
        for (user_id, role), (name, groups) in held.items()
        if not groups or year_group_id in groups
    ]
    near.sort(key=lambda one: (ON_TEAMS.index(one[0]), not one[1], one[3], one[2]))
    return tuple(one for _, of_role in groupby(near, key=lambda one: one[0]) for one in _of_role(of_role))


def _of_role(rows: Iterable[tuple[Role, bool, int, str]]) -> Iterable[Suggested]:
    found = list(rows)
    any_own = found[0][1]
    for role, own, user_id, name in found:
        yield Suggested(user_id, role, name, usual=role in _USUAL and own == any_own)
