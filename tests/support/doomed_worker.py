"""A worker in a process of its own that stops dead at one point of its work, waiting to be killed.

Run as `python -m tests.support.doomed_worker MODULE FUNCTION CALL`: does the work that is queued, and stops right
after the CALL-th call of that function of that module, having said so on standard output.
"""

import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]


def database_url() -> str:
    """The test database of this process, as another process reaches it."""
    from django.db import connection  # noqa: PLC0415 - Django is set up by now

    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    return f"postgresql:///{settings['NAME']}?host={settings['HOST']}&user={settings['USER']}&port={settings['PORT']}"


def kill_a_worker_at(module: str, function: str, call: int = 1) -> None:
    """Start a worker, wait until it stands at that point, and kill it with SIGKILL. Fails if it never gets there."""
    command = [sys.executable, "-m", "tests.support.doomed_worker", module, function, str(call)]
    environment = {**os.environ, "DATABASE_URL": database_url()}
    with subprocess.Popen(
        command, env=environment, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    ) as child:
        try:
            assert child.stdout is not None
            assert child.stdout.readline() == "here\n"
        finally:
            child.send_signal(signal.SIGKILL)


def _stop_after(module: str, function: str, call: int) -> None:
    found = import_module(module)
    plain = getattr(found, function)
    calls = 0

    def stopping(*args: Any, **options: Any) -> Any:
        nonlocal calls
        answer = plain(*args, **options)
        calls += 1
        if calls == call:
            print("here", flush=True)
            time.sleep(600)
        return answer

    setattr(found, function, stopping)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onroll.config.settings")
    import django

    django.setup()
    from onroll.actions.imports import staging
    from onroll.jobs.worker import work_once

    staging.BATCH = 1  # so that it can die between two batches
    _stop_after(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    while work_once():
        pass
