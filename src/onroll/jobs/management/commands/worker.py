from typing import Any

from django.core.management.base import BaseCommand

from onroll.jobs.worker import Worker, work_once


class Command(BaseCommand):
    help = "Do queued work and the house's routines until stopped."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="do what is queued now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            while work_once():
                pass
        else:
            Worker().run()
