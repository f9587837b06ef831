"""Who is responsible, in one sentence: who provides education now, who checks on the child, who decides next and when.

What nobody has said is said to be missing, never left out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from onroll.domain.duties.facts import Provider
from onroll.domain.duties.words import day, listed, sentence
from onroll.domain.permissions import ROLES, Role

AUTHORITY = "authority"  # who decides next, where it is not a role of the school
UNNAMED = "the local authority"  # where no profile gives its name


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Who is responsible from a day on, as far as anybody has said."""

    provider: Provider | None = None
    provided_by: str = ""  # more exactly: "the home tuition service, five hours a week"
    since: date | None = None
    checks: Role | None = None
    decides: str = ""  # a role's value, AUTHORITY, or nobody has said
    decides_on: date | None = None

    @property
    def gaps(self) -> tuple[str, ...]:
        """What nobody has said, each as it reads after "Nobody has said"."""
        missing = (
            (self.provider is None, "who provides education"),
            (self.checks is None, "who checks on the child"),
            (not self.decides, "who decides next"),
            (bool(self.decides) and self.decides_on is None, "by when the next decision is made"),
        )
        return tuple(words for is_missing, words in missing if is_missing)


def title_of(role: Role) -> str:
    """What a role is called where no policy says otherwise."""
    return ROLES[role].title


@dataclass(frozen=True, slots=True)
class Place:
    """What this place calls people, and who they are."""

    school: str = "the school"
    authority: str = UNNAMED
    role: Callable[[Role], str] = title_of
    people: Mapping[Role, str] = field(default_factory=dict)  # names on the case team, by role
    phone: str = ""

    def who(self, role: Role) -> str:
        """A person with their job, or the job alone: "Sam Reed (Progress Leader)", "the Progress Leader"."""
        name = self.people.get(role, "")
        return f"{name} ({self.role(role)})" if name else f"the {self.role(role)}"

    def decider(self, decides: str) -> str:
        """Who decides next: the authority, or somebody of the school."""
        return self.authority if decides == AUTHORITY else self.who(Role(decides))

    @property
    def to_ring(self) -> Role | None:
        """Whose name the family is given: the first of those who lead a case that is on the team."""
        leading = (Role.PROGRESS_LEADER, Role.PASTORAL_MANAGER, Role.SENCO, Role.SAFEGUARDING_LEAD)
        return next((role for role in leading if role in self.people), None)


def responsibility_sentence(now: Responsibility, place: Place, on: date) -> str:
    """The one sentence of a case, for staff. `on` is today: a decision whose day has passed was to be made.

    It names jobs, not people, and nothing of the child's health.
    """
    roles = Place(school=place.school, authority=place.authority, role=place.role)
    parts = [_provides(now, roles), _checks(now, roles), _decides(now, roles, on)]
    return sentence("; ".join(part for part in parts if part))


def _provides(now: Responsibility, place: Place) -> str:
    exactly = f" ({now.provided_by})" if now.provided_by else ""
    match now.provider:
        case Provider.SCHOOL:
            return f"the school provides education now{exactly}"
        case Provider.AUTHORITY:
            return f"{place.authority} provides education now{exactly}"
        case Provider.NOBODY:
            return f"nobody provides education now{exactly}, which was agreed for the time being"
        case None:
            return "nobody has said who provides education"


def _checks(now: Responsibility, place: Place) -> str:
    if now.checks is None:
        return "nobody has said who checks on the child"
    return f"the {place.role(now.checks)} checks on the child"


def _decides(now: Responsibility, place: Place, on: date) -> str:
    if not now.decides:
        return "nobody has said who decides next"
    who = place.decider(now.decides)
    if now.decides_on is None:
        return f"{who} decides what happens next, nobody has said by when"
    if now.decides_on < on:
        return f"{who} was to decide what happens next by {day(now.decides_on)}"
    return f"{who} decides what happens next, by {day(now.decides_on)}"


def gaps_in_words(now: Responsibility) -> str:
    """What is missing, as one sentence; empty when everything has been said."""
    return sentence(f"nobody has said {listed(now.gaps)}") if now.gaps else ""
