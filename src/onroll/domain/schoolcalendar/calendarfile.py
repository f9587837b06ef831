"""A calendar as a CSV file: its columns, what its names may be, and how one is written."""

import csv
import io
from collections.abc import Iterable

from onroll.domain.schoolcalendar.entries import CalendarEntry

COLUMNS = ("kind", "from", "to", "name")
YEAR_GROUP = "year-group"
"""The column that says for which year group a line is; without it, or empty: the whole school."""

MOST_LINES = 2000
NAME_LENGTH = 80
EARLIEST, LATEST = 1990, 2099
"""Calendar years beyond these are slips of the finger."""

# A cell that begins like this is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@")


def name_problem(name: str) -> str | None:
    """What is wrong with the name of an entry; None when it can be kept and written to a spreadsheet."""
    if len(name) > NAME_LENGTH:
        return f"The name is longer than {NAME_LENGTH} characters"
    if name.startswith(_FORMULA):
        return f"A name cannot begin with {name[0]}, which a spreadsheet would take for a formula"
    return None


def write_calendar(lines: Iterable[tuple[CalendarEntry, str]]) -> str:
    """A file of these entries, each with its year group ("" for everybody), that can be read back.

    The year-group column is there only when an entry needs it.
    """
    rows = list(lines)
    with_groups = any(group for _, group in rows)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*COLUMNS, YEAR_GROUP] if with_groups else COLUMNS)
    for entry, group in rows:
        cells = [entry.kind.value, entry.first.isoformat(), entry.last.isoformat(), entry.name]
        writer.writerow([*cells, group] if with_groups else cells)
    return out.getvalue()
