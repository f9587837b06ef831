"""The quiet marks in the margin: what stands beside each paragraph, made here so that templates only show."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from onroll.domain.duties.finding import Status
from onroll.domain.packs.pack import Gap
from onroll.pages.duty_lines import OPEN, STATUS_KEYS, when
from onroll.pages.duty_ways import way_to
from onroll.pages.statuses import status_of
from onroll.queries.policy.document import Disagreement, DocumentSeen, DutySeen, SectionSeen

SHAPES = {
    Status.OVERDUE: "overdue",
    Status.BREACHED: "missed",
    Status.NEEDS_JUDGEMENT: "ask",
    Status.DUE: "due",
    Status.MET: "met",
    Status.NOT_APPLICABLE: "none",
}
_IDLE = {"none", "unrecorded"}
_COUNTED = {
    Status.OVERDUE: "overdue",
    Status.BREACHED: "missed",
    Status.NEEDS_JUDGEMENT: "waiting for an answer",
    Status.DUE: "due",
    Status.MET: "met",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: its shape, its words, and the list it opens."""

    shape: str
    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One duty in the margin."""

    duty: str
    title: str
    holder: str
    marks: tuple[Mark, ...]
    reason: str = ""
    when: str = ""
    button: str = ""
    href: str = ""

    @property
    def idle(self) -> bool:
        """Whether nobody is asked for anything here: it is not recorded yet, or does not apply."""
        return all(mark.shape in _IDLE for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Shown:
    """One paragraph as the page shows it."""

    id: str
    label: str
    words: str
    lines: tuple[Line, ...] = ()
    gaps: tuple[Gap, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def idle(self) -> bool:
        """Whether nothing in its margin asks for a look."""
        return all(line.idle for line in self.lines)


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the page."""

    id: str
    number: str
    title: str
    paragraphs: tuple[Shown, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads: what a count may open, and which buttons stand there."""

    urn: int
    on: date
    sees_children: bool
    may_do: Callable[[str], bool]


def parts(document: DocumentSeen, reading: Reading) -> list[Part]:
    """The sections of a document with their margins."""
    return [_part(section, reading) for section in document.sections]


def _part(section: SectionSeen, reading: Reading) -> Part:
    return Part(
        section.id,
        section.number,
        section.title,
        tuple(
            Shown(
                one.paragraph.id,
                one.paragraph.number,
                one.paragraph.words,
                tuple(_line(duty, reading) for duty in one.duties),
                one.gaps,
                one.disagreements,
            )
            for one in section.paragraphs
        ),
    )


def _line(duty: DutySeen, reading: Reading) -> Line:
    facts = (duty.duty.id, duty.duty.title, duty.holder)
    if not duty.recorded:
        return Line(*facts, (Mark("unrecorded", "Not yet recorded in Onroll"),))
    if duty.about_cases:
        return Line(*facts, tuple(_counts(duty, reading)) or (Mark("none", "No open case asks for this"),))
    found = duty.finding
    if found is None:
        return Line(*facts, (Mark("none", "Not looked at yet"),))
    mark = Mark(SHAPES[found.status], status_of(STATUS_KEYS[found.status]).words)
    way = None
    if found.status in OPEN and reading.may_do(duty.duty.id):
        way = way_to(duty.duty.id, reading.urn, None)
    button, href = way or ("", "")
    return Line(*facts, (mark,), found.reason, when(found.status, found.due_on, reading.on), button, href)


def _counts(duty: DutySeen, reading: Reading) -> Iterable[Mark]:
    for status, count in duty.tally.parts if duty.tally else ():
        href = ""
        if reading.sees_children:
            href = reverse("policy:behind", args=[reading.urn, duty.pack, duty.duty.id, status.value])
        words = count.words if count.number is not None else count.words.capitalize()
        yield Mark(SHAPES[status], f"{words} {_COUNTED[status]}", href)
