"""What is owed at a school, as SQL: the one place that says which findings are to do, overdue and put off.

Today, Oversight and the digest are built on these, so that the same thing is never counted in two ways.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from onroll.domain.duties.finding import Status
from onroll.domain.duties.week import Group, Week
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.records.duties.models import Finding, Snooze

if TYPE_CHECKING:
    from django.db.models import QuerySet

TO_DO = (Status.DUE, Status.OVERDUE, Status.BREACHED, Status.NEEDS_JUDGEMENT)


def to_do(school_id: int) -> "QuerySet[Finding]":
    """Findings that stand and ask for something, now or later: of cases, and of the school itself."""
    return Finding.objects.filter(school_id=school_id, until_at=None, status__in=[one.value for one in TO_DO])


def within_reach(rows: "QuerySet[Finding]", actor: Actor, school_id: int, on: date) -> "QuerySet[Finding]":
    """Of these, what the actor may know of on a day: cases within their doors, standing in for others too, and the
    school's own duties that concern them.

    The school's own duties concern those who hold them and those who oversee the school.
    """
    mine = Q(case_id__in=doors.cases(actor, school_id, Permission.CASE_SEE, on=on).values("pk"))
    if actor.may(Permission.OVERSIGHT_SEE, school_id):
        return rows.filter(mine | Q(case=None))
    return rows.filter(mine | (Q(case=None) & held_by(actor, school_id)))


def held_by(actor: Actor, school_id: int) -> Q:
    """What the actor holds: in person, or, for the school's own duties, by their role."""
    roles = [post.role.value for post in actor.posts_at(school_id)]
    return Q(held_by_id=actor.id) | Q(case=None, holder__in=roles)


def is_overdue(on: date) -> Q:
    """Overdue on a day: what the last sweep called so, and what was due by a date that has passed since."""
    return Q(status=Status.OVERDUE.value) | Q(status=Status.DUE.value, due_on__lt=on)


def is_put_off(on: date) -> Q:
    """Somebody put it off beyond this day."""
    rows = Snooze.objects.standing().filter(pack=OuterRef("pack"), duty=OuterRef("duty"), until_on__gt=on)
    # Asked for by the case alone: SQLite would else go through every word of the school for each finding.
    of_case = Q(Exists(rows.filter(case_id=OuterRef("case_id"))))
    of_school = Q(Exists(rows.filter(case=None, school_id=OuterRef("school_id"))))
    return of_case | (Q(case=None) & of_school)


def children_first() -> Case:
    """Orders what is owed to children before the school's own duties, which can wait for a quiet hour."""
    return Case(When(case=None, then=Value(1)), default=Value(0))


def group(on: date, week: Week) -> Case:
    """`domain.duties.week.group_of` in SQL, for findings that are to do."""
    due = Status.DUE.value
    return Case(
        When(is_overdue(on), then=Value(Group.OVERDUE)),
        When(status=Status.BREACHED.value, then=Value(Group.MISSED)),
        When(status=Status.NEEDS_JUDGEMENT.value, then=Value(Group.TODAY)),
        When(Q(status=due) & (Q(due_on=None) | Q(due_on=on)), then=Value(Group.TODAY)),
        When(status=due, due_on__lte=week.last_on, then=Value(Group.WEEK)),
        default=Value(Group.LATER),
        output_field=IntegerField(),
    )
