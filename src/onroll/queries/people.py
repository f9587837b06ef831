"""Who somebody is and which roles they hold now."""

from dataclasses import dataclass

from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Actor, Post
from onroll.records.people.models import Appointment, User
from onroll.records.schools.models import School


def actor_of(user_id: int, name: str) -> Actor:
    """The actor that a signed-in user is, with the roles held now. Two queries at the most."""
    held = list(
        Appointment.objects.filter(user_id=user_id, ended_at=None)
        .order_by("school__name", "id")
        .prefetch_related("year_groups")
    )
    posts = tuple(
        Post(one.school_id, Role(one.role), frozenset(group.pk for group in one.year_groups.all()))
        for one in held
    )
    return Actor(user_id, name, posts)


@dataclass(frozen=True, slots=True)
class SchoolName:
    """A school in a list of schools."""

    id: int
    urn: int
    name: str


def schools_of(actor: Actor) -> list[SchoolName]:
    """The schools at which the actor holds a role, by name. One query."""
    rows = School.objects.filter(pk__in=actor.school_ids()).order_by("name").values_list("pk", "urn", "name")
    return [SchoolName(*row) for row in rows]


def anybody_signed_up() -> bool:
    """Whether the house has any account yet."""
    return User.objects.exists()
