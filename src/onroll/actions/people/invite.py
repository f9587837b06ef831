"""Invite somebody, send the invitation again, or withdraw it."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from onroll.actions.change import change
from onroll.actions.people.doors import check_grants, school_to_staff, told
from onroll.actions.work import enqueue
from onroll.domain.people import INVITATION_LASTS, Grant
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_found
from onroll.queries.invitations import SEND, email_problem
from onroll.records.people.models import Invitation
from onroll.records.people.tokens import digest_of, invitation_token


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation on its way. `token` is shown once and stored nowhere."""

    id: int
    name: str
    token: str


def invite(
    actor: Actor, school_id: int, *, name: str, email: str, grants: tuple[Grant, ...], at: datetime
) -> Sent:
    """Invite somebody to a school, with the roles they will hold. Refuses whom the school has already."""
    with change(actor.id, "person-invited", at, school_id=school_id) as entry:
        school_to_staff(actor, school_id)
        sent = new_invitation(school_id, name=name, email=email, grants=grants, by=actor.id, at=at)
        entry.subject, entry.detail = f"invitation:{sent.id}", {"roles": told(grants)}
        return sent


def new_invitation(
    school_id: int, *, name: str, email: str, grants: tuple[Grant, ...], by: int | None, at: datetime
) -> Sent:
    """Write an invitation and queue its e-mail. Inner function: call it inside a change.

    `by` None: the console, which adds a school's first administrator.
    """
    email = _clean(email)
    check_grants(school_id, grants)
    _make_way(school_id, email, at)
    invitation = Invitation(
        school_id=school_id,
        email=email,
        name=name.strip(),
        roles=[{"role": grant.role.value, "year_groups": sorted(grant.year_group_ids)} for grant in grants],
        invited_by_id=by,
        invited_at=at,
    )
    return _send(invitation, by=by, at=at)


def resend(actor: Actor, school_id: int, invitation_id: int, *, at: datetime) -> Sent:
    """Send an invitation again, with a new link and seven new days; the old link ends."""
    with change(actor.id, "invitation-sent-again", at, school_id=school_id) as entry:
        invitation = _invitation_to_change(actor, school_id, invitation_id)
        entry.subject = f"invitation:{invitation.pk}"
        return _send(invitation, by=actor.id, at=at)


def withdraw(actor: Actor, school_id: int, invitation_id: int, *, at: datetime) -> None:
    """Withdraw an invitation: its link ends now."""
    with change(actor.id, "invitation-withdrawn", at, school_id=school_id) as entry:
        invitation = _invitation_to_change(actor, school_id, invitation_id)
        entry.subject = f"invitation:{invitation.pk}"
        invitation.withdrawn_at = at
        invitation.save(update_fields=["withdrawn_at"])


def _send(invitation: Invitation, *, by: int | None, at: datetime) -> Sent:
    invitation.expires_at = at + INVITATION_LASTS
    token = invitation_token(
        school_id=invitation.school_id, email=invitation.email, expires_at=invitation.expires_at
    )
    invitation.token_digest = digest_of(token)
    invitation.save()
    enqueue(SEND, subject_id=invitation.pk, school_id=invitation.school_id, actor_id=by, at=at)
    return Sent(invitation.pk, invitation.name, token)


def _invitation_to_change(actor: Actor, school_id: int, invitation_id: int) -> Invitation:
    school_to_staff(actor, school_id)
    invitation = Invitation.objects.select_for_update().filter(pk=invitation_id, school_id=school_id).first()
    if invitation is None:
        raise not_found()
    if invitation.accepted_at is not None:
        raise Refusal(
            Refused.CONFLICT, "This invitation has been used. Find the person in the list of people."
        )
    if invitation.withdrawn_at is not None:
        raise Refusal(
            Refused.CONFLICT, "This invitation was withdrawn. Invite the person again if that was wrong."
        )
    return invitation


def _clean(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refusal(Refused.INVALID, "Enter an e-mail address, like name@school.example.") from None
    return email


def _make_way(school_id: int, email: str, at: datetime) -> None:
    if problem := email_problem(school_id, email, at=at):
        raise Refusal(Refused.CONFLICT, problem)
    # One that ran out makes way for the new one.
    Invitation.objects.filter(school_id=school_id, email=email, accepted_at=None, withdrawn_at=None).update(
        withdrawn_at=at
    )
