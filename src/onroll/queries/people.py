"""Who somebody is and which roles they hold now."""

from collections import defaultdict

from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Actor, Post, SchoolName
from onroll.records.people.models import Appointment, User


def actor_of(user_id: int, name: str) -> Actor:
    """The actor that a signed-in user is, with the roles held now. One query."""
    rows = Appointment.objects.filter(user_id=user_id, ended_at=None).order_by("school__name", "pk")
    reach: dict[tuple[int, str], set[int]] = defaultdict(set)
    schools: dict[int, SchoolName] = {}
    for school_id, urn, school_name, role, year_group_id in rows.values_list(
        "school_id", "school__urn", "school__name", "role", "year_groups"
    ):
        schools[school_id] = SchoolName(school_id, urn, school_name)
        reach[school_id, role] |= {year_group_id} - {None}
    posts = tuple(
        Post(school_id, Role(role), frozenset(groups)) for (school_id, role), groups in reach.items()
    )
    return Actor(user_id, name, posts, tuple(schools.values()))


def anybody_signed_up() -> bool:
    """Whether the house has any account yet."""
    return User.objects.exists()
