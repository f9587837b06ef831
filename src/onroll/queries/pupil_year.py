"""A pupil, and their register of one school year, opened for somebody who may see it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from onroll.domain.names import shown_name
from onroll.domain.permissions import Permission
from onroll.domain.register import Windows
from onroll.domain.schoolcalendar import SchoolCalendar, school_year, year_end
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.calendars import calendars_of
from onroll.queries.counting import Held, held, on_roll
from onroll.queries.doors import SchoolSeen
from onroll.records.pupils.models import Pupil

SEN = {"N": "No special educational needs", "K": "SEN support", "E": "Education, health and care plan"}


@dataclass(frozen=True, slots=True)
class Named:
    """Who a pupil is, for a page about them."""

    id: int
    name: str
    register_name: str  # as on the roll, where it differs from the name shown
    upn: str
    admission_number: str
    born_on: date | None
    year_group: str
    tutor_group: str
    sen: str
    on_roll: bool
    died_on: date | None = None


@dataclass(frozen=True, slots=True)
class PupilYear:
    """What is held of one pupil, and of which school year it is to be shown."""

    pupil: Named
    facts: Held
    calendar: SchoolCalendar
    year: int
    years: tuple[int, ...]  # school years with a register, latest first
    as_of: date | None  # the last date to look at; None when there is nothing to count


def named(
    actor: Actor, seen: SchoolSeen, pupil_id: int, permission: Permission, *, page: str, at: datetime
) -> Named:
    """Who a pupil is, with the look logged."""
    row = doors.pupil(actor, seen, pupil_id, permission, page=page, at=at)
    return _named(row, on_roll([row.pk]).get(row.pk))


def pupil_year(actor: Actor, seen: SchoolSeen, pupil_id: int, *, year: int | None, at: datetime) -> PupilYear:
    """One school year of a pupil; the latest with marks when none is asked for. The look is logged."""
    row = doors.pupil(actor, seen, pupil_id, Permission.PUPIL_SEE, page="pupil", at=at)
    this_year = school_year(timezone.localdate(at))
    facts = held({row.pk: (row.born_on, row.year_group_id)}, up_to_year=this_year + 1)[row.pk]
    years = tuple(sorted(facts.years, reverse=True))
    shown = year if year in years else (years[0] if years else this_year)
    calendars = calendars_of(seen.id)
    return PupilYear(
        pupil=_named(row, facts.on_roll),
        facts=facts,
        calendar=calendars.get(facts.year_group_id, calendars[None]),
        year=shown,
        years=years,
        as_of=min(seen.marks_to, year_end(shown)) if seen.marks_to and years else None,
    )


def _named(row: Pupil, times: Windows) -> Named:
    name = shown_name(row.forename, row.surname, row.known_as)
    legal = shown_name(row.forename, row.surname, "")
    return Named(
        id=row.pk,
        name=name,
        register_name="" if legal == name else legal,
        upn=row.upn,
        admission_number=row.admission_number,
        born_on=row.born_on,
        year_group=row.year_group.name if row.year_group else "",
        tutor_group=row.tutor_group.name if row.tutor_group else "",
        sen=SEN.get(row.sen_status, ""),
        on_roll=times is None or any(time.last is None for time in times),
        died_on=getattr(row, "died_on", None),
    )
