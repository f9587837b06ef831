"""Who holds a duty on a day. A duty never vanishes with the person: a deputy, a colleague, the Deputy Headteacher."""

from collections.abc import Iterable
from datetime import date

from onroll.domain.duties.facts import Away, CaseFacts, Held, Member, SchoolFacts
from onroll.domain.permissions import Role


def holder_of(role: Role, facts: CaseFacts | SchoolFacts, on: date) -> int | None:
    """The user who must act: from the case team, their deputies, then the school's roles. None: nobody is there."""
    team = facts.team if isinstance(facts, CaseFacts) else ()
    stand_ins: list[int] = []
    for member in team:
        if member.role is role and member.is_on(on):
            if _there(member.user_id, member.away, facts.staff, on):
                return member.user_id
            stand_ins += _deputies(member, on)
    for user_id in stand_ins:
        if _there(user_id, _away_of(user_id, facts), facts.staff, on):
            return user_id
    return _at_school(role, facts, on) or _at_school(Role.DEPUTY_HEAD, facts, on)


def acting(role: Role, facts: CaseFacts, on: date) -> frozenset[int]:
    """Everybody who on a day counts as the case's holder of a role: on the team, or a named deputy of one who is.

    Where the team names nobody in that role, whoever holds it at the school for this pupil.
    """
    members = [member for member in facts.team if member.role is role and member.is_on(on)]
    if members:
        found = {member.user_id for member in members}
        for member in members:
            found |= set(_deputies(member, on))
        return frozenset(found)
    return frozenset(held.user_id for held in facts.roles if held.role is role and held.is_on(on))


def _deputies(member: Member, on: date) -> list[int]:
    named = [away.deputy_id for away in _absences(member.away, on)] + [member.deputy_id]
    return [user_id for user_id in named if user_id is not None]


def _at_school(role: Role, facts: CaseFacts | SchoolFacts, on: date) -> int | None:
    holders = [held for held in facts.roles if held.role is role and held.is_on(on)]
    for held in holders:
        if _there(held.user_id, held.away, facts.staff, on):
            return held.user_id
    for held in holders:
        for away in _absences(held.away, on):
            deputy = away.deputy_id
            if deputy is not None and _there(deputy, _away_of(deputy, facts), facts.staff, on):
                return deputy
    return None


def _there(user_id: int, away: Iterable[Away], staff: frozenset[int], on: date) -> bool:
    return user_id in staff and not _absences(away, on)


def _absences(away: Iterable[Away], on: date) -> list[Away]:
    return [one for one in away if one.first <= on <= one.last]


def _away_of(user_id: int, facts: CaseFacts | SchoolFacts) -> tuple[Away, ...]:
    """Somebody's absences, from whichever role of theirs the facts hold."""
    known: Iterable[Member | Held] = facts.roles
    if isinstance(facts, CaseFacts):
        known = [*facts.team, *facts.roles]
    return next((one.away for one in known if one.user_id == user_id), ())
