"""The living policy: a pack's document with how the school keeps each paragraph."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onroll.domain.duties.finding import Status
from onroll.domain.packs.pack import Duty, Gap, Pack, Paragraph, Position, Scope
from onroll.domain.vocabulary import Actor
from onroll.queries.doors import SchoolSeen
from onroll.queries.findings import FindingSeen, findings_of_school, unrecorded
from onroll.queries.packs import Stack, stack_of
from onroll.queries.policy.choices import Answer, answers
from onroll.queries.policy.counts import Tally, tallies


@dataclass(frozen=True, slots=True)
class DutySeen:
    """One duty beside its paragraph. `tally` where it is about cases, `finding` where it is about the school."""

    pack: str
    duty: Duty
    holder: str
    recorded: bool  # False: nothing in Onroll answers it yet
    tally: Tally | None = None
    finding: FindingSeen | None = None

    @property
    def about_cases(self) -> bool:
        """Whether children stand behind it."""
        return self.duty.scope is Scope.CASE


@dataclass(frozen=True, slots=True)
class Side:
    """What one pack says on a topic on which packs disagree."""

    pack: str
    pack_title: str
    position: Position


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A topic on which packs disagree, and what the school does about it."""

    topic: str
    title: str
    sides: tuple[Side, ...]
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class ParagraphSeen:
    """One paragraph with what stands in its margin."""

    paragraph: Paragraph
    duties: tuple[DutySeen, ...]
    gaps: tuple[Gap, ...]
    disagreements: tuple[Disagreement, ...]


@dataclass(frozen=True, slots=True)
class SectionSeen:
    """One section of the document."""

    id: str
    number: str
    title: str
    paragraphs: tuple[ParagraphSeen, ...]


@dataclass(frozen=True, slots=True)
class DocumentSeen:
    """One pack as a document, as it stands on a day."""

    pack: Pack
    packs: tuple[Pack, ...]  # all in use, the school's own first
    sections: tuple[SectionSeen, ...]

    @property
    def duties(self) -> tuple[DutySeen, ...]:
        """Every duty, in the order of the document."""
        return tuple(duty for section in self.sections for one in section.paragraphs for duty in one.duties)


def document(actor: Actor, seen: SchoolSeen, slug: str | None, on: date) -> DocumentSeen | None:
    """The school's own policy, or the pack of a slug, for this reader. None: no such pack is in use.

    A fixed number of queries, whatever the number of cases.
    """
    stack = stack_of(seen.id, on)
    pack = next((one for one in stack.packs if slug in {None, one.slug}), None)
    if pack is None:
        return None
    duties = _duties(actor, seen, stack, pack, on)
    disagree = disagreements(stack, answers(seen.id, on))
    return DocumentSeen(
        pack=pack,
        packs=stack.packs,
        sections=_sections(pack, duties, disagree),
    )


def disagreements(stack: Stack, answered: Mapping[str, Answer]) -> tuple[Disagreement, ...]:
    """Every topic on which two or more packs take a position, in the order of the first pack that does."""
    sides: dict[str, list[Side]] = defaultdict(list)
    for pack in stack.packs:
        for position in pack.positions:
            sides[position.topic].append(Side(pack.slug, pack.title, position))
    return tuple(
        Disagreement(topic, of[0].position.title, tuple(of), answered.get(topic))
        for topic, of in sides.items()
        if len(of) > 1
    )


def _duties(actor: Actor, seen: SchoolSeen, stack: Stack, pack: Pack, on: date) -> tuple[DutySeen, ...]:
    unanswered = {(one.slug, duty.id) for one, duty in unrecorded(stack)}
    of_cases = tallies(actor, seen.id, [pack.slug], on)
    of_school = {(one.pack, one.duty): one for one in findings_of_school(seen, on)}
    return tuple(
        DutySeen(
            pack=pack.slug,
            duty=duty,
            holder=duty.holder_title or stack.role(duty.holder),
            recorded=(pack.slug, duty.id) not in unanswered,
            tally=of_cases.get((pack.slug, duty.id)),
            finding=of_school.get((pack.slug, duty.id)),
        )
        for duty in pack.duties
    )


def _sections(
    pack: Pack, duties: Sequence[DutySeen], disagree: Sequence[Disagreement]
) -> tuple[SectionSeen, ...]:
    """Each duty, gap and disagreement beside its paragraph; one whose paragraph is not there, beside the last."""
    known = [one.id for section in pack.sections for one in section.paragraphs]
    last = known[-1] if known else ""

    def place(paragraph: str) -> str:
        return paragraph if paragraph in known else last

    return tuple(
        SectionSeen(
            section.id,
            section.number,
            section.title,
            tuple(
                ParagraphSeen(
                    one,
                    tuple(duty for duty in duties if place(duty.duty.paragraph) == one.id),
                    tuple(gap for gap in pack.gaps if place(gap.paragraph) == one.id),
                    tuple(
                        topic
                        for topic in disagree
                        if any(
                            side.pack == pack.slug and place(side.position.paragraph) == one.id
                            for side in topic.sides
                        )
                    ),
                )
                for one in section.paragraphs
            ),
        )
        for section in pack.sections
    )


def kept(duties: Sequence[DutySeen]) -> dict[str, int]:
    """How many duties are kept, due and late, and how many nothing in Onroll answers yet."""
    told = {"late": 0, "due": 0, "kept": 0, "idle": 0, "unrecorded": 0}
    for duty in duties:
        told[_standing(duty)] += 1
    return told


def _standing(duty: DutySeen) -> str:
    """Where a duty stands as a whole: as its worst case does."""
    if not duty.recorded:
        return "unrecorded"
    states = {status for status, _ in duty.tally.parts} if duty.tally else set()
    if duty.finding:
        states = {duty.finding.status}
    if states & {Status.OVERDUE, Status.BREACHED}:
        return "late"
    if states & {Status.DUE, Status.NEEDS_JUDGEMENT}:
        return "due"
    return "kept" if Status.MET in states else "idle"
