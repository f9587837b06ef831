from pathlib import Path
from typing import Any

from django.utils import timezone

from onroll.actions.ledger import export_head
from onroll.domain.vocabulary import Refusal
from onroll.jobs.console import HouseCommand


class Command(HouseCommand):
    help = (
        "Write down how many rows the ledger has and the signature of the last one. Keep the file where nobody "
        "who can reach the database can reach it; `onroll verify-ledger --head` compares with it."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            metavar="FILE",
            help="where to write it; without it, today's file in the data folder",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            path, head = export_head(timezone.now(), options["file"])
        except Refusal as refusal:
            self.fail(refusal.message)
        except OSError as wrong:
            self.fail(f"The head cannot be written: {wrong.strerror}: {wrong.filename}", 2)
        self.say(f"{head.rows:,} rows, head {head.mac[:16]}, written to {path}.")
