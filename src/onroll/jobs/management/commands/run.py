import signal
import subprocess
import sys
import time
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from onroll.actions.demo.build import PASSWORD, SIGN_INS, make_demo
from onroll.jobs.management.commands.serve import serve_command
from onroll.queries.people import anybody_signed_up


class Command(BaseCommand):
    help = (
        "Start Onroll on this machine: database, an invented school the first time, web server and worker. "
        "A second run keeps the data. Stop with Ctrl-C."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--schools", type=int, default=2)
        parser.add_argument("--pupils", type=int, default=600)

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("setup", stdout=self.stdout)
        if not anybody_signed_up():
            self.stdout.write("Making an invented school. Everybody in it is invented.")
            yesterday = timezone.localdate() - timedelta(days=1)
            for _ in make_demo(
                schools=options["schools"],
                pupils=options["pupils"],
                seed=1,
                at=timezone.now(),
                marks_to=yesterday,
            ):
                pass
        self._say_where(options["port"])
        self._run_until_stopped(options["port"])

    def _say_where(self, port: int) -> None:
        lines = [
            "",
            f"Onroll is at http://127.0.0.1:{port}/",
            "",
            f"Sign in with any of these; the password is {PASSWORD}",
            *(f"  {title:<29} {email}" for title, email in SIGN_INS),
            "",
            "Stop with Ctrl-C. The data stays in the folder var/.",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()

    def _run_until_stopped(self, port: int) -> None:
        # A polite end (SIGTERM) stops the two processes as Ctrl-C does, rather than leaving them behind.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        web = subprocess.Popen(serve_command(bind=f"127.0.0.1:{port}", workers=2))  # noqa: S603 - our own command
        worker = subprocess.Popen([sys.executable, "-m", "onroll.config.cli", "worker"])
        try:
            while web.poll() is None and worker.poll() is None:
                time.sleep(0.3)
        except KeyboardInterrupt:
            pass
        finally:
            for process in (web, worker):
                process.terminate()
            for process in (web, worker):
                process.wait(timeout=15)
