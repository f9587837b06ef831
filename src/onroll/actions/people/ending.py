"""End somebody's access to a school, and give it back."""

from datetime import datetime

from onroll.actions.change import change
from onroll.actions.duties.asking import ask_refresh
from onroll.actions.people.doors import appoint, check_version, school_to_staff, told
from onroll.actions.people.sessions import end_sessions
from onroll.domain.people import ending_problem
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_found
from onroll.queries.appointments import administrators, grant_of, held, last_held
from onroll.records.people.models import Appointment, User


def end_access(actor: Actor, school_id: int, person_id: int, *, seen: str, at: datetime) -> None:
    """End every role that somebody holds at the school. `seen` is the version that the page showed.

    When no role is left anywhere, the account is closed and its sessions end.
    """
    with change(actor.id, "access-ended", at, school_id=school_id) as entry:
        school_to_staff(actor, school_id)
        before = held(school_id, person_id)
        if not before:
            raise not_found()
        check_version(before, seen)
        problem = ending_problem(
            before={one.as_role for one in before},
            own=person_id == actor.id,
            administrators=administrators(school_id),
        )
        if problem:
            raise Refusal(Refused.CONFLICT, problem)
        for one in before:
            one.ended_at = at
            one.save(update_fields=["ended_at"])
        closed = not Appointment.objects.filter(user_id=person_id, ended_at=None).exists()
        if closed:
            User.objects.filter(pk=person_id).update(is_active=False)
            end_sessions(person_id)
        ask_refresh(school_id, by_id=actor.id, at=at)  # their duties pass to a deputy or a colleague
        entry.subject = f"user:{person_id}"
        entry.detail = {"ended": told([grant_of(one) for one in before]), "account_closed": closed}


def give_back(actor: Actor, school_id: int, person_id: int, *, at: datetime) -> None:
    """Give back the roles that somebody's access ended with, and open the account again."""
    with change(actor.id, "access-given-back", at, school_id=school_id) as entry:
        school_to_staff(actor, school_id)
        ended = last_held(school_id, person_id)
        if not ended:
            raise not_found()
        if held(school_id, person_id):
            raise Refusal(
                Refused.CONFLICT, "This person has access already. Somebody gave it back before you."
            )
        grants = tuple(grant_of(one) for one in ended)
        appoint(school_id, person_id, grants, at=at)
        User.objects.filter(pk=person_id).update(is_active=True)
        ask_refresh(school_id, by_id=actor.id, at=at)
        entry.subject, entry.detail = f"user:{person_id}", {"began": told(grants)}
