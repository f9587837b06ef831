"""What a person gives when they write on a case, and the rules it must keep.

Each `problems` answers with what to mend, by the name of the field; nothing when all is well. Forms show it
beside the field; actions refuse by it. `on` is today.
"""

from dataclasses import dataclass
from datetime import date, time

from onroll.domain.casework.entries import PAPERS, Method, Paper
from onroll.domain.casework.tiers import Tier

Problems = dict[str, str]
FUTURE = "This day has not come yet. Enter today or an earlier date"
LONG_AGO = 25  # years: nothing about a child at school happened before
SHORTEST_REASON = 3  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactGiven:
    """A contact. `made_by_id` may be a colleague; of the people, at least one is named."""

    happened_on: date
    tier: Tier
    method: Method
    made_by_id: int
    made_at: time | None = None
    family_id: int | None = None
    professional_id: int | None = None
    with_parent: bool = False
    with_pupil: bool = False
    with_whom: str = ""
    two_way: bool = True
    said: str = ""
    next_step: str = ""
    next_on: date | None = None

    def problems(self, on: date) -> Problems:
        """Who it was with, what was said where somebody answered, and a next step that lies ahead of it."""
        found = _day(self.happened_on, on)
        named = (self.family_id, self.professional_id, self.with_parent, self.with_pupil, self.with_whom)
        if not any(named):
            found["who"] = "Choose who the contact was with"
        if self.two_way and not self.said:
            found["said"] = "Enter what was said, in a few words"
        if self.next_on and not self.next_step:
            found["next_step"] = "Enter what happens on that day"
        if self.next_on and self.next_on < self.happened_on:
            found["next_on"] = "The next step comes after the contact. Enter a later date"
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionGiven:
    """A question that was decided, and why."""

    happened_on: date
    tier: Tier
    question: str
    decided: str
    reason: str
    options: str = ""
    evidence: str = ""
    decided_by_id: int | None = None
    decided_by_others: str = ""

    def problems(self, on: date) -> Problems:
        """The question, the answer, its reason and somebody who answers for it."""
        found = _day(self.happened_on, on)
        if not self.question:
            found["question"] = "Enter the question that was decided"
        if not self.decided:
            found["decided"] = "Enter what was decided"
        if not self.reason:
            found["reason"] = "Enter why it was decided so"
        if not (self.decided_by_id or self.decided_by_others):
            found["decided_by"] = "Choose who decided, or write who did"
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteGiven:
    """Something worth keeping."""

    happened_on: date
    tier: Tier
    text: str

    def problems(self, on: date) -> Problems:
        """A day that has come, and a text."""
        return _day(self.happened_on, on) | ({} if self.text else {"text": "Enter the note"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentGiven:
    """What is said of a paper; the file itself comes apart. `happened_on` is the date on the paper."""

    happened_on: date
    tier: Tier
    kind: Paper
    title: str
    author: str = ""
    valid_until: date | None = None

    def problems(self, on: date) -> Problems:
        """A title, a date that has come, and a use-by date that is not before it."""
        found = _day(self.happened_on, on)
        if not self.title:
            found["title"] = "Enter what the document is"
        if self.valid_until and self.valid_until < self.happened_on:
            found["valid_until"] = "It cannot end before its own date. Enter a later date"
        return found

    @property
    def is_medical(self) -> bool:
        """Whether such a paper says something of health by its nature."""
        return PAPERS[self.kind].medical


Given = ContactGiven | DecisionGiven | NoteGiven | DocumentGiven


def reason_problem(reason: str) -> str:
    """What is wrong with a reason to take an entry back; empty when it will do."""
    short = len(reason.strip()) < SHORTEST_REASON
    return "Enter why this entry is withdrawn. The reason stays beside it" if short else ""


def _day(happened_on: date, on: date) -> Problems:
    if happened_on > on:
        return {"happened_on": FUTURE}
    if happened_on.year < on.year - LONG_AGO:
        return {"happened_on": "Enter a date within the child’s life"}
    return {}
