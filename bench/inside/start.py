"""Set Django up in this house; count what is asked of the database; say what was found."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 - Django must be set up first

_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')


@contextmanager
def asked() -> Iterator[Counter[str]]:
    """Count statements as `queries`, and the rows that they write, by table."""
    counts: Counter[str] = Counter()

    def count(run: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = run(sql, params, many, context)
        counts["queries"] += 1
        if written := _WRITES.match(sql):
            counts[written[1]] += max(context["cursor"].rowcount, 0)
        return answer

    with connection.execute_wrapper(count):
        yield counts


def found(answer: object) -> None:
    """Say what was found."""
    print(json.dumps(answer))
