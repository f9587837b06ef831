"""Somebody with the database in hand and the triggers out of the way: what the ledger must find out."""

from typing import Any

from django.db import connection

from tests.support.flush import triggers_asleep


def tamper(statement: str, *values: Any) -> None:
    """Run one statement as a person who owns the database could."""
    with triggers_asleep("default"), connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount != 0, "nothing was tampered with"
