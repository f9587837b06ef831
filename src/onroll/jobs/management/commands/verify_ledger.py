from pathlib import Path
from typing import Any

from onroll.jobs.console import HouseCommand
from onroll.queries import heads, ledger_check
from onroll.queries.heads import Head, UnreadableHead


class Command(HouseCommand):
    help = (
        "Check that nothing in the ledger was altered, removed, inserted or cut off, and that every sealed look "
        "is as it was. Exit status: 0 unbroken, 1 broken (says where first), 2 the saved head cannot be read."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--head",
            metavar="SAVED",
            type=Path,
            help="a head written by `onroll export-head` and kept elsewhere; without it, the newest one of "
            "the data folder is used when there is one",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        head = self._head(options["head"])
        verdict = ledger_check.check(head, lambda rows: self.note(f"{rows:,} rows so far ..."))
        if verdict.broken:
            self.fail(f"BROKEN. {verdict.broken}")
        self.say(
            f"{verdict.rows:,} rows, head {verdict.mac[:16]}, unbroken; {verdict.looks:,} looks under "
            f"{verdict.seals:,} seals, {verdict.unsealed:,} not sealed yet."
        )

    def _head(self, path: Path | None) -> Head | None:
        if path is not None:
            try:
                return heads.read(path)
            except UnreadableHead as wrong:
                self.fail(str(wrong), 2)
        if found := heads.newest():
            self.note(f"Comparing with the newest head saved here, {found[0]}.")
            return found[1]
        self.note("No saved head to compare with: rows cut off at the end would not be seen.")
        return None
