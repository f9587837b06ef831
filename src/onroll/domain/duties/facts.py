"""The plain facts that duties are judged from. Queries fill them, with a fixed number of SQL statements.

Every fact here is one that was known at the moment asked about, of things that had happened by the day asked
about: `queries.facts` leaves out the rest, so that an evaluator never asks about the past.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onroll.domain.casework.states import State
from onroll.domain.permissions import Role
from onroll.domain.schoolcalendar import SchoolCalendar


class Provider(StrEnum):
    """Who provides education now."""

    SCHOOL = "school"
    AUTHORITY = "authority"
    NOBODY = "nobody"  # agreed for the time being that nobody does: too unwell, or between arrangements


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Who provides education from a day on, until the next one."""

    id: int
    provider: Provider
    from_on: date


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of who is responsible, as it was issued for one arrangement."""

    id: int
    arrangement_id: int
    issued_on: date
    parent_acknowledged_on: date | None = None
    pupil_explained_on: date | None = None  # by whom is on record too
    read_by: frozenset[int] = frozenset()  # user ids of the case team


@dataclass(frozen=True, slots=True)
class ContactMade:
    """One contact, as far as rules ask about it."""

    id: int
    on: date
    by_id: int
    with_parent: bool
    two_way: bool
    with_pupil: bool = False


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which somebody is not there, both included, and who stands in for all that is theirs."""

    first: date
    last: date
    deputy_id: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the case team from a day on. `away` are their absences; a deputy stands in."""

    user_id: int
    role: Role
    from_on: date
    until_on: date | None = None  # the last day
    deputy_id: int | None = None
    away: tuple[Away, ...] = ()

    def is_on(self, on: date) -> bool:
        """Whether they are on the team on a day."""
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds, or held, at the school, and that reaches the pupil.

    From when is not asked: Onroll may have been told of it long after it began.
    """

    user_id: int
    role: Role
    ended_on: date | None = None  # the first day without it
    away: tuple[Away, ...] = ()

    def is_on(self, on: date) -> bool:
        """Whether it is held on a day."""
        return self.ended_on is None or on < self.ended_on


@dataclass(frozen=True, slots=True)
class Leaving:
    """A leaving date that was proposed, or the wish of a roll file, for a pupil with an open case."""

    id: int
    ground: str  # letter of regulation 9(1), "" when none was given
    leaving_on: date | None
    proposed_by_id: int | None
    evidence: bool
    decided_on: date | None = None
    decided_by_id: int | None = None
    agreed: bool | None = None
    authority_agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One case."""

    id: int
    pupil_id: int
    school_id: int
    state: State
    opened_on: date
    calendar: SchoolCalendar
    on_roll: tuple[tuple[date, date | None], ...] = ()  # empty: on roll throughout
    arrangements: tuple[Arrangement, ...] = ()  # by from_on
    statements: tuple[Statement, ...] = ()
    contacts: tuple[ContactMade, ...] = ()
    team: tuple[Member, ...] = ()
    roles: tuple[Held, ...] = ()  # at the school, reaching this pupil, in the order in which they began
    staff: frozenset[int] = frozenset()  # who holds any role at the school on the day
    leavings: tuple[Leaving, ...] = ()
    missing_from_roll_since: date | None = None
    pupil_understands: bool | None = None  # None: nobody has said whether the pupil is to be told themselves
    died_on: date | None = None
    opened_before_absence: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """One record that a school made on a day."""

    id: int
    on: date


@dataclass(frozen=True, slots=True)
class Officer:
    """The authority's designated officer, as last confirmed. Which parts are held, never what they say."""

    id: int
    confirmed_on: date
    missing: tuple[str, ...] = ()  # of "name", "post", "service", "contact"


@dataclass(frozen=True, slots=True)
class PolicyStep:
    """A step in the life of one version of the policy: "draft", "governors", "approved", "published", "reviewed"."""

    id: int
    version: str
    step: str
    on: date
    minuted: bool = False
    amendment_recorded: bool = False
    pack: str = ""  # slug of the pack that the version is of
    next_due_on: date | None = None  # set by approval


@dataclass(frozen=True, slots=True)
class Checked:
    """A linked policy or a cited guidance, as last looked at."""

    id: int
    key: str
    on: date
    held: bool = True  # linked policy: it is held; guidance: it is current or its successor is named
    review_due_on: date | None = None
    current: bool = False  # guidance: somebody found it current, so that no successor had to be named


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """What duties of the school itself are judged from."""

    school_id: int
    calendar: SchoolCalendar
    since: date  # from when the pack applies: nothing was due before
    officer: Officer | None = None
    briefings: tuple[Dated, ...] = ()
    monitorings: tuple[Dated, ...] = ()  # `on` is the day of signing
    monitored_months: frozenset[date] = frozenset()  # first days of the months signed off
    steps: tuple[PolicyStep, ...] = ()
    guidance: tuple[Checked, ...] = ()
    linked: tuple[Checked, ...] = ()
    open_cases: int = 0
    roles: tuple[Held, ...] = ()  # at the school, in the order in which they began
    staff: frozenset[int] = frozenset()
