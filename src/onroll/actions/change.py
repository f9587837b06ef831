"""The one pen: nothing is written without a transaction and a row in the ledger."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from onroll.records.base import pen
from onroll.records.ledger import chain


@dataclass(slots=True)
class Entry:
    """What the ledger will say of a change. Fill `subject` and `detail`; name no child, no condition."""

    verb: str
    school_id: int | None = None
    subject: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    # Set when the action found nothing to do: no row is written for a change that changed nothing.
    nothing_changed: bool = False


@contextmanager
def change(actor_id: int | None, verb: str, at: datetime, *, school_id: int | None = None) -> Iterator[Entry]:
    """Open the one transaction of an action: lock, check, write inside; the ledger row is signed at its end.

    `actor_id` None is the system itself. Raising anything inside leaves everything as it was. Changes do
    not nest: an action that needs another's work calls its inner function, not its `change`.
    """
    entry = Entry(verb, school_id)
    with transaction.atomic(durable=True), pen():
        yield entry
        if not entry.nothing_changed:
            chain.append(
                at=at,
                actor_id=actor_id,
                school_id=entry.school_id,
                verb=entry.verb,
                subject=entry.subject,
                detail=entry.detail,
            )
