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
from onroll.pages.wording import medium_date
from onroll.queries.findings import FindingSeen
from onroll.queries.policy.document import Disagreement, DocumentSeen, DutySeen, SectionSeen

SHAPES = {
    Status.OVERDUE: "overdue",
    Status.BREACHED: "missed",
    Status.NEEDS_JUDGEMENT: "ask",
    Status.DUE: "due",
    Status.MET: "met",
    Status.NOT_APPLICABLE: "none",
}
_FITS = 180  # characters of a reason in the margin
_LATE = {"overdue", "missed"}
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
    more: str = ""  # the rest of a long reason, folded
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
class Late:
    """One duty that is late, for the list above the document."""

    paragraph: str
    number: str
    title: str
    mark: Mark


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


def late(parts: Iterable[Part]) -> list[Late]:
    """What is late, in the order of the document."""
    return [
        Late(one.id, one.label, line.title, mark)
        for part in parts
        for one in part.paragraphs
        for line in one.lines
        for mark in line.marks
        if mark.shape in _LATE
    ]


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
                tuple(margin_line(duty, reading) for duty in one.duties),
                one.gaps,
                one.disagreements,
            )
            for one in section.paragraphs
        ),
    )


def margin_line(duty: DutySeen, reading: Reading) -> Line:
    """What the margin says of one duty to this reader."""
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
    reason, more = _folded(found.reason)
    return Line(*facts, (mark,), reason, more, _when(found, reading.on), button, href)


def _folded(reason: str) -> tuple[str, str]:
    """A reason that fits the margin; of a long one its first sentence, and the rest."""
    first, stop, rest = reason.partition(". ")
    return (reason, "") if len(reason) <= _FITS or not stop else (f"{first}.", rest)


def _when(found: FindingSeen, on: date) -> str:
    """By when, unless the reason says it already."""
    if found.due_on and medium_date(found.due_on) in found.reason:
        return ""
    return when(found.status, found.due_on, on)


def _counts(duty: DutySeen, reading: Reading) -> Iterable[Mark]:
    for status, count in duty.tally.parts if duty.tally else ():
        href = ""
        if reading.sees_children:
            href = reverse("policy:behind", args=[reading.urn, duty.pack, duty.duty.id, status.value])
        words = count.words if count.number is not None else count.words.capitalize()
        yield Mark(SHAPES[status], f"{words} {_COUNTED[status]}", href)
