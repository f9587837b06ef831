"""Every status a page can show: its words and its tone, in one table.

Tones: calm (nothing to do), good (done), due (warm: act soon), over (the one red: reached or
overdue), quiet (grey: set aside). A status is always words first; the tone only helps the eye.
"""

from typing import NamedTuple


class Status(NamedTuple):
    """The words a reader sees and the tone that colours them."""

    words: str
    tone: str


STATUSES: dict[str, Status] = {
    # the count
    "reached": Status("Reached", "over"),
    "near": Status("Near", "due"),
    "running": Status("Absent now", "due"),
    "calm": Status("Below", "calm"),
    "set-aside": Status("Not a health case", "quiet"),
    # work with a date
    "overdue": Status("Overdue", "over"),
    "due": Status("Due", "due"),
    "done": Status("Done", "good"),
    "not-started": Status("Not started", "calm"),
    "cannot-start": Status("Cannot start yet", "quiet"),
    # what a duty comes to
    "duty-met": Status("Met", "good"),
    "duty-due": Status("Due", "due"),
    "duty-overdue": Status("Overdue", "over"),
    "duty-breached": Status("Missed", "over"),
    "duty-judgement": Status("Needs an answer", "due"),
    "duty-none": Status("Does not apply", "quiet"),
    "duty-unrecorded": Status("Not yet recorded", "quiet"),
    # who has had the statement
    "read": Status("Has read it", "good"),
    "not-read": Status("Has not read it", "due"),
    "acknowledged": Status("Has read and understood", "good"),
    "not-answered": Status("No answer yet", "due"),
    "not-to-be-sent": Status("Nothing is sent", "quiet"),
    "explained": Status("Explained", "good"),
    "not-explained": Status("Not explained yet", "due"),
    "not-to-explain": Status("Not told for now", "quiet"),
    "not-judged": Status("To be judged", "due"),
    # files that come in
    "columns": Status("Columns to confirm", "due"),
    "waiting": Status("Waiting for approval", "due"),
    "working": Status("Working", "calm"),
    "imported": Status("Imported", "good"),
    "cancelled": Status("Cancelled", "quiet"),
    "undone": Status("Undone", "quiet"),
    "failed": Status("Could not be read", "due"),
    # lines of a file
    "new": Status("New", "good"),
    "same": Status("Same as before", "quiet"),
    "changed": Status("Changed", "due"),
    "rejected": Status("Rejected", "due"),
    "unknown": Status("Unknown", "due"),
    # the system
    "well": Status("Well", "good"),
    "look-at": Status("Look at this", "due"),
    "alarm": Status("Alarm", "due"),
    # the policy register
    "draft": Status("Draft", "calm"),
    "governors": Status("With governors", "due"),
    "approved": Status("Approved, not yet published", "due"),
    "published": Status("Published", "good"),
    "current": Status("Current", "good"),
    "superseded": Status("Replaced", "due"),
    "unchecked": Status("Not looked at", "quiet"),
    "check-again": Status("Look again", "due"),
    "held": Status("Held", "good"),
    "not-held": Status("Not held", "due"),
    "no-date": Status("No date", "due"),
    "review-passed": Status("Review late", "due"),
    # people and pupils
    "active": Status("Active", "good"),
    "invited": Status("Invited", "calm"),
    "ended": Status("Ended", "quiet"),
    "left": Status("Left the roll", "quiet"),
}


def status_of(key: str) -> Status:
    """Find a status by its key. Raises KeyError for a key that has no words yet: add it above."""
    return STATUSES[key]
