"""What every change of a school's people begins with: the school locked, the administrator checked."""

from datetime import datetime

from onroll.domain.people import Grant, grants_problem
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_allowed, not_found
from onroll.queries.appointments import version_of
from onroll.queries.people import actor_of
from onroll.records.people.models import Appointment
from onroll.records.schools.models import School, YearGroup


def school_to_staff(actor: Actor, school_id: int) -> School:
    """The school, locked against other changes of its people; refused unless the actor manages them now."""
    school = (
        School.objects.select_for_update(no_key=True).filter(pk=school_id, pk__in=actor.school_ids()).first()
    )
    if school is None:
        raise not_found()
    if not actor_of(actor.id, actor.name).may(Permission.PEOPLE_MANAGE, school_id):
        raise not_allowed(Permission.PEOPLE_MANAGE, school.name)
    return school


def check_version(appointments: list[Appointment], seen: str) -> None:
    """Refuse when the roles are no longer what the page showed."""
    if version_of(appointments) != seen:
        raise Refusal(
            Refused.STALE,
            "Somebody changed these roles while your page was open. Nothing was changed. Open the page again.",
        )


def check_grants(school_id: int, grants: tuple[Grant, ...]) -> None:
    """Refuse roles that cannot be given, and year groups of another school."""
    if problem := grants_problem(grants):
        raise Refusal(Refused.INVALID, problem)
    wanted = {group for grant in grants for group in grant.year_group_ids}
    if YearGroup.objects.filter(school_id=school_id, pk__in=wanted).count() != len(wanted):
        raise Refusal(Refused.INVALID, "Choose year groups of this school.")


def appoint(school_id: int, person_id: int, grants: tuple[Grant, ...], *, at: datetime) -> None:
    """Begin roles. Inner function: call it inside a change, for roles that are not held."""
    for grant in grants:
        post = Appointment.objects.create(
            user_id=person_id, school_id=school_id, role=grant.role.value, began_at=at
        )
        post.year_groups.set(grant.year_group_ids)


def told(grants: list[Grant] | tuple[Grant, ...]) -> list[str]:
    """Roles as the ledger tells of them: "progress-leader:12,13"."""
    return [
        grant.role.value
        + (":" + ",".join(map(str, sorted(grant.year_group_ids))) if grant.year_group_ids else "")
        for grant in grants
    ]
