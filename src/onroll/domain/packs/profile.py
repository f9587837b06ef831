"""What an authority profile holds: how this authority wants things done. What is not known stays empty."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the authority that a school deals with."""

    key: str  # "medical-needs"
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class SicknessReturn:
    """How the return of pupils who miss 15 days through illness is made."""

    how: str = ""
    how_often: str = ""
    within_days: int | None = None  # school days
    nil_return: bool = False  # a return is asked for even when there is nobody to name
    source: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that the referral asks."""

    key: str
    question: str
    part: str = ""  # "School", "Clinician"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Referral:
    """How a pupil is referred to the authority's service."""

    service: str = ""
    tool: str = ""
    made_by: str = ""
    criteria: str = ""
    decided: str = ""  # "a panel every two weeks"
    asks: tuple[Asked, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One kind of evidence, and what the authority says of it. A prompt: it never holds anything up."""

    key: str
    title: str
    says: str = ""
    expected: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class PartTime:
    """Limits of a part-time timetable, and how the authority is told of one."""

    plan: str = ""  # what the plan is called
    most_weeks: int | None = None
    first_review_weeks: int | None = None
    review_every_weeks: int | None = None
    told: str = ""  # when the authority is told
    told_within_days: int | None = None  # school days
    nil_return: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Officer:
    """The designated officer's post. Name and address are entered at the school and are never part of a profile."""

    post: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the authority is told, and when."""

    key: str
    title: str
    when: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """An authority profile."""

    slug: str
    version: str
    title: str
    authority: str = ""
    code: str = ""  # three digits; empty for an example
    example: bool = False  # invented, to show how differently authorities work
    website: str = ""
    services: tuple[Service, ...] = ()
    sickness_return: SicknessReturn = field(default_factory=SicknessReturn)
    referral: Referral = field(default_factory=Referral)
    evidence: tuple[Evidence, ...] = ()
    part_time: PartTime = field(default_factory=PartTime)
    officer: Officer = field(default_factory=Officer)
    reviews: Mapping[str, int] = field(default_factory=dict)  # "joint_weeks" -> 6
    notices: tuple[Notice, ...] = ()

    def service(self, key: str) -> str:
        """The name of a service; empty when the profile knows none."""
        return next((one.name for one in self.services if one.key == key), "")
