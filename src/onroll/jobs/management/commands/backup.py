from pathlib import Path
from typing import Any

from django.utils import timezone

from onroll.actions.safe_keeping.making import backup
from onroll.domain.vocabulary import Refusal
from onroll.jobs.console import HouseCommand


class Command(HouseCommand):
    help = (
        "Write database and uploads into one file, as they stand at one moment, while people go on working. "
        "The file is encrypted with the newest data key; keep the keys apart from it."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "file", type=Path, metavar="FILE", help="the file to write; only its owner may read it"
        )
        parser.add_argument("--force", action="store_true", help="write over FILE when it is there")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            made = backup(path, at=timezone.now(), replace=options["force"], note=lambda words: None)
        except Refusal as refusal:
            self.fail(refusal.message)
        except OSError as wrong:
            self.fail(f"The backup cannot be written: {wrong.strerror}. No file was left behind.", 2)
        self.say(
            f"{made.rows:,} rows and {made.uploads:,} uploads written to {made.path}: "
            f"{made.size:,} bytes, SHA-256 {made.sha256}."
        )
        if made.uploads_gone:
            self.note(
                f"{made.uploads_gone} uploads were deleted while the backup was made and are not in it."
            )
        self.note(
            "It can be read only with this house's keys. Keep a copy of them, and not beside the backup."
        )
