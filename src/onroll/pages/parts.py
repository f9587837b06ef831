"""Plain values that components are given. Views fill them; templates only show them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Link:
    """One place to go. `current` marks where the reader is; `count` is shown after the words."""

    label: str
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One fact of a summary list, with an optional way to change it."""

    key: str
    value: str
    href: str = ""
    action: str = "Change"


@dataclass(frozen=True, slots=True)
class Task:
    """One line of a task list. Without `href` it cannot be opened yet. `status` is a key of STATUSES."""

    title: str
    status: str
    href: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty, and the one button that does it. `status` is a key of STATUSES; made by `pages.duty_lines`."""

    title: str  # what is owed: "The Progress Leader speaks with the parents first"
    status: str
    reason: str  # why it stands so, with its dates and numbers
    when: str = ""  # "Due Friday 27 November 2026"
    holder: str = ""  # "Amina Yusuf, Progress Leader"
    child: str = ""  # where the list is over several children
    child_href: str = ""
    button: str = ""  # the button's words; empty: nothing to do, or no page for it yet
    href: str = ""
    paragraph: str = ""  # "3.1.b"
    paragraph_href: str = ""
    note: str = ""  # "Put off until Monday 30 November 2026"
    looked_at: str = ""  # "1 contact", "nothing is on record yet"
    more: str = ""  # a quieter second way: "Put off", with its address
    more_href: str = ""


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """Something that happened: what, when, by whom."""

    title: str
    at: datetime
    by: str = ""
    text: str = ""
    href: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """One cell of a previewed file.

    `note` says what is wrong or what it was before; `state` is "", "changed" or "wrong".
    """

    text: str
    note: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One line of a file as it will be read. `status` is a key of STATUSES, or empty for none."""

    line: int
    cells: Sequence[PreviewCell]
    status: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The first lines of a file, set as a table with the line numbers of the file."""

    caption: str
    headings: Sequence[str]
    rows: Sequence[PreviewRow] = field(default_factory=tuple)

    @property
    def has_status(self) -> bool:
        """Tell whether any row needs the status column."""
        return any(row.status for row in self.rows)
