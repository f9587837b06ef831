"""What the settings room shows of a school."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from onroll.domain.vocabulary import not_found
from onroll.queries.doors import SchoolSeen
from onroll.records.attendance.models import CodeMeaning
from onroll.records.schools.models import School, TutorGroup, YearGroup

_ON_ROLL = Count("pupils", filter=Q(pupils__enrolments__last_on=None), distinct=True)


@dataclass(frozen=True, slots=True)
class Group:
    """A year group or a tutor group, and how many pupils on roll are in it. A tutor group has no `code`."""

    id: int
    name: str
    pupils: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class OwnCode:
    """One of the school's own codes and the national code it stands for."""

    id: int
    raw: str
    national: str


@dataclass(frozen=True, slots=True)
class Settings:
    """A school's settings. `version` goes back with an edit, to say which settings it was made on."""

    name: str
    urn: int
    dfe_number: str
    authority: str
    trust: str
    threshold: Decimal
    health_codes: tuple[str, ...]
    appointment_breaks_statutory: bool
    version: int


def settings(school: SchoolSeen) -> Settings:
    """The settings as they stand. One query."""
    row = School.objects.select_related("authority", "trust").get(pk=school.id)
    return Settings(
        name=row.name,
        urn=row.urn,
        dfe_number=row.dfe_number,
        authority=f"{row.authority.name} ({row.authority.code})",
        trust=row.trust.name if row.trust else "",
        threshold=row.threshold_days,
        health_codes=tuple(code.strip() for code in row.health_codes.split(",")),
        appointment_breaks_statutory=row.appointment_breaks_statutory,
        version=row.version,
    )


def year_groups(school: SchoolSeen) -> list[Group]:
    """The year groups in the school's own order. One query."""
    rows = YearGroup.objects.filter(school_id=school.id).annotate(size=_ON_ROLL)
    return [
        Group(pk, name, size, code)
        for pk, name, size, code in rows.order_by("position", "name").values_list(
            "pk", "name", "size", "code"
        )
    ]


def tutor_groups(school: SchoolSeen) -> list[Group]:
    """The tutor groups by name, 7 Ash before 10 Ash. One query."""
    rows = TutorGroup.objects.filter(school_id=school.id).annotate(size=_ON_ROLL)
    return sorted((Group(*row) for row in rows.values_list("pk", "name", "size")), key=_by_numbers)


def _by_numbers(group: Group) -> list[tuple[int, str]]:
    return [(int(part) if part.isdecimal() else 0, part) for part in re.split(r"(\d+)", group.name) if part]


def group(groups: list[Group], group_id: int) -> Group:
    """One group of a list, or the refusal that says there is none."""
    for one in groups:
        if one.id == group_id:
            return one
    raise not_found()


def own_codes(school: SchoolSeen) -> list[OwnCode]:
    """The school's code map, by its own codes. One query."""
    rows = CodeMeaning.objects.filter(school_id=school.id).order_by("raw")
    return [OwnCode(*row) for row in rows.values_list("pk", "raw", "national")]
