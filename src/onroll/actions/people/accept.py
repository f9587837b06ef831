"""Follow an invitation: with a new account, or with the account that the person has already."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password

from onroll.actions.change import change
from onroll.actions.duties.asking import ask_refresh
from onroll.actions.people.doors import appoint, check_grants, told
from onroll.domain.people import Grant, InvitationState, invitation_state
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal, Refused, not_found
from onroll.queries.appointments import held
from onroll.records.people.models import Invitation, User
from onroll.records.people.tokens import digest_of


@dataclass(frozen=True, slots=True)
class Joined:
    """Who joined which school."""

    email: str
    urn: int


def accept_as_new(token: str, *, password: str, at: datetime) -> Joined:
    """Make the invited person's account and begin their roles.

    An account whose access had ended everywhere is opened again, with this password and with the second step that
    it had. Refuses a link that is used, withdrawn or expired, and one for somebody who has an account in use.
    """
    hashed = make_password(password)  # slow on purpose, so done before anything is locked
    with change(None, "invitation-accepted", at) as entry:
        invitation = _invitation_to_use(token, at)
        user = User.objects.select_for_update().filter(email=invitation.email).first()
        if user is not None and user.is_active:
            raise Refusal(Refused.CONFLICT, "You have an account already. Sign in, then open the link again.")
        if user is None:
            user = User(email=invitation.email)
        user.name, user.password, user.is_active = invitation.name, hashed, True
        user.save()
        entry.school_id, entry.subject = invitation.school_id, f"user:{user.pk}"
        entry.detail = {"invitation": invitation.pk, "roles": _begin(invitation, user, at)}
        return Joined(user.email, invitation.school.urn)


def accept_as_known(token: str, *, user_id: int, at: datetime) -> Joined:
    """Begin the invited roles for somebody who is signed in; refused when the invitation is for somebody else."""
    with change(user_id, "invitation-accepted", at) as entry:
        invitation = _invitation_to_use(token, at)
        user = User.objects.select_for_update().get(pk=user_id)
        if user.email != invitation.email:
            raise Refusal(
                Refused.CONFLICT, "This invitation is for somebody else. Sign out, then open the link again."
            )
        entry.school_id, entry.subject = invitation.school_id, f"user:{user.pk}"
        entry.detail = {"invitation": invitation.pk, "roles": _begin(invitation, user, at)}
        return Joined(user.email, invitation.school.urn)


def _invitation_to_use(token: str, at: datetime) -> Invitation:
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("school")
        .filter(token_digest=digest_of(token))
        .first()
    )
    if invitation is None:
        raise not_found()
    state = invitation_state(
        accepted_at=invitation.accepted_at,
        withdrawn_at=invitation.withdrawn_at,
        expires_at=invitation.expires_at,
        at=at,
    )
    if state is not InvitationState.OPEN:
        raise Refusal(Refused.CONFLICT, "This invitation can no longer be used. Ask for a new one.")
    return invitation


def _begin(invitation: Invitation, user: User, at: datetime) -> list[str]:
    """Begin the roles that the person does not hold yet, use the invitation up, and say what began."""
    has = {one.role for one in held(invitation.school_id, user.pk)}
    grants = tuple(
        Grant(Role(given["role"]), frozenset(given["year_groups"]))
        for given in invitation.roles
        if given["role"] not in has
    )
    if grants:
        check_grants(invitation.school_id, grants)
    appoint(invitation.school_id, user.pk, grants, at=at)
    ask_refresh(invitation.school_id, by_id=user.pk, at=at)
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    return told(grants)
