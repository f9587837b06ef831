"""Who may hold which role, and what becomes of an invitation: rules over plain values."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from onroll.domain.permissions import ROLES, Permission, Role

INVITATION_LASTS = timedelta(days=7)
_SEES_PUPILS = frozenset(
    {
        Permission.TODAY_SEE,
        Permission.WATCH_SEE,
        Permission.PUPIL_SEE,
        Permission.CASE_SEE,
        Permission.REGISTER_SEE,
    }
)


@dataclass(frozen=True, slots=True)
class Grant:
    """One role as it is given. `year_group_ids` narrows the pupils it reaches; empty means the whole school."""

    role: Role
    year_group_ids: frozenset[int] = frozenset()


class InvitationState(StrEnum):
    """What an invitation is worth at a moment."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def invitation_state(
    *, accepted_at: datetime | None, withdrawn_at: datetime | None, expires_at: datetime, at: datetime
) -> InvitationState:
    """Say what an invitation is worth at a moment. The moment it expires it is worth nothing."""
    if accepted_at is not None:
        return InvitationState.ACCEPTED
    if withdrawn_at is not None:
        return InvitationState.WITHDRAWN
    return InvitationState.EXPIRED if at >= expires_at else InvitationState.OPEN


def needs_second_factor(roles: Iterable[Role]) -> bool:
    """Say whether any of the roles may be used only after a second step of sign-in."""
    return any(ROLES[role].needs_second_factor for role in roles)


def grants_problem(grants: Collection[Grant]) -> str | None:
    """Say in words why these roles cannot be given together; None when they can."""
    if not grants:
        return "Choose at least one role."
    if len({grant.role for grant in grants}) < len(grants):
        return "A role can be given once."
    for grant in grants:
        if grant.year_group_ids and not ROLES[grant.role].by_year_group:
            return f"{ROLES[grant.role].title} is a role for the whole school, not for some year groups."
    return None


def widens(before: Iterable[Grant], after: Iterable[Grant]) -> bool:
    """Say whether a role that sees pupils, held before and after, reaches more of them after."""
    reach = {grant.role: grant.year_group_ids for grant in before}
    return any(
        bool(reach.get(grant.role))
        and not (grant.year_group_ids and grant.year_group_ids <= reach[grant.role])
        for grant in after
        if ROLES[grant.role].permissions & _SEES_PUPILS
    )


def roles_problem(
    *,
    before: Collection[Role],
    after: Collection[Role],
    own: bool,
    administrators: int,
    widened: bool = False,
) -> str | None:
    """Say in words why one person's roles may not go from `before` to `after`; None when they may.

    `own`: the administrator is changing their own roles. `administrators`: how many people are administrators
    of the school now, this person included. `widened`: see `widens`.
    """
    if Role.ADMINISTRATOR in before and Role.ADMINISTRATOR not in after:
        if own:
            return "You cannot end your own administrator role. Ask another administrator to do it."
        if administrators <= 1:
            return "This is the school's last administrator. Make somebody else an administrator first."
    gained = set(after) - set(before)
    if own and any(ROLES[role].permissions & _SEES_PUPILS for role in gained):
        return "You cannot give yourself a role that sees pupils. Ask another administrator to do it."
    if own and widened:
        return "You cannot let yourself see more year groups. Ask another administrator to do it."
    return None


def ending_problem(*, before: Collection[Role], own: bool, administrators: int) -> str | None:
    """Say in words why somebody's access may not end; None when it may."""
    if own:
        return "You cannot end your own access. Ask another administrator to do it."
    return roles_problem(before=before, after=(), own=False, administrators=administrators)
