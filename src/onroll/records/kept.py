"""Records that remember: when a thing happened, when it was written down, when it was taken back.

Nothing is overwritten. To correct is to withdraw the row and record another that names it in `replaces`, so
that what was known at any moment can be asked for again.
"""

from datetime import datetime
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from onroll.records.base import Record, RecordQuerySet

K = TypeVar("K", bound=models.Model, covariant=True)


class KeptQuerySet(RecordQuerySet[K]):
    """Rows as they stand now, or as they were known at a moment."""

    def standing(self) -> Self:
        """Rows that nobody has taken back."""
        return self.filter(withdrawn_at=None)

    def as_known(self, at: datetime | None) -> Self:
        """Rows that had been recorded, and not yet taken back, at a moment; None asks for what is known now."""
        if at is None:
            return self.standing()
        return self.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=at), recorded_at__lte=at)


class Kept(Record):
    """What every such record carries. Subclasses name their own encrypted `withdrawn_because`."""

    happened_on = models.DateField()  # the day it is about
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField(null=True, blank=True)  # null: the system, or somebody by a link
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_id = models.BigIntegerField(null=True, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    # The plugin takes Record's manager for a class variable.
    objects = KeptQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        abstract = True


KEPT = frozenset(
    {"id", "happened_on", "recorded_at", "recorded_by_id", "withdrawn_at", "withdrawn_by_id", "replaces"}
)
