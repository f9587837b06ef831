"""The chain: each ledger row's HMAC covers its own words and the HMAC of the row before.

The key is not in the database, so a person with the database alone can neither alter a row nor forge one.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection

from onroll.records.ledger.models import LedgerRow, Look

START = "0" * 64  # what the first row is chained to
_LOCK = 0x0_11_011  # any fixed number; every writer of the ledger takes the same one


def canonical(detail: Mapping[str, Any]) -> str:
    """Write a detail so that equal details are equal bytes."""
    return json.dumps(detail, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def row_mac(row: LedgerRow, previous: str) -> str:
    """The HMAC that this row must carry after the row whose HMAC is `previous`."""
    words = json.dumps(
        [
            previous,
            row.number,
            _stamp(row.at),
            row.actor_id,
            row.school_id,
            row.verb,
            row.subject,
            row.detail,
        ],
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return hmac.new(settings.ONROLL_LEDGER_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()


def append(
    *,
    at: datetime,
    actor_id: int | None,
    school_id: int | None,
    verb: str,
    subject: str,
    detail: Mapping[str, Any],
) -> LedgerRow:
    """Add one row at the end. Call as the last thing in a transaction: the chain is locked until it ends."""
    lock()
    last = LedgerRow.objects.order_by("-number").values_list("number", "mac").first()
    number, previous = last or (0, START)
    row = LedgerRow(
        number=number + 1,
        at=at,
        actor_id=actor_id,
        school_id=school_id,
        verb=verb,
        subject=subject,
        detail=canonical(detail),
    )
    row.mac = row_mac(row, previous)
    row.save(force_insert=True)
    return row


def looks_digest(looks: Iterable[Look]) -> str:
    """One digest over looks in the order of their ids; a seal row carries it."""
    running = hashlib.sha256()
    for look in looks:
        words = [look.pk, _stamp(look.at), look.actor_id, look.school_id, look.page, look.pupil_ids]
        running.update(json.dumps(words, separators=(",", ":")).encode())
    return running.hexdigest()


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def lock() -> None:
    """Keep others from adding a row until the transaction ends; asking twice is no harm."""
    # SQLite: the transaction began IMMEDIATE and already has the only write lock.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
