"""Is the house empty, and how it is emptied: the one place where the ledger may be taken away.

Only a restore does this, inside its one transaction; the first row after it says what was replaced.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection

from onroll.actions.safe_keeping import tables
from onroll.records.ledger.models import LedgerRow, Look
from onroll.records.people.models import User
from onroll.records.schools.models import School

_LEDGER = ("ledger.LedgerRow", "ledger.Look")
# Rows that migrate makes and that nothing of ours points at.
_MIGRATES_OWN = ("contenttypes.ContentType", "auth.Permission")
_ASKED = ((User, "people"), (School, "schools"), (LedgerRow, "rows in its ledger"), (Look, "looks"))


def what_is_here() -> str:
    """Say what an empty house would not have: "2 people, 1 schools"; nothing for an empty one."""
    counts = [(model.objects.count(), words) for model, words in _ASKED]
    return ", ".join(f"{count:,} {words}" for count, words in counts if count)


def wipe(apps: Apps) -> dict[str, Any]:
    """Empty every table but those that migrate fills; return what of the ledger was lost, for the new one."""
    last = LedgerRow.objects.order_by("-number").values_list("number", "mac").first()
    models = {label: model for label, model in tables.stored(apps).items() if label not in _MIGRATES_OWN}
    if last is None and not Look.objects.exists():
        _empty([model._meta.db_table for label, model in models.items() if label not in _LEDGER])
        return {}
    guarded = [models[label]._meta.db_table for label in _LEDGER]
    with _unguarded(guarded):
        _empty([model._meta.db_table for model in models.values()])
    return {"replaced_rows": last[0], "replaced_head": last[1]} if last else {}


def count_on(apps: Apps) -> None:
    """Let the next new row of each table take the number after the last; SQLite does so by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables.kept(apps).values())):
            cursor.execute(statement)


def _empty(names: list[str]) -> None:
    quoted = [connection.ops.quote_name(name) for name in names]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(quoted)}")
        else:
            for name in quoted:
                cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - names of our own tables


@contextmanager
def _unguarded(names: list[str]) -> Iterator[None]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name in names:
                cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
            yield
            for name in names:
                cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s)", names
        )
        triggers = cursor.fetchall()
        for trigger, _ in triggers:
            cursor.execute(f"DROP TRIGGER {trigger}")
        yield
        for _, statement in triggers:
            cursor.execute(statement)
