"""The day and the moment that facts are asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar

from django.db.models import Model
from django.utils import timezone

from onroll.records.kept import KeptQuerySet

M = TypeVar("M", bound=Model)
_DAY_ENDS = time(23, 59, 59, 999999)


@dataclass(frozen=True, slots=True)
class When:
    """Of what had happened by the day `on`, what was known at `known_at` (None: what is known now)."""

    on: date
    known_at: datetime | None = None

    @property
    def moment(self) -> datetime:
        """The last moment asked about, for facts that carry a moment and no day: the end of the day, or before."""
        ends = timezone.make_aware(datetime.combine(self.on, _DAY_ENDS))
        return ends if self.known_at is None else min(ends, self.known_at)

    def of(self, rows: KeptQuerySet[M]) -> KeptQuerySet[M]:
        """Of records that remember, those that had happened and were known."""
        return rows.as_known(self.known_at).filter(happened_on__lte=self.on)


def first_of_each(rows: Iterable[tuple[int, date]]) -> dict[int, date]:
    """The first date of each id, of rows in the order of their dates."""
    found: dict[int, date] = {}
    for key, on in rows:
        found.setdefault(key, on)
    return found
