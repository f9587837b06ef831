"""The roles that people hold and held at one school, as rows. For queries and actions; pages see `queries.staff`."""

from collections.abc import Iterable

from onroll.domain.people import Grant
from onroll.domain.permissions import Role
from onroll.records.people.models import Appointment


def held(school_id: int, person_id: int) -> list[Appointment]:
    """The roles that somebody holds at the school now, oldest first. Two queries."""
    rows = Appointment.objects.filter(school_id=school_id, user_id=person_id, ended_at=None)
    return list(rows.order_by("id").prefetch_related("year_groups"))


def last_held(school_id: int, person_id: int) -> list[Appointment]:
    """The roles that ended together, last of all that somebody held at the school. Two queries."""
    rows = Appointment.objects.filter(school_id=school_id, user_id=person_id, ended_at__isnull=False)
    return ended_last(rows.order_by("id").prefetch_related("year_groups"))


def ended_last(appointments: Iterable[Appointment]) -> list[Appointment]:
    """Of one person's ended roles, those that ended last of all; they ended at the same moment."""
    rows = list(appointments)
    moments = [one.ended_at for one in rows if one.ended_at is not None]
    return [one for one in rows if one.ended_at == max(moments)] if moments else []


def version_of(appointments: Iterable[Appointment]) -> str:
    """Changes whenever anybody changes the roles: a role is never overwritten, it ends and another begins."""
    return "-".join(str(one.pk) for one in appointments)


def grant_of(appointment: Appointment) -> Grant:
    """A role as it was given."""
    return Grant(appointment.as_role, frozenset(group.pk for group in appointment.year_groups.all()))


def administrators(school_id: int) -> int:
    """How many people are administrators of the school now. One query."""
    return Appointment.objects.filter(school_id=school_id, role=Role.ADMINISTRATOR, ended_at=None).count()
