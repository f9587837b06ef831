"""A sender in a process of its own that stops dead when the server has the message, waiting to be killed."""

import os
import signal
import subprocess
import sys
from datetime import datetime

from tests.support.doomed_worker import REPOSITORY, database_url


def kill_a_sender(at: datetime) -> None:
    """Start a sender, wait until a message is handed over, and kill it with SIGKILL."""
    command = [sys.executable, "-m", "tests.support.doomed_sender", at.isoformat()]
    environment = {
        **os.environ, "DATABASE_URL": database_url(), "ONROLL_EMAIL_BACKEND": "tests.support.mail.Stops",
    }  # fmt: skip
    with subprocess.Popen(
        command, env=environment, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    ) as child:
        try:
            assert child.stdout is not None
            assert child.stdout.readline() == "here\n"
        finally:
            child.send_signal(signal.SIGKILL)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onroll.config.settings")
    import django

    django.setup()
    from onroll.actions.outbox.sending import send_waiting

    send_waiting(datetime.fromisoformat(sys.argv[1]))
