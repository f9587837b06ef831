"""Kill a process in the middle of an action, for real, and look at what it left."""

import os
import signal
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import connection, connections

_WRITES = ("INSERT", "UPDATE", "DELETE", "COPY")
DIED, DONE, RAISED = "died", "done", "raised"


def killed_after(writes: int, act: Callable[[], object]) -> str:
    """Do `act` in a process of its own, which SIGKILLs itself right after that many writing statements.

    DIED when it did, DONE when the act came to its end before, RAISED when it failed on the way.
    """
    connections.close_all()  # no handle is shared: closing one would drop the other's locks
    child = os.fork()
    if child == 0:
        _act_and_die(writes, act)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return DIED
    return DONE if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0 else RAISED


def _act_and_die(writes: int, act: Callable[[], object]) -> None:
    """In the child: never returns."""
    done = 0

    def count(run: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal done
        answer = run(sql, params, many, context)
        if sql.lstrip().upper().startswith(_WRITES):
            done += 1
            if done == writes:
                os.kill(os.getpid(), signal.SIGKILL)
        return answer

    status = 1
    try:
        with connection.execute_wrapper(count):
            act()
        status = 0
    finally:
        os._exit(status)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of ours, as it is stored."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("onroll."):
            table = model._meta.db_table
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
                found[table] = cursor.fetchall()
    return found
