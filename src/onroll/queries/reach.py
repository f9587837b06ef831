"""Which of somebody's roles reach one child: a role limited to year groups opens nothing of a child in another."""

from datetime import date

from django.db.models import Q

from onroll.domain.permissions import ROLES
from onroll.domain.vocabulary import Actor, Post
from onroll.records.cases.models import Away, Case, Member
from onroll.records.pupils.models import Pupil


def reaching(
    actor: Actor, urn: int, on: date, *, case_id: int | None = None, pupil_id: int | None = None
) -> Actor:
    """The actor with the roles that reach this case or pupil; the same actor when none could be left out.

    Costs a query or two only for somebody who holds, at this school, a role for every pupil and another for some
    year groups that may do more. A role limited to year groups reaches a case on whose team its holder is, too.
    """
    school_id = next((one.id for one in actor.schools if one.urn == urn), 0)
    limited = [post for post in actor.posts_at(school_id) if post.year_group_ids]
    if not _could_differ(actor, school_id, limited):
        return actor
    year_group_id = _year_group(school_id, case_id, pupil_id)
    if case_id is not None and _is_on(actor.id, case_id, on):
        return actor
    kept = tuple(post for post in actor.posts if post not in limited or year_group_id in post.year_group_ids)
    return Actor(actor.id, actor.name, kept, actor.schools)


def _could_differ(actor: Actor, school_id: int, limited: list[Post]) -> bool:
    """Whether a limited role may do what no unlimited one may; then it matters whether it reaches the child."""
    whole = {
        permission
        for post in actor.posts_at(school_id)
        if not post.year_group_ids
        for permission in ROLES[post.role].permissions
    }
    reaches = {post.year_group_ids for post in limited}
    return any(not ROLES[post.role].permissions <= whole for post in limited) and (
        bool(whole) or len(reaches) > 1
    )


def _year_group(school_id: int, case_id: int | None, pupil_id: int | None) -> int | None:
    about = Q(pk__in=Case.objects.filter(pk=case_id).values("pupil_id")) if case_id else Q(pk=pupil_id or 0)
    return Pupil.objects.filter(about, school_id=school_id).values_list("year_group_id", flat=True).first()


def _is_on(user_id: int, case_id: int, on: date) -> bool:
    """Whether somebody is on a case's team, a deputy of one who is, or stands in for one who is away."""
    away = Away.objects.standing().filter(deputy_id=user_id, happened_on__lte=on, last_on__gte=on)
    team = Member.objects.standing().filter(Q(until_on=None) | Q(until_on__gte=on), case_id=case_id)
    own = Q(user_id=user_id) | Q(deputy_id=user_id) | Q(user_id__in=away.values("user_id"))
    return team.filter(own).exists()
