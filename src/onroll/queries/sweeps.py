"""When findings were last rolled forward."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q

from onroll.records.duties.models import Sweep
from onroll.records.schools.models import School

SWEEP_OLD = timedelta(hours=26)


@dataclass(frozen=True, slots=True)
class SweepSeen:
    """The sweeps of a school, or of all: the oldest, and how many schools were never swept."""

    at: datetime | None
    on: date | None
    never: int = 0

    def is_old(self, at: datetime) -> bool:
        """Whether somebody should look: screens may tell yesterday's story."""
        return self.never > 0 or (self.at is not None and at - self.at > SWEEP_OLD)


def last_sweep(school_id: int) -> SweepSeen:
    """When a school's findings were last rolled forward: "as at". One query."""
    row = Sweep.objects.filter(school_id=school_id).first()
    return SweepSeen(row.swept_at, row.swept_on) if row else SweepSeen(None, None, never=1)


def oldest_sweep() -> SweepSeen:
    """The oldest sweep of any school. One query."""
    found = School.objects.aggregate(
        at=Min("sweep__swept_at"), on=Min("sweep__swept_on"), never=Count("pk", filter=Q(sweep=None))
    )
    return SweepSeen(found["at"], found["on"], found["never"])


def old_sweeps(at: datetime) -> list[int]:
    """The schools whose last sweep is too old, or that were never swept."""
    old = School.objects.filter(Q(sweep=None) | Q(sweep__swept_at__lt=at - SWEEP_OLD))
    return list(old.order_by("pk").values_list("pk", flat=True))


def unswept_on(on: date) -> bool:
    """Whether any school has not been swept on a day."""
    return School.objects.exclude(sweep__swept_on=on).exists()


def open_cases() -> dict[int, int]:
    """Every school, with how many open cases it has."""
    number = Count("cases", filter=Q(cases__closed_on=None))
    return dict(School.objects.order_by("pk").annotate(number=number).values_list("pk", "number"))
