"""What a policy pack holds, once it has been read and found in order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from onroll.domain.permissions import ROLES, Role


class Scope(StrEnum):
    """What a duty is about: every case, or the school itself."""

    CASE = "case"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of a pack."""

    id: str  # never changes
    paragraph: str  # "3.b"
    title: str
    holder: Role
    evaluator: str  # key of domain.duties.EVALUATORS
    scope: Scope
    section: str = ""  # key of the section it is shown under
    holder_title: str = ""  # where this place says more than the role's title: "Form tutor"
    cadence: str = ""  # in words: "each month in term"
    # Numbers that the evaluator asks for ("within_days" = 5), each with a default in its evaluator.
    thresholds: Mapping[str, float] = field(default_factory=dict)

    def number(self, name: str, default: int) -> int:
        """A whole-number threshold of the pack, or the default."""
        return int(self.thresholds.get(name, default))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the policy in our own words."""

    id: str
    words: str

    @property
    def number(self) -> str:
        """Its number in print; nothing for one that has a name instead, such as the cover."""
        return _number(self.id)


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the policy."""

    id: str
    title: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def number(self) -> str:
        """Its number in print; nothing for one that has a name instead."""
        return _number(self.id)


@dataclass(frozen=True, slots=True)
class Linked:
    """A policy that this one links to."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Guidance:
    """A law or a piece of guidance that the policy stands on, with what is known of its standing."""

    key: str
    title: str
    publisher: str = ""
    published: str = ""  # as far as it is known: "2015", "May 2022"
    address: str = ""
    standing: str = ""  # "law", "statutory", "advice" or "local"
    superseded_by: str = ""
    superseded_on: date | None = None
    source: str = ""  # where the standing is known from; empty: recalled, never shown as law


@dataclass(frozen=True, slots=True)
class Position:
    """What one pack says on a topic on which packs may disagree."""

    topic: str  # the same key in every pack: "consultant-evidence"
    title: str
    says: str
    paragraph: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Where the policy differs from national guidance: shown beside it, never written into it."""

    key: str
    paragraph: str
    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A policy pack."""

    slug: str
    version: str
    title: str
    layer: str  # "school" or "nation": a school's own stands before the nation's
    issuer: str = ""  # the school, or who publishes the layer
    approving_authority: str = ""
    approved_on: date | None = None
    next_due_on: date | None = None
    review_months: int = 12
    website: str = ""
    sections: tuple[Section, ...] = ()
    duties: tuple[Duty, ...] = ()
    roles: Mapping[Role, str] = field(default_factory=dict)  # what this place calls a role
    terms: Mapping[str, str] = field(
        default_factory=dict
    )  # what it calls a thing: "mep" -> "Medical Education Plan"
    linked: tuple[Linked, ...] = ()
    guidance: tuple[Guidance, ...] = ()
    positions: tuple[Position, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def role(self, role: Role) -> str:
        """What this place calls a role."""
        return self.roles.get(role, ROLES[role].title)

    def holder_of(self, duty: Duty) -> str:
        """What this place calls the holder of a duty."""
        return duty.holder_title or self.role(duty.holder)

    def duty(self, duty_id: str) -> Duty | None:
        """The duty of this id, if the pack has it."""
        return next((duty for duty in self.duties if duty.id == duty_id), None)


def _number(label: str) -> str:
    return label if any(char.isdigit() for char in label) else ""
