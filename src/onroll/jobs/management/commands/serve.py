import os
import sys
from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Start the web server (gunicorn). Put a reverse proxy with HTTPS before it."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--bind", default="127.0.0.1:8000", help="address and port (default 127.0.0.1:8000)"
        )
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        command = serve_command(bind=options["bind"], workers=options["workers"])
        os.execv(command[0], command)  # noqa: S606 - our own interpreter, no shell


def serve_command(*, bind: str, workers: int) -> list[str]:
    """How the web server is started: threads for waiting, processes for the cores."""
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "onroll.config.wsgi:application",
        f"--bind={bind}",
        f"--workers={workers}",
        "--worker-class=gthread",
        "--threads=4",
        "--timeout=60",
        "--no-control-socket",
        "--max-requests=5000",
        "--max-requests-jitter=500",
    ]
