"""What our console commands share: a short --help, plain words on standard error, and an exit status."""

import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, ProgrammingError


class HouseCommand(BaseCommand):
    """A command whose --help shows its own options only, and that fails in one plain sentence."""

    # Django's own options still work; they would drown ours.
    suppressed_base_arguments = {
        "--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color",
        "--skip-checks",
    }  # fmt: skip

    requires_system_checks = []

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        return super().create_parser(prog_name, subcommand.replace("_", "-"), **options)

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except (OperationalError, ProgrammingError) as wrong:
            self.fail(f"The database cannot be used: is it there, and did `onroll setup` run? ({wrong})", 2)

    def say(self, words: str) -> None:
        """Print one line on standard output."""
        self.stdout.write(words)

    def note(self, words: str) -> None:
        """Print one line beside the answer, on standard error."""
        self.stderr.write(words, style_func=str)

    def fail(self, words: str, status: int = 1) -> NoReturn:
        """Print one line on standard error and end with this exit status."""
        self.note(words)
        sys.exit(status)

    def handle(self, *args: Any, **options: Any) -> str | None:
        raise NotImplementedError
