"""What Today shows of each duty: the groups with their headings, the lines with their one button."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from onroll.domain.duties.week import Group, Week
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor
from onroll.pages.duty_lines import duty_line
from onroll.pages.parts import DutyLine
from onroll.pages.wording import long_date
from onroll.queries.doors import SchoolSeen
from onroll.queries.duties_today import DutiesToday, ToDo


@dataclass(frozen=True, slots=True)
class Block:
    """One group of lines under its heading."""

    key: str
    heading: str
    count: int  # over all pages
    lines: list[DutyLine]


def blocks(actor: Actor, school: SchoolSeen, duties: DutiesToday, on: date) -> list[Block]:
    """The groups that have lines on this page, in their order."""
    return [
        Block(
            group.name.lower(),
            heading(group, duties.week),
            duties.counts[group],
            [line(actor, school, one, on) for one in rows],
        )
        for group, rows in groupby(duties.rows, key=lambda one: one.group)
    ]


def heading(group: Group, week: Week) -> str:
    """What stands above a group."""
    if group is Group.WEEK and week.from_on:
        return f"Next school week, from {long_date(week.from_on)}"
    return _HEADINGS[group]


_HEADINGS = {
    Group.OVERDUE: "Overdue",
    Group.TODAY: "Today",
    Group.WEEK: "This week",
    Group.MISSED: "Too late to be in time",
    Group.LATER: "Later",
}


def line(actor: Actor, school: SchoolSeen, one: ToDo, on: date, *, put_off: bool = False) -> DutyLine:
    """The line of one duty: its button where the reader may do it, and the way to put it off unless it is."""
    return duty_line(
        one.found,
        school.urn,
        on,
        child=one.child,
        child_href=reverse("cases:show", args=[school.urn, one.found.case_id]) if one.found.case_id else "",
        may_do=actor.may(_needed(one), school.id),
        more="Put off" if not put_off and may_put_off(actor, school, one) else "",
        more_href=reverse("today:put_off_one", args=[school.urn, one.found.id]),
    )


def may_put_off(actor: Actor, school: SchoolSeen, one: ToDo) -> bool:
    """Whether the reader may put this off, and take it up again."""
    return actor.may(Permission.CASE_WORK if one.found.case_id else Permission.POLICY_EDIT, school.id)


def _needed(one: ToDo) -> Permission:
    if one.found.case_id:
        return Permission.CASE_WORK
    return Permission.MONITOR_SIGN if one.found.duty == "monitored" else Permission.POLICY_EDIT
