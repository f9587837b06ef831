"""What `onroll count` may be asked, and what its help says."""

import argparse
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NoReturn, TextIO

from onroll.domain.register import CODES, Rule
from onroll.jobs.count_output import FORMATS

NOTHING_READ = 2
"""The exit status when nothing could be read, options included."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ABOUT = """\
Count the school days that pupils missed, from a register and a calendar. Needs no database and no set-up;
nothing is kept and nothing leaves this machine.

The statutory counter counts illness (I), the health counter the --health-codes."""
_AFTER = """\
REGISTER is CSV or XLSX: one line for each mark with at the least the columns UPN,Date,Session,Mark; or one
line for each pupil with a column for each session ("07/09/2026 AM") or for each day (two marks in a cell).
CALENDAR has the columns kind,from,to,name. Kinds: term, holiday, inset, bank-holiday, closure, am-only.

Lines that are not used are written to standard error with their numbers and the reason.
Exit status: 0 all lines used, 3 some rejected, 2 nothing could be read.

Example: onroll count register.csv --calendar calendar.csv --format csv > counts.csv"""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for."""

    register: Path
    calendar: Path
    as_of: date | None
    threshold: float
    health: Rule
    health_codes: tuple[str, ...]
    """The codes of `health`, in the order in which they were given."""
    format: str


class _Parser(argparse.ArgumentParser):
    """An argument parser that writes where it is told."""

    def __init__(self, out: TextIO, err: TextIO) -> None:
        super().__init__(
            prog="onroll count",
            description=_ABOUT,
            epilog=_AFTER,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        self._out, self._err = out, err

    def _print_message(self, message: str, file: Any = None) -> None:
        print(message, end="", file=self._out)

    def error(self, message: str) -> NoReturn:
        print(f"onroll count: {message}\nSee onroll count --help.", file=self._err)
        raise SystemExit(NOTHING_READ)


def options_from(argv: list[str], out: TextIO, err: TextIO) -> Options:
    """Read the options. Raises SystemExit when help was asked for, or when they make no sense."""
    parser = _Parser(out, err)
    parser.add_argument("register", metavar="REGISTER", type=Path, help="the register, CSV or XLSX")
    parser.add_argument(
        "--calendar", metavar="CALENDAR", type=Path, required=True, help="the calendar, CSV or XLSX"
    )
    parser.add_argument(
        "--as-of",
        metavar="YYYY-MM-DD",
        type=_day,
        help="count up to this date (the last date in the register)",
    )
    parser.add_argument(
        "--threshold", metavar="DAYS", type=_threshold, default=15.0, help="days to reach, in halves (15)"
    )
    parser.add_argument(
        "--health-codes",
        metavar="CODES",
        type=_codes,
        default=("I", "M", "C2"),
        help="with commas (I,M,C2)",
    )
    parser.add_argument(
        "--format", choices=list(FORMATS), default="table", help="how to write the answer (table)"
    )
    asked = parser.parse_args(argv)
    return Options(
        register=asked.register,
        calendar=asked.calendar,
        as_of=asked.as_of,
        threshold=asked.threshold,
        health=Rule("health", frozenset(asked.health_codes)),
        health_codes=asked.health_codes,
        format=asked.format,
    )


def _day(text: str) -> date:
    try:
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} is not a date: write it like 2026-12-08")


def _threshold(text: str) -> float:
    try:
        days = Decimal(text)
        if days.is_finite() and days > 0 and days * 2 == int(days * 2):
            return float(days)
    except InvalidOperation:
        pass
    raise argparse.ArgumentTypeError(
        f"{text!r} is not a number of days above 0, in halves, such as 15 or 7.5"
    )


def _codes(text: str) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(code.strip() for code in text.split(",")))
    unknown = [code for code in codes if code not in CODES]
    if unknown:
        raise argparse.ArgumentTypeError(f"{', '.join(map(repr, unknown))}: no national attendance code")
    return codes
