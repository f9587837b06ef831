from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from onroll.actions.recount import recount_every_school


class Command(BaseCommand):
    help = "Count every register again and say what moved. Safe at any time; writes only figures that differ."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--urn", type=int, help="one school only")

    def handle(self, *args: Any, **options: Any) -> None:
        schools = counted = written = 0
        for moved in recount_every_school(at=timezone.now(), urn=options["urn"]):
            schools, counted, written = schools + 1, counted + moved.counted, written + moved.written
        self.stdout.write(f"{schools} schools, {counted} pupils counted, {written} figures written.")
