"""The people of one school: who they are, what they may, and whether their sign-in is safe."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator

from onroll.domain.names import folded
from onroll.domain.people import Grant, needs_second_factor
from onroll.domain.permissions import ROLES
from onroll.domain.vocabulary import not_found
from onroll.queries.appointments import ended_last, grant_of, version_of
from onroll.records.people.models import Appointment, Invitation, User
from onroll.records.schools.models import YearGroup

if TYPE_CHECKING:
    from django.db.models import QuerySet

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """One role of somebody at the school, in words. No year group: the whole school."""

    grant: Grant
    title: str
    year_groups: tuple[str, ...]

    @property
    def words(self) -> str:
        """As people say it: "Progress Leader (Year 9, Year 10)"."""
        return f"{self.title} ({', '.join(self.year_groups)})" if self.year_groups else self.title


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has, or had, access to the school."""

    id: int
    name: str
    email: str
    roles: tuple[RoleHeld, ...]  # held now; of an ended person, those held last
    version: str  # of the roles; an edit posts the version that its page showed
    has_second_step: bool
    signed_in_at: datetime | None
    ended_at: datetime | None = None

    @property
    def needs_second_step(self) -> bool:
        """Whether a role they hold may be used only after a second step."""
        return needs_second_factor(held.grant.role for held in self.roles)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people there are of each kind."""

    people: int
    invited: int
    ended: int


def people_ids(school_id: int, search: str = "") -> list[int]:
    """Who has access now, by name; of those, whose name or e-mail holds every word of `search`. One query.

    Case, accents and apostrophes do not matter.
    """
    rows = _with_access(school_id).order_by("name", "id").values_list("pk", "name", "email")
    wanted = folded(search).split()
    return [pk for pk, name, email in rows if all(word in folded(f"{name} {email}") for word in wanted)]


def people(school_id: int, ids: Iterable[int]) -> list[Person]:
    """These people with the roles they hold at the school now, in the order given. Four queries."""
    live = Appointment.objects.filter(school_id=school_id, ended_at=None)
    return _people(live, list(ids))


def person(school_id: int, person_id: int) -> Person:
    """One person with access now; refused as not found otherwise. Four queries."""
    found = people(school_id, [person_id])
    if not found or not found[0].roles:
        raise not_found()
    return found[0]


def ended_ids(school_id: int) -> list[int]:
    """Whose access has ended and was not given back, by name. One query."""
    return list(_ended(school_id).order_by("name", "id").values_list("pk", flat=True))


def ended_people(school_id: int, ids: Iterable[int]) -> list[Person]:
    """These people with the roles their access ended with, in the order given. Four queries."""
    past = Appointment.objects.filter(school_id=school_id, ended_at__isnull=False)
    return _people(past, list(ids))


def ended_person(school_id: int, person_id: int) -> Person:
    """One person whose access has ended; refused as not found otherwise. Five queries."""
    if not _ended(school_id).filter(pk=person_id).exists():
        raise not_found()
    return ended_people(school_id, [person_id])[0]


def counts(school_id: int) -> Counts:
    """How many people, open invitations and ended people the school has. Three queries."""
    return Counts(
        people=_with_access(school_id).count(),
        invited=Invitation.objects.filter(school_id=school_id, accepted_at=None, withdrawn_at=None).count(),
        ended=_ended(school_id).count(),
    )


def year_groups(school_id: int) -> list[tuple[int, str]]:
    """The school's year groups as (id, name), youngest first. One query."""
    return list(YearGroup.objects.filter(school_id=school_id).values_list("pk", "name"))


def has_second_factor(user_id: int) -> bool:
    """Whether somebody has set up an authenticator app or a passkey. One query."""
    return bool(Authenticator.objects.filter(user_id=user_id, type__in=SECOND_FACTORS).exists())


def _with_access(school_id: int) -> "QuerySet[User]":
    return User.objects.filter(appointments__school_id=school_id, appointments__ended_at=None).distinct()


def _ended(school_id: int) -> "QuerySet[User]":
    live = Appointment.objects.filter(school_id=school_id, ended_at=None).values("user_id")
    return User.objects.filter(appointments__school_id=school_id).exclude(pk__in=live).distinct()


def _people(appointments: "QuerySet[Appointment]", ids: list[int]) -> list[Person]:
    users = User.objects.in_bulk(ids)
    of: dict[int, list[Appointment]] = {}
    for one in appointments.filter(user_id__in=ids).order_by("id").prefetch_related("year_groups"):
        of.setdefault(one.user_id, []).append(one)
    safe = set(
        Authenticator.objects.filter(user_id__in=ids, type__in=SECOND_FACTORS).values_list(
            "user_id", flat=True
        )
    )
    return [_person(users[pk], of.get(pk, []), safe=pk in safe) for pk in ids if pk in users]


def _person(user: User, appointments: list[Appointment], *, safe: bool) -> Person:
    """Of live roles all; of ended ones those that ended last."""
    shown = ended_last(appointments) or appointments
    return Person(
        id=user.pk,
        name=user.name,
        email=user.email,
        roles=tuple(_role(one) for one in shown),
        version=version_of(shown),
        has_second_step=safe,
        signed_in_at=user.last_login,
        ended_at=shown[0].ended_at if shown else None,
    )


def _role(appointment: Appointment) -> RoleHeld:
    names = tuple(group.name for group in appointment.year_groups.all())
    return RoleHeld(grant_of(appointment), ROLES[appointment.as_role].title, names)
