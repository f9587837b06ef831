"""Help somebody who has lost their second step of sign-in."""

from datetime import datetime

from allauth.mfa.models import Authenticator

from onroll.actions.change import change
from onroll.actions.people.doors import school_to_staff
from onroll.actions.people.sessions import end_sessions
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_found
from onroll.queries.appointments import held
from onroll.records.people.models import Appointment, User


def forget_second_step(actor: Actor, school_id: int, person_id: int, *, at: datetime) -> None:
    """Forget somebody's authenticator app, passkeys and recovery codes, and end their sessions.

    They set up a new second step when they next sign in. Refused for oneself, and for somebody who also works at
    a school whose people the actor does not manage: those who look after that school must know.
    """
    with change(actor.id, "second-step-forgotten", at, school_id=school_id) as entry:
        school_to_staff(actor, school_id)
        if not held(school_id, person_id):
            raise not_found()
        if person_id == actor.id:
            raise Refusal(
                Refused.CONFLICT, "You cannot forget your own second step. Change it under your name."
            )
        elsewhere = Appointment.objects.filter(user_id=person_id, ended_at=None).values_list(
            "school_id", flat=True
        )
        if not all(actor.may(Permission.PEOPLE_MANAGE, other) for other in elsewhere.distinct()):
            raise Refusal(
                Refused.CONFLICT,
                "This person works at another school too. Somebody who is an administrator of both must do this.",
            )
        entry.subject, entry.detail = f"user:{person_id}", {"forgotten": _forget(person_id)}


def forget_second_step_of(email: str, *, at: datetime) -> None:
    """The same from the console, for an administrator whom nobody else can help. Refuses an unknown address."""
    with change(None, "second-step-forgotten", at) as entry:
        person_id = User.objects.filter(email=email.strip().lower()).values_list("pk", flat=True).first()
        if person_id is None:
            raise Refusal(Refused.INVALID, "No account has this e-mail address.")
        entry.subject, entry.detail = f"user:{person_id}", {"forgotten": _forget(person_id)}


def _forget(person_id: int) -> int:
    forgotten, _ = Authenticator.objects.filter(user_id=person_id).delete()
    end_sessions(person_id)
    return int(forgotten)
