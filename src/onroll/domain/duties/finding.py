"""A finding: what one duty of one pack comes to for one case or one school, on one day, and why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onroll.domain.permissions import Role

# Raised when an evaluator begins to judge the same facts differently; stored with every finding.
RULE_VERSION = 1


class Status(StrEnum):
    """The six answers that a duty can have. The value is stored."""

    NOT_APPLICABLE = "not-applicable"
    MET = "met"
    DUE = "due"  # applies, not met, its date has not passed
    OVERDUE = "overdue"  # its date has passed, and it can still be done
    BREACHED = "breached"  # it can no longer be done in time; stays visible
    NEEDS_JUDGEMENT = "needs-judgement"  # a person must say something first; the reason says what


@dataclass(frozen=True, slots=True)
class Looked:
    """One record that an evaluator looked at: "contact" 12. Never a name, never free text."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Judged:
    """What an evaluator answers; `evaluate` adds which duty of which pack it is about.

    `reason` is a sentence with its dates and numbers. It says nothing that changes with the mere passing of a
    day ("3 days ago"), so that a finding that has not changed need not be written again.
    """

    status: Status
    reason: str
    due_on: date | None = None  # the last day on which it is in time
    looked_at: tuple[Looked, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What one duty comes to."""

    duty: str
    paragraph: str
    status: Status
    due_on: date | None
    holder: Role
    reason: str
    looked_at: tuple[Looked, ...]
    pack: str  # slug of the pack
    version: str  # version of the pack
    rule_version: int = RULE_VERSION


def status_on(status: Status, due_on: date | None, on: date) -> Status:
    """What a stored finding says on a day: what was due by a date that has passed is overdue, sweep or no sweep."""
    if status is Status.DUE and due_on is not None and due_on < on:
        return Status.OVERDUE
    return status
