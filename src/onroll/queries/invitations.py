"""Invitations: the list on the people page, what a link opens, and what its e-mail says."""

from dataclasses import dataclass
from datetime import datetime

from onroll.domain.people import Grant, InvitationState, invitation_state
from onroll.domain.permissions import ROLES, Role
from onroll.domain.vocabulary import Refusal, Refused, not_found
from onroll.records.people.models import Appointment, Invitation, User
from onroll.records.people.tokens import digest_of, invitation_token
from onroll.records.schools.models import YearGroup
from onroll.records.work.models import Work

SEND = "send-invitation"  # the kind of work that sends the e-mail


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that has not been used. `mail` says how far its e-mail is: waiting, sent or failed."""

    id: int
    name: str
    email: str
    roles: tuple[str, ...]  # "Progress Leader (Year 9)"
    invited_by: str
    invited_at: datetime
    expires_at: datetime
    expired: bool
    mail: str


@dataclass(frozen=True, slots=True)
class Link:
    """What an invitation's link opens. `has_account`: the person signs in instead of choosing a password."""

    state: InvitationState
    school_name: str
    name: str
    email: str
    roles: tuple[str, ...]
    has_account: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """What the invitation's e-mail needs. It names no child, and no secret but the link's token."""

    to: str
    name: str
    school_name: str
    invited_by: str
    token: str
    expires_at: datetime


def invited(school_id: int, *, at: datetime) -> list[Invited]:
    """The school's invitations that nobody has used or withdrawn, newest first. Three queries."""
    rows = list(
        Invitation.objects.filter(school_id=school_id, accepted_at=None, withdrawn_at=None)
        .select_related("invited_by")
        .order_by("-invited_at", "-id")
    )
    return _shown(school_id, rows, at)


def invited_one(school_id: int, invitation_id: int, *, at: datetime) -> Invited:
    """One of the school's unused invitations, or refused as not found. Three queries."""
    rows = Invitation.objects.filter(
        pk=invitation_id, school_id=school_id, accepted_at=None, withdrawn_at=None
    )
    shown = _shown(school_id, list(rows.select_related("invited_by")), at)
    if not shown:
        raise not_found()
    return shown[0]


def link(token: str, *, at: datetime) -> Link:
    """What the link with this token opens; refused as not found when no invitation ever had it. Three queries."""
    row = Invitation.objects.select_related("school").filter(token_digest=digest_of(token)).first()
    if row is None:
        raise not_found()
    return Link(
        state=invitation_state(
            accepted_at=row.accepted_at, withdrawn_at=row.withdrawn_at, expires_at=row.expires_at, at=at
        ),
        school_name=row.school.name,
        name=row.name,
        email=row.email,
        roles=_roles(row, _year_group_names(row.school_id)),
        has_account=User.objects.filter(email=row.email, is_active=True).exists(),
    )


def letter(invitation_id: int, *, at: datetime) -> Letter | None:
    """What to write to the invited person; None when the invitation is used, withdrawn or expired.

    Refuses when the server's secret key changed since: the link could not be made again.
    """
    row = Invitation.objects.select_related("school", "invited_by").get(pk=invitation_id)
    if row.accepted_at or row.withdrawn_at or row.expires_at <= at:
        return None
    token = invitation_token(school_id=row.school_id, email=row.email, expires_at=row.expires_at)
    if digest_of(token) != row.token_digest:
        raise Refusal(Refused.CONFLICT, "The server's secret key has changed. Send the invitation again.")
    return Letter(
        to=row.email,
        name=row.name,
        school_name=row.school.name,
        invited_by=row.invited_by.name if row.invited_by else "",
        token=token,
        expires_at=row.expires_at,
    )


def email_problem(school_id: int, email: str, *, at: datetime) -> str | None:
    """Say in words why this address may not be invited to the school now; None when it may. Four queries."""
    roles = Appointment.objects.filter(school_id=school_id, user__email=email)
    if roles.filter(ended_at=None).exists():
        return "This person is at the school already. Change their roles instead."
    if roles.exists():
        return "This person's access was ended. Give it back from the list of ended access instead."
    waiting = Invitation.objects.filter(
        school_id=school_id, email=email, accepted_at=None, withdrawn_at=None, expires_at__gt=at
    )
    if waiting.exists():
        return "This person is invited already. Send the invitation again instead."
    return None


def roles_in_words(grants: tuple[Grant, ...], names: dict[int, str]) -> tuple[str, ...]:
    """Roles as people say them: "Progress Leader (Year 9 and Year 10)"."""
    return tuple(
        ROLES[grant.role].title
        + (
            f" ({', '.join(names[group] for group in sorted(grant.year_group_ids))})"
            if grant.year_group_ids
            else ""
        )
        for grant in grants
    )


def _shown(school_id: int, rows: list[Invitation], at: datetime) -> list[Invited]:
    names = _year_group_names(school_id) if rows else {}
    # The newest piece of work tells of the newest sending.
    work = Work.objects.filter(kind=SEND, subject_id__in=[row.pk for row in rows]).order_by("id")
    mail = dict(work.values_list("subject_id", "state")) if rows else {}
    return [
        Invited(
            id=row.pk,
            name=row.name,
            email=row.email,
            roles=_roles(row, names),
            invited_by=row.invited_by.name if row.invited_by else "",
            invited_at=row.invited_at,
            expires_at=row.expires_at,
            expired=row.expires_at <= at,
            mail={"done": "sent", "failed": "failed"}.get(mail.get(row.pk, ""), "waiting"),
        )
        for row in rows
    ]


def _roles(row: Invitation, names: dict[int, str]) -> tuple[str, ...]:
    grants = tuple(Grant(Role(one["role"]), frozenset(one["year_groups"]) & set(names)) for one in row.roles)
    return roles_in_words(grants, names)


def _year_group_names(school_id: int) -> dict[int, str]:
    return dict(YearGroup.objects.filter(school_id=school_id).values_list("pk", "name"))
