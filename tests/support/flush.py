"""Empty the test database although the ledger's triggers refuse to let anything go.

Only tests that commit (`django_db(transaction=True)`, journeys) are cleaned up in this way; the others roll back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache import cache
from django.core.management.commands.flush import Command
from django.db import connections


@contextmanager
def triggers_asleep(alias: str) -> Iterator[None]:
    """Let statements through inside the block that triggers refuse outside it."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, sql in triggers:
            cursor.execute(sql)


def teach_flush() -> None:
    """Make Django's own clean-up put the triggers to sleep first, and forget what rate limits counted."""
    plain = Command.handle

    def handle(self: Command, **options: Any) -> None:
        with triggers_asleep(options["database"]):
            plain(self, **options)
        cache.clear()  # its table belongs to no model, so flush passes it by

    Command.handle = handle  # type: ignore[method-assign]
