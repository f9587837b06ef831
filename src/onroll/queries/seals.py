"""How far the looks are sealed into the ledger."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from onroll.records.ledger.models import LedgerRow, Look

SEALED = "looks-sealed"  # the verb of a row that seals looks


@dataclass(frozen=True, slots=True)
class Unsealed:
    """Looks that no seal covers yet."""

    count: int
    oldest_at: datetime | None


def sealed_to() -> int:
    """Id of the last look under a seal; 0 when there is none."""
    last = LedgerRow.objects.filter(verb=SEALED).order_by("-number").values_list("detail", flat=True).first()
    return int(json.loads(last)["last"]) if last else 0


def unsealed() -> Unsealed:
    """Count the looks after the last seal."""
    found = Look.objects.filter(pk__gt=sealed_to()).aggregate(count=Count("pk"), oldest_at=Min("at"))
    return Unsealed(**found)
