"""One pupil: how the counts stand, the register of a school year, and whom to speak with. And the search."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from onroll.domain.compulsory_age import compulsory_age
from onroll.domain.names import folded, shown_name
from onroll.domain.permissions import Permission
from onroll.domain.register import Count, Share, Windows, breakdown, count, missed_share
from onroll.domain.schoolcalendar import school_year, year_end
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.counting import Way, on_roll
from onroll.queries.doors import SchoolSeen
from onroll.queries.pupil_year import Named, PupilYear, pupil_year
from onroll.queries.sessions import MarkedDay, days_of_year, marked_days
from onroll.records.attendance.models import Amendment, Import
from onroll.records.cases.models import FamilyMember
from onroll.records.people.models import User
from onroll.records.pupils.models import Contact

AMENDMENTS = 50


@dataclass(frozen=True, slots=True)
class Parent:
    """Somebody to speak with about the pupil."""

    name: str
    relationship: str
    parental_responsibility: bool
    lives_with_pupil: bool
    phone: str
    email: str
    do_not_contact: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A mark that took another's place."""

    on: date
    session: str
    old: str
    new: str
    at: datetime
    by: str
    source: str
    undone: bool


@dataclass(frozen=True, slots=True)
class PupilPage:
    """Everything that the pupil's page shows of one school year."""

    pupil: Named
    year: int
    years: tuple[int, ...]  # school years with a register, latest first
    as_of: date | None
    threshold: float
    health: Count | None
    statutory: Count | None
    breakdown: dict[str, float]
    share: Share | None
    days: tuple[MarkedDay, ...]
    amendments: tuple[Change, ...]
    parents: tuple[Parent, ...]
    statutory_ends_on: date | None  # the end of compulsory school age, when it falls before as-of

    @property
    def year_query(self) -> str:
        """The part of an address that asks for this school year."""
        return f"?year={self.year}"


def pupil_page(actor: Actor, seen: SchoolSeen, pupil_id: int, *, year: int | None, at: datetime) -> PupilPage:
    """A pupil's page for one school year; the latest with marks when none is asked for."""
    found = pupil_year(actor, seen, pupil_id, year=year, at=at)
    counted = _counted(found, seen.way, found.as_of) if found.as_of else _Counted()
    return PupilPage(
        pupil=found.pupil,
        year=found.year,
        years=found.years,
        as_of=found.as_of,
        threshold=seen.threshold,
        health=counted.health,
        statutory=counted.statutory,
        breakdown=counted.breakdown,
        share=counted.share,
        days=counted.days,
        amendments=tuple(_amendments(pupil_id, found.year)),
        parents=tuple(_parents(pupil_id)),
        statutory_ends_on=_age_ended(found.pupil.born_on, found.as_of),
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    health: Count | None = None
    statutory: Count | None = None
    breakdown: dict[str, float] = field(default_factory=dict)
    share: Share | None = None
    days: tuple[MarkedDay, ...] = ()


def _counted(found: PupilYear, way: Way, as_of: date) -> _Counted:
    marks, calendar, roll = found.facts.years, found.calendar, found.facts.on_roll
    return _Counted(
        health=count(way.health, marks, calendar, as_of, way.threshold, windows=roll),
        statutory=count(way.statutory, marks, calendar, as_of, way.threshold, windows=found.facts.of_age),
        breakdown=breakdown(way.health, marks, calendar, as_of, windows=roll),
        share=missed_share(marks, calendar, as_of, windows=roll),
        days=marked_days(marks, days_of_year(calendar, school_year(as_of)), way.health),
    )


def _age_ended(born_on: date | None, as_of: date | None) -> date | None:
    ends_on = compulsory_age(born_on).last if born_on else None
    return ends_on if ends_on and as_of and ends_on < as_of else None


_BY_NAME = Subquery(User.objects.filter(pk=OuterRef("by_id")).values("name"))
_FROM_FILE = Subquery(Import.objects.filter(pk=OuterRef("import_id")).values("file_name"))


def _amendments(pupil_id: int, year: int) -> Iterator[Change]:
    rows = Amendment.objects.filter(pupil_id=pupil_id).order_by("-at", "-on")
    rows = rows.filter(on__gte=date(year, 8, 1), on__lte=year_end(year))
    for row in rows.annotate(by_name=_BY_NAME, from_file=_FROM_FILE)[:AMENDMENTS]:
        yield Change(
            row.on,
            row.session,
            row.old,
            row.new,
            row.at,
            row.by_name or "Onroll",
            row.from_file or "",
            row.undone_at is not None,
        )


def _parents(pupil_id: int) -> Iterator[Parent]:
    """The roll's contacts; of whom somebody said not to contact them, no number and no address. One query."""
    stopped = FamilyMember.objects.standing().filter(pupil_id=pupil_id, do_not_contact=True)
    stopped = stopped.filter(Q(from_roll=OuterRef("pk")) | Q(name__iexact=OuterRef("name")))
    for row in Contact.objects.filter(pupil_id=pupil_id, ended_at=None).annotate(stopped=Exists(stopped)):
        yield Parent(
            row.name,
            row.relationship,
            row.parental_responsibility,
            row.lives_with_pupil,
            "" if row.stopped else row.phone,
            "" if row.stopped else row.email,
            row.stopped,
        )


FOUND = 25


@dataclass(frozen=True, slots=True)
class Found:
    """A pupil that a search found."""

    id: int
    name: str
    register_name: str
    year_group: str
    tutor_group: str
    on_roll: bool


def search(actor: Actor, seen: SchoolSeen, text: str, *, at: datetime) -> tuple[list[Found], bool]:
    """Pupils whose names or numbers begin with the words given, in any order; True when there are more.

    Accents, apostrophes and capitals are forgiven. Logged as one look at those found.
    """
    words = folded(text).split()
    if not words:
        return [], False
    rows = doors.pupils(actor, seen.id, Permission.PUPIL_SEE)
    for word in words:
        rows = rows.filter(search_text__contains=f" {word}")
    page = list(rows.order_by("surname", "forename", "pk").values_list(*_COLUMNS, named=True)[: FOUND + 1])
    times = on_roll([row.pk for row in page])
    found = [_found(row, times.get(row.pk)) for row in page[:FOUND]]
    doors.looked(actor, seen, page="search", pupil_ids=[one.id for one in found], at=at)
    return found, len(page) > FOUND


_COLUMNS = ("pk", "forename", "surname", "known_as", "year_group__name", "tutor_group__name")


def _found(row: Any, times: Windows) -> Found:
    name = shown_name(row.forename, row.surname, row.known_as)
    legal = shown_name(row.forename, row.surname, "")
    return Found(
        row.pk,
        name,
        "" if legal == name else legal,
        row.year_group__name or "",
        row.tutor_group__name or "",
        times is None or any(time.last is None for time in times),
    )
