"""What the registers room says of files, lines and marks."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from onroll.domain.register import CODES, NOT_TAKEN
from onroll.domain.register.comparison import Outcome
from onroll.domain.register.import_states import ImportState
from onroll.queries.imports.seen import Group

STATUS: Mapping[ImportState, str] = MappingProxyType(
    {
        ImportState.MAPPING: "columns",
        ImportState.READING: "working",
        ImportState.READY: "waiting",
        ImportState.APPLYING: "working",
        ImportState.APPLIED: "imported",
        ImportState.UNDOING: "working",
        ImportState.UNDONE: "undone",
        ImportState.CANCELLED: "cancelled",
        ImportState.FAILED: "failed",
    }
)
"""The key of `pages.statuses` for each state."""

GROUPS = (
    (Group.ALL, "All files"),
    (Group.WAITING, "Waiting for somebody"),
    (Group.WORKING, "Being worked on"),
    (Group.DONE, "In the register"),
    (Group.NOT_USED, "Not used"),
)


class Words(NamedTuple):
    """How a list is named: what follows its number, its heading, and what the reader needs to know."""

    one: str
    many: str
    heading: str
    help: str = ""

    def after(self, number: int) -> str:
        """What follows the number."""
        return self.one if number == 1 else self.many


OUTCOMES: Mapping[Outcome, Words] = MappingProxyType(
    {
        Outcome.NEW: Words("new mark", "new marks", "New marks", "No mark is held for these sessions."),
        Outcome.CHANGED: Words(
            "mark changed",
            "marks changed",
            "Marks that change",
            "The file says something else than the register. The earlier mark is kept in the history.",
        ),
        Outcome.SAME: Words(
            "same as before",
            "same as before",
            "Marks that are the same",
            "The register has these marks already.",
        ),
        Outcome.KEPT: Words(
            "kept as they are",
            "kept as they are",
            "Marks that are kept",
            "The file is blank here. A blank cell never takes a mark away.",
        ),
    }
)

PROBLEMS: Mapping[str, Words] = MappingProxyType(
    {
        "unknown-pupil": Words(
            "line of an unknown pupil",
            "lines of unknown pupils",
            "Lines of unknown pupils",
            "No pupil of the school is meant. Bring the roll in first, or put the file right.",
        ),
        "unknown-code": Words(
            "mark with an unknown code",
            "marks with an unknown code",
            "Marks with an unknown code",
            "Say what a code means at this school, and the file is read again.",
        ),
        "conflict": Words(
            "mark in conflict",
            "marks in conflict",
            "Marks that contradict each other",
            "The file gives the same session of a pupil different marks. None of them is used.",
        ),
        "no-session": Words(
            "mark on no school session",
            "marks on no school session",
            "Marks on days and half days that are no school sessions",
            "If the school was open, put the calendar right and read the file again.",
        ),
        "off-roll": Words(
            "mark outside the time on roll",
            "marks outside the time on roll",
            "Marks outside the pupil's time on roll",
            "If the pupil was on roll, put the roll right and read the file again.",
        ),
        "future": Words(
            "mark with a date to come", "marks with a date to come", "Marks with a date that is still to come"
        ),
        "unreadable": Words(
            "line or cell that cannot be read",
            "lines or cells that cannot be read",
            "Lines and cells that cannot be read",
        ),
    }
)

CHECKS: Mapping[str, Words] = MappingProxyType(
    {
        "by-name": Words(
            "pupil found by name",
            "pupils found by name",
            "Pupils found by name: check",
            "The file gives no UPN and no admission number for them. Check that each is the right pupil.",
        ),
        "other-upn": Words(
            "pupil whose UPN differs",
            "pupils whose UPN differs",
            "Pupils whose UPN differs: check",
            "They were found by admission number, but the file has another UPN. Check that each is the right pupil.",
        ),
    }
)


def code_words(code: str) -> str:
    """A mark with its meaning: "I: Illness"; empty for no mark."""
    if not code:
        return "No mark"
    return f"{code}: {'Not taken' if code == NOT_TAKEN else CODES[code].meaning}"


def size_words(size: int) -> str:
    """A size of a file: "1.2 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".0 MB", " MB")
