"""Refuse INSERT OR REPLACE on SQLite, which takes a row away without asking the DELETE trigger.

Why: found by a test; the ledger and the looks must only grow, however one asks.
Old code: safe; it never writes a row under a number that is taken.
Locks: none worth naming.     Data: untouched.
Back: reverse drops the triggers.     PostgreSQL has no such statement.
"""

from typing import Any

from django.db import migrations

KEYS = {"ledger_ledgerrow": "number", "ledger_look": "id"}


def refuse(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for table, key in KEYS.items():
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608 - our own tables
                f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
                "BEGIN SELECT RAISE(ABORT, 'this table only grows'); END"
            )


def allow(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for table in KEYS:
            schema_editor.execute(f"DROP TRIGGER {table}_no_replace")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_find_by_verb_and_school")]
    operations = [migrations.RunPython(refuse, allow)]
