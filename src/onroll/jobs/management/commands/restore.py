from pathlib import Path
from typing import Any

from django.utils import timezone

from onroll.actions.safe_keeping.archive import Manifest
from onroll.actions.safe_keeping.restoring import examine, restore
from onroll.domain.vocabulary import Refusal
from onroll.jobs.console import HouseCommand
from onroll.queries import ledger_check

WORD = "replace"


class Command(HouseCommand):
    help = (
        "Bring a backup back into an empty house, from either database into either. Keys, sums and versions are "
        "checked before anything is touched; then all of it comes in or nothing does. Stop the web server and "
        "the worker first. Exit status: 0 restored, 1 refused and nothing changed, 3 restored but the ledger in "
        "the backup was broken already."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a file written by `onroll backup`")
        parser.add_argument("--check", action="store_true", help="check the file and stop; changes nothing")
        parser.add_argument(
            "--replace", action="store_true", help="into a house that is not empty: all that is in it is lost"
        )
        parser.add_argument("--yes", action="store_true", help="with --replace: do not ask")
        parser.add_argument(
            "--without-old-keys",
            action="store_true",
            help="go on although an older data key of the backup is not here (rotate-keys had ended)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            manifest = examine(path, without_old_keys=options["without_old_keys"], note=self.note)
            if options["check"]:
                self.say(f"The backup can be restored here: {_words(manifest)}.")
                return
            if options["replace"] and not options["yes"]:
                self._ask(manifest)
            done = restore(path, manifest, at=timezone.now(), replace=options["replace"], note=self.note)
        except Refusal as refusal:
            self.fail(refusal.message)
        except OSError as wrong:
            self.fail(f"The backup cannot be restored: {wrong.strerror}. Everything is as it was.")
        self.say(f"Restored: {_words(manifest)}.")
        if done.heads_set_aside:
            self.note(
                f"{done.heads_set_aside} saved heads know rows that the backup does not have; they were moved to a "
                "folder beside the others. What happened after the backup was made is lost."
            )
        self._check_ledger()

    def _ask(self, manifest: Manifest) -> None:
        self.note(f"This house and all that is in it will be lost, and replaced by {_words(manifest)}.")
        self.note(f"Type {WORD} to go on: ")
        if input().strip() != WORD:
            self.fail("Nothing was changed.")

    def _check_ledger(self) -> None:
        verdict = ledger_check.check(None)
        if verdict.broken:
            self.fail(
                f"The restored ledger is BROKEN, as it was when the backup was made. {verdict.broken}", 3
            )
        self.say(f"{verdict.rows:,} rows, head {verdict.mac[:16]}, unbroken.")


def _words(manifest: Manifest) -> str:
    return (
        f"{manifest.rows:,} rows and {manifest.uploads:,} uploads, as they stood at {manifest.made_at}, "
        f"from {manifest.database}, Onroll {manifest.version}"
    )
