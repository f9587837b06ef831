from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Prepare the database and the static files. Safe to run again after every upgrade."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--no-static", action="store_true", help="leave the static files alone")

    def handle(self, *args: Any, **options: Any) -> None:
        settings.ONROLL_DATA_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        if not options["no_static"]:
            call_command("collectstatic", verbosity=0, interactive=False)
        self.stdout.write("Database and static files are ready.")
