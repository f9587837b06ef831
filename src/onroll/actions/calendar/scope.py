"""For whom an entry of the calendar speaks, and who may write one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from onroll.actions.recounted import Doing
from onroll.domain.permissions import Permission
from onroll.domain.schoolcalendar import Kind
from onroll.domain.schoolcalendar.calendarfile import EARLIEST, LATEST, name_problem
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_found
from onroll.records.schools.models import CalendarDay, School, YearGroup

_NOT_ALL_SCHOOLS = (
    "An entry of the trust's calendar counts at every school of the trust, and your roles do not let you "
    "change the calendar at all of them."
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What an entry of the calendar is to say. Without `year_group_id` and `for_trust`: the whole school."""

    kind: Kind
    first: date
    last: date
    name: str = ""
    year_group_id: int | None = None
    for_trust: bool = False


def check(facts: Facts) -> None:
    """Refuse facts that no calendar can hold. The form says the same beside the field, and earlier."""
    if facts.last < facts.first:
        raise Refusal(Refused.INVALID, "The last day is before the first. Enter the dates again.")
    if not EARLIEST <= facts.first.year <= facts.last.year <= LATEST:
        raise Refusal(Refused.INVALID, f"Enter dates between {EARLIEST} and {LATEST}.")
    if facts.for_trust and facts.year_group_id is not None:
        raise Refusal(Refused.INVALID, "An entry is for the trust or for a year group, not for both.")
    if problem := name_problem(facts.name):
        raise Refusal(Refused.INVALID, f"{problem}.")


def new_row(actor: Actor, doing: Doing, facts: Facts) -> CalendarDay:
    """The unsaved row for these facts, its owner checked; `doing` learns which schools it touches."""
    check(facts)
    row = CalendarDay(
        kind=facts.kind, first_on=facts.first, last_on=facts.last, name=facts.name, year_group=None
    )
    if facts.for_trust:
        row.trust_id = doing.school.trust_id
        touch_trust(actor, doing)
        return row
    row.school = doing.school
    if facts.year_group_id is not None:
        row.year_group = YearGroup.objects.filter(pk=facts.year_group_id, school=doing.school).first()
        if row.year_group is None:
            raise not_found()
    return row


def touch_trust(actor: Actor, doing: Doing) -> None:
    """Let the actor write for the whole trust or refuse; every other school of it will be counted again."""
    if doing.school.trust_id is None:
        raise Refusal(Refused.INVALID, "This school belongs to no trust.")
    schools = (
        School.objects.filter(trust_id=doing.school.trust_id).order_by("pk").values_list("pk", flat=True)
    )
    if not all(actor.may(Permission.CALENDAR_EDIT, school_id) for school_id in schools):
        raise Refusal(
            Refused.NOT_ALLOWED, _NOT_ALL_SCHOOLS, ask="Ask somebody who holds such a role at each."
        )
    doing.others = tuple(school_id for school_id in schools if school_id != doing.school.pk)


def twin_of(row: CalendarDay) -> CalendarDay | None:
    """A live entry that says the same of the same dates to the same people, whatever its name."""
    names = ("trust_id", "school_id", "year_group_id", "kind", "first_on", "last_on")
    alike: dict[str, Any] = {name: getattr(row, name) for name in names}
    return CalendarDay.objects.filter(withdrawn_at=None, **alike).exclude(pk=row.pk).first()
