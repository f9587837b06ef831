"""What can stand on the timeline of a case, how people are spoken with, and what papers there are, as tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Entry(StrEnum):
    """A kind of line on the timeline. The value stands in addresses."""

    CONTACT = "contact"
    DECISION = "decision"
    NOTE = "note"
    DOCUMENT = "document"
    MOVE = "move"
    ARRANGEMENT = "arrangement"
    STATEMENT = "statement"
    REGISTER = "register"

    @property
    def words(self) -> str:
        """One of them, as a filter names it."""
        return _ENTRY_WORDS[self]

    @property
    def is_written(self) -> bool:
        """Whether a person writes it down, and may take it back."""
        return self in WRITTEN


_ENTRY_WORDS: Mapping[Entry, str] = MappingProxyType({
    Entry.CONTACT: "Contacts",
    Entry.DECISION: "Decisions",
    Entry.NOTE: "Notes",
    Entry.DOCUMENT: "Documents",
    Entry.MOVE: "Steps of the case",
    Entry.ARRANGEMENT: "Who provides education",
    Entry.STATEMENT: "Statements of who is responsible",
    Entry.REGISTER: "From the register",
})  # fmt: skip
WRITTEN = frozenset({Entry.CONTACT, Entry.DECISION, Entry.NOTE, Entry.DOCUMENT})


class Method(StrEnum):
    """How somebody was in touch. The value is stored."""

    PHONE = "phone"
    VISIT = "visit"
    E_MAIL = "e-mail"
    MEETING = "meeting"
    MESSAGE = "message"
    LETTER = "letter"
    VIDEO = "video"

    @property
    def words(self) -> str:
        """As a form offers it and a line begins."""
        return METHODS[self].words


@dataclass(frozen=True, slots=True)
class MethodFacts:
    """What the table says of a method."""

    words: str
    answered: str  # what it is called when somebody was reached
    unanswered: str


METHODS: Mapping[Method, MethodFacts] = MappingProxyType({
    Method.PHONE: MethodFacts("Phone call", "spoke", "no answer"),
    Method.VISIT: MethodFacts("Visit", "spoke", "nobody there"),
    Method.E_MAIL: MethodFacts("E-mail", "answered", "no answer yet"),
    Method.MEETING: MethodFacts("Meeting", "came", "did not come"),
    Method.MESSAGE: MethodFacts("Message", "answered", "no answer yet"),
    Method.LETTER: MethodFacts("Letter", "answered", "no answer yet"),
    Method.VIDEO: MethodFacts("Video call", "spoke", "did not join"),
})  # fmt: skip


class Paper(StrEnum):
    """A kind of document. The value is stored."""

    LETTER = "letter"
    CLINIC_LETTER = "clinic-letter"
    REPORT = "report"
    PLAN = "plan"
    FORM = "form"
    PHOTO = "photo"
    OTHER = "other"

    @property
    def words(self) -> str:
        """As a form offers it."""
        return PAPERS[self].words


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What the table says of a kind of document."""

    words: str
    medical: bool = False  # says something of the child's health by its nature


PAPERS: Mapping[Paper, PaperFacts] = MappingProxyType({
    Paper.LETTER: PaperFacts("Letter"),
    Paper.CLINIC_LETTER: PaperFacts("Letter from a clinic, hospital or GP", medical=True),
    Paper.REPORT: PaperFacts("Report"),
    Paper.PLAN: PaperFacts("Plan"),
    Paper.FORM: PaperFacts("Form"),
    Paper.PHOTO: PaperFacts("Photo"),
    Paper.OTHER: PaperFacts("Something else"),
})  # fmt: skip
