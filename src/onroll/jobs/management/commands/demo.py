import time
from datetime import date, timedelta
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from onroll.actions.demo.build import make_demo, real_schools


class Command(BaseCommand):
    help = (
        "Make invented schools with pupils, contacts, calendars and registers. Everybody in them is invented."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--schools", type=int, default=2, help="how many schools (default 2)")
        parser.add_argument("--pupils", type=int, default=600, help="how many pupils in all (default 600)")
        parser.add_argument(
            "--seed", type=int, default=1, help="the same seed gives the same people (default 1)"
        )
        parser.add_argument(
            "--marks-to", type=date.fromisoformat, help="last date with marks (default yesterday)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["schools"] < 1 or options["pupils"] < options["schools"]:
            raise CommandError("Give at least one school, and at least one pupil for each school.")
        call_command("setup", no_static=True, stdout=StringIO())
        if real_schools():
            raise CommandError(
                "There are real schools here. Make invented ones elsewhere: set ONROLL_DATA_DIR."
            )
        began = time.monotonic()
        marks_to = options["marks_to"] or timezone.localdate() - timedelta(days=1)
        made = make_demo(
            schools=options["schools"],
            pupils=options["pupils"],
            seed=options["seed"],
            at=timezone.now(),
            marks_to=marks_to,
        )
        for number, one in enumerate(made, 1):
            if options["verbosity"] > 1 or number % 20 == 0 or number == options["schools"]:
                self.stdout.write(
                    f"{number} of {options['schools']} schools: {one.school}, {one.pupils} pupils"
                )
        self.stdout.write(f"Made in {time.monotonic() - began:.1f} seconds.")
