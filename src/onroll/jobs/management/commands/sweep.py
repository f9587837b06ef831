from typing import Any

from django.utils import timezone

from onroll.jobs.console import HouseCommand
from onroll.jobs.options import a_day
from onroll.jobs.sweeping import sweep_all
from onroll.queries import sweeps


class Command(HouseCommand):
    help = "Judge every duty of every open case and school again, and write what changed. Safe at any time."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--as-of",
            type=a_day,
            metavar="DATE",
            help="roll to this day, as 2026-11-23; today without it. The worker's next round rolls to today again",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        done = sweep_all(on=options["as_of"] or timezone.localdate(now), at=now)
        cases, changed = sum(one.cases for one in done), sum(one.changed for one in done)
        self.say(f"{len(done)} schools, {cases} open cases, {changed} findings changed.")
        missed = len(sweeps.open_cases()) - len(done)
        if missed:
            self.fail(f"{missed} schools could not be swept. The server's log says more.")
