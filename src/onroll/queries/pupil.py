"""One pupil: who they are, how the counts stand, and every session of a school year explained."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from onroll.domain.compulsory_age import compulsory_age
from onroll.domain.names import folded, shown_name
from onroll.domain.permissions import Permission
from onroll.domain.register import Count, Explained, Share, Windows, breakdown, count, explain, missed_share
from onroll.domain.schoolcalendar import SchoolCalendar, school_year, year_end
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.calendars import calendars_of
from onroll.queries.counting import Held, Way, held, on_roll
from onroll.queries.doors import SchoolSeen
from onroll.queries.sessions import MarkedDay, marked_day
from onroll.records.attendance.models import Amendment, Import
from onroll.records.people.models import User
from onroll.records.pupils.models import Contact, Pupil

AMENDMENTS = 50
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


@dataclass(frozen=True, slots=True)
class Parent:
    """Somebody to speak with about the pupil."""

    name: str
    relationship: str
    parental_responsibility: bool
    lives_with_pupil: bool
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class ExplainedSession:
    """One session under both counts."""

    health: Explained
    statutory: Explained


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
    sessions: tuple[ExplainedSession, ...]
    days: tuple[MarkedDay, ...]
    amendments: tuple[Change, ...]
    parents: tuple[Parent, ...]
    statutory_ends_on: date | None  # the end of compulsory school age, when it falls before as-of

    @property
    def year_query(self) -> str:
        """The part of an address that asks for this school year."""
        return f"?year={self.year}"


def named(
    actor: Actor, seen: SchoolSeen, pupil_id: int, permission: Permission, *, page: str, at: datetime
) -> Named:
    """Who a pupil is, with the look logged."""
    row = doors.pupil(actor, seen, pupil_id, permission, page=page, at=at)
    return _named(row, on_roll([row.pk]).get(row.pk))


def pupil_page(actor: Actor, seen: SchoolSeen, pupil_id: int, *, year: int | None, at: datetime) -> PupilPage:
    """A pupil's page for one school year; the latest with marks when none is asked for."""
    row = doors.pupil(actor, seen, pupil_id, Permission.PUPIL_SEE, page="pupil", at=at)
    facts = held({row.pk: (row.born_on, row.year_group_id)}, up_to_year=school_year(at.date()) + 1)[row.pk]
    years = tuple(sorted(facts.years, reverse=True))
    shown = year if year in years else (years[0] if years else school_year(at.date()))
    calendars = calendars_of(seen.id)
    calendar = calendars.get(facts.year_group_id, calendars[None])
    as_of = min(seen.marks_to, year_end(shown)) if seen.marks_to and years else None
    counted = _counted(facts, calendar, seen.way, as_of, row.born_on)
    return PupilPage(
        pupil=_named(row, facts.on_roll),
        year=shown,
        years=years,
        as_of=as_of,
        threshold=seen.threshold,
        health=counted.health,
        statutory=counted.statutory,
        breakdown=counted.breakdown,
        share=counted.share,
        sessions=counted.sessions,
        days=counted.days,
        amendments=tuple(_amendments(row.pk, shown)),
        parents=tuple(_parents(row.pk)),
        statutory_ends_on=_age_ended(row.born_on, as_of),
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    health: Count | None = None
    statutory: Count | None = None
    breakdown: dict[str, float] = field(default_factory=dict)
    share: Share | None = None
    sessions: tuple[ExplainedSession, ...] = ()
    days: tuple[MarkedDay, ...] = ()


def _counted(
    facts: Held, calendar: SchoolCalendar, way: Way, as_of: date | None, born_on: date | None
) -> _Counted:
    if as_of is None:
        return _Counted()
    marks, roll = facts.years, facts.on_roll
    age = compulsory_age(born_on) if born_on else None
    health = explain(way.health, marks, calendar, as_of, windows=roll)
    statutory = explain(way.statutory, marks, calendar, as_of, windows=roll, age=age)
    dates = dict.fromkeys(line.at.date for line in health)
    return _Counted(
        health=count(way.health, marks, calendar, as_of, way.threshold, windows=roll),
        statutory=count(way.statutory, marks, calendar, as_of, way.threshold, windows=facts.of_age),
        breakdown=breakdown(way.health, marks, calendar, as_of, windows=roll),
        share=missed_share(marks, calendar, as_of, windows=roll),
        sessions=tuple(ExplainedSession(*both) for both in zip(health, statutory, strict=True)),
        days=tuple(marked_day(marks, calendar, on, way.health) for on in dates),
    )


def _age_ended(born_on: date | None, as_of: date | None) -> date | None:
    ends_on = compulsory_age(born_on).last if born_on else None
    return ends_on if ends_on and as_of and ends_on < as_of else None


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
    )


def _amendments(pupil_id: int, year: int) -> Iterator[Change]:
    rows = Amendment.objects.filter(pupil_id=pupil_id).order_by("-at", "-on")
    rows = rows.filter(on__gte=date(year, 8, 1), on__lte=year_end(year))
    by = User.objects.filter(pk=OuterRef("by_id")).values("name")
    file = Import.objects.filter(pk=OuterRef("import_id")).values("file_name")
    for row in rows.annotate(by_name=Subquery(by), from_file=Subquery(file))[:AMENDMENTS]:
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
    for row in Contact.objects.filter(pupil_id=pupil_id, ended_at=None):
        yield Parent(
            row.name,
            row.relationship,
            row.parental_responsibility,
            row.lives_with_pupil,
            row.phone,
            row.email,
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
    rows = rows.select_related("year_group", "tutor_group").order_by("surname", "forename", "pk")
    page = list(rows.prefetch_related("enrolments")[: FOUND + 1])
    found = [_found(row) for row in page[:FOUND]]
    doors.looked(actor, seen, page="search", pupil_ids=[one.id for one in found], at=at)
    return found, len(page) > FOUND


def _found(row: Pupil) -> Found:
    name = shown_name(row.forename, row.surname, row.known_as)
    legal = shown_name(row.forename, row.surname, "")
    times = row.enrolments.all()
    return Found(
        row.pk,
        name,
        "" if legal == name else legal,
        row.year_group.name if row.year_group else "",
        row.tutor_group.name if row.tutor_group else "",
        not times or any(time.last_on is None for time in times),
    )
