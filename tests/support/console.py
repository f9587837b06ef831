"""Run one of our commands as the console would, and keep what it said."""

import io
from typing import NamedTuple

from django.core.management import call_command


class Said(NamedTuple):
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str


def onroll(command: str, *args: object) -> Said:
    """Run `onroll COMMAND ARGS`."""
    out, err = io.StringIO(), io.StringIO()
    status = 0
    try:
        call_command(command.replace("-", "_"), *map(str, args), stdout=out, stderr=err)
    except SystemExit as end:
        status = int(end.code or 0)
    return Said(status, out.getvalue(), err.getvalue())
