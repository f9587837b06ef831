"""How many open cases stand how in each duty of the packs: counted by the database in one query."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from onroll.domain.duties.finding import Status
from onroll.domain.permissions import Permission
from onroll.domain.small_numbers import Shown, hidden, plain
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.records.cases.models import Case
from onroll.records.duties.models import Finding

# In the order in which a reader should meet them.
SHOWN = (Status.OVERDUE, Status.BREACHED, Status.NEEDS_JUDGEMENT, Status.DUE, Status.MET)


@dataclass(frozen=True, slots=True)
class Tally:
    """How the open cases stand in one duty, in the order of SHOWN, as this reader may see it."""

    shown: tuple[Shown, ...]

    @property
    def parts(self) -> tuple[tuple[Status, Shown], ...]:
        """The states in which any case stands."""
        return tuple(
            (status, one) for status, one in zip(SHOWN, self.shown, strict=True) if not one.is_nought
        )


def cases_behind(actor: Actor, school_id: int) -> "QuerySet[Case]":
    """The open cases whose children the actor may be shown."""
    return doors.cases(actor, school_id, Permission.CASE_SEE).filter(closed_on=None)


def status_is(status: Status, on: date) -> Q:
    """Findings that stand so on a day: what was due by a day that has passed is overdue, sweep or no sweep."""
    late = Q(status=Status.DUE.value, due_on__lt=on)
    if status is Status.OVERDUE:
        return Q(status=status.value) | late
    if status is Status.DUE:
        return Q(status=status.value) & (Q(due_on=None) | Q(due_on__gte=on))
    return Q(status=status.value)


def tallies(actor: Actor, school_id: int, packs: Collection[str], on: date) -> dict[tuple[str, str], Tally]:
    """By (pack, duty). Who may see children is told of those they may see; others of all, small numbers hidden."""
    sees = actor.may(Permission.CASE_SEE, school_id)
    cases = (
        cases_behind(actor, school_id) if sees else Case.objects.filter(school_id=school_id, closed_on=None)
    )
    found = (
        Finding.objects.filter(
            school_id=school_id, until_at=None, pack__in=packs, case__in=cases.order_by().values("pk")
        )
        .order_by()
        .values("pack", "duty")
        .annotate(**{_name(status): Count("pk", filter=status_is(status, on)) for status in SHOWN})
    )
    show = plain if sees else hidden
    names = [_name(status) for status in SHOWN]
    rows = found.values_list("pack", "duty", *names)
    return {(pack, duty): Tally(show(counts)) for pack, duty, *counts in rows}


def _name(status: Status) -> str:
    return f"n_{status.name.lower()}"
