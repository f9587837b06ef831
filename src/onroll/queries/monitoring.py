"""The monthly checks of all open cases: which months are signed, by whom, and what stood then."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from onroll.domain.vocabulary import not_found
from onroll.queries.doors import SchoolSeen
from onroll.records.people.models import User
from onroll.records.policies.models import Monitoring

_MOST = 24


@dataclass(frozen=True, slots=True)
class Signed:
    """One month's check."""

    id: int
    month: date  # its first day
    on: date
    by: str
    open_cases: int
    overdue: int
    note: str
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_because: str


def signed_months(school_id: int) -> frozenset[date]:
    """First days of the months that are signed. One query."""
    rows = Monitoring.objects.standing().filter(school_id=school_id)
    return frozenset(rows.values_list("month", flat=True))


def checks(seen: SchoolSeen) -> list[Signed]:
    """The last two years' checks, the newest month first; those taken back too. One query."""
    rows = Monitoring.objects.filter(school_id=seen.id).order_by("-month", "-pk")
    return [_signed(row) for row in _named(rows)[:_MOST]]


def check(seen: SchoolSeen, monitoring_id: int) -> Signed:
    """One of them."""
    row = _named(Monitoring.objects.filter(school_id=seen.id, pk=monitoring_id)).first()
    if row is None:
        raise not_found()
    return _signed(row)


def _named(rows: Any) -> Any:  # annotated: the plugin loses track
    by, back = (
        User.objects.filter(pk=OuterRef(column)).values("name")
        for column in ("recorded_by_id", "withdrawn_by_id")
    )
    return rows.annotate(by=Subquery(by), back_by=Subquery(back))


def _signed(row: Any) -> Signed:
    return Signed(
        id=row.pk,
        month=row.month,
        on=row.happened_on,
        by=row.by or "",
        open_cases=row.open_cases,
        overdue=row.overdue,
        note=row.note,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=row.back_by or "",
        withdrawn_because=row.withdrawn_because,
    )
