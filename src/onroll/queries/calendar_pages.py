"""What the calendar room shows: a school year of entries, what they add up to, and what moved because of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from onroll.domain.permissions import Permission
from onroll.domain.schoolcalendar import CalendarEntry, Kind, Layer, SchoolCalendar, year_end, year_start
from onroll.domain.schoolcalendar.notes import Note, has_weekday, notes_on
from onroll.domain.vocabulary import Actor, not_found
from onroll.queries.calendars import bank_holidays, calendars_of
from onroll.queries.doors import SchoolSeen
from onroll.records.schools.models import CalendarDay, School, Trust, YearGroup


@dataclass(frozen=True, slots=True)
class EntrySeen:
    """One entry of the calendar as a page shows it. `id` None: a bank holiday that nobody had to enter."""

    id: int | None
    entry: CalendarEntry
    year_group_id: int | None = None
    year_group: str = ""
    recorded_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_because: str = ""
    replaced: bool = False  # something took its place: it was changed or put back


@dataclass(frozen=True, slots=True)
class TermSeen:
    """A term, as far as it lies in the school year, and its school days: all, and up to today."""

    row: EntrySeen
    days: float
    so_far: float


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One school year of a school's calendar, or of one year group's."""

    year: int
    group_id: int | None
    groups: tuple[tuple[int, str], ...]
    calendar: SchoolCalendar
    entries: tuple[EntrySeen, ...]  # that stand now
    bank_holidays: tuple[EntrySeen, ...]  # on weekdays, known without being entered
    withdrawn: tuple[EntrySeen, ...]  # and not replaced: they can be put back
    replaced: tuple[EntrySeen, ...]
    terms: tuple[TermSeen, ...]
    days: float
    so_far: float
    notes: tuple[Note, ...]

    @property
    def group(self) -> str:
        """The name of the year group shown; empty for the whole school."""
        return dict(self.groups).get(self.group_id or 0, "")


@dataclass(frozen=True, slots=True)
class Whom:
    """For whom an entry can be made: year groups, and the trust where the actor may write for all of it."""

    groups: tuple[tuple[int, str], ...]
    trust: str = ""  # its name; empty when the actor may not, or there is none


def calendar_year(school: SchoolSeen, year: int, group_id: int | None, on: date) -> CalendarYear:
    """A school year as one year group, or the whole school, has it. Four queries.

    `on` is today: days up to it are "so far".
    """
    groups = tuple(YearGroup.objects.filter(school_id=school.id).values_list("pk", "name"))
    group_id = group_id if group_id in dict(groups) else None
    calendars = calendars_of(school.id)
    calendar = calendars.get(group_id) or calendars[None]
    rows = [_seen(row) for row in _of_year(school.id, year)]
    standing = [row for row in rows if row.withdrawn_at is None]
    mine = [row for row in standing if row.year_group_id in (None, group_id)]
    first, last = year_start(year), year_end(year)
    return CalendarYear(
        year=year,
        group_id=group_id,
        groups=groups,
        calendar=calendar,
        entries=tuple(sorted(mine if group_id else standing, key=_in_order)),
        bank_holidays=tuple(_bank_holidays(year)),
        withdrawn=tuple(row for row in rows if row.withdrawn_at and not row.replaced),
        replaced=tuple(row for row in rows if row.withdrawn_at and row.replaced),
        terms=tuple(_terms(mine, calendar, year, on)),
        days=calendar.school_days(first, last),
        so_far=calendar.school_days(first, min(on, last)) if on >= first else 0.0,
        notes=tuple(notes_on([row.entry for row in mine], calendar, year)),
    )


def entry(school: SchoolSeen, entry_id: int) -> EntrySeen:
    """One entry of the school's or its trust's calendar, standing or not. Refuses what is not theirs."""
    row = _of_school(school.id).filter(pk=entry_id).first()
    if row is None:
        raise not_found()
    return _seen(row)


def what_stands_for(entry_id: int) -> EntrySeen | None:
    """What took the place of an entry, and stands now; None when it was withdrawn for good."""
    row = _with_names(CalendarDay.objects.filter(replaces_id=entry_id)).first()
    while row is not None and row.withdrawn_at is not None:
        row = _with_names(CalendarDay.objects.filter(replaces_id=row.pk)).first()
    return None if row is None else _seen(row)


def whom(actor: Actor, school: SchoolSeen) -> Whom:
    """For whom the actor can make an entry. Three queries at the most."""
    groups = tuple(YearGroup.objects.filter(school_id=school.id).values_list("pk", "name"))
    trust = Trust.objects.filter(schools=school.id).first()
    if trust is None:
        return Whom(groups)
    every = School.objects.filter(trust=trust).values_list("pk", flat=True)
    may = all(actor.may(Permission.CALENDAR_EDIT, school_id) for school_id in every)
    return Whom(groups, trust.name if may else "")


def standing_entries(school: SchoolSeen) -> list[EntrySeen]:
    """Every entry that stands now, of any year: the school's, its year groups' and its trust's. One query."""
    return [_seen(row) for row in _of_school(school.id).filter(withdrawn_at=None)]


def trust_id(school: SchoolSeen) -> int | None:
    """The trust that the school belongs to."""
    return School.objects.values_list("trust_id", flat=True).get(pk=school.id)


def for_file(school: SchoolSeen, year: int) -> list[tuple[CalendarEntry, str]]:
    """A school year's entries with the code of the year group each is for; bank holidays in term among them.

    `onroll count` knows no bank holidays and no layers, so of the trust's entries and the bank holidays the
    file carries those that decide a day.
    """
    codes = dict(YearGroup.objects.filter(school_id=school.id).values_list("pk", "code"))
    rows = [_seen(row) for row in _of_year(school.id, year) if row.withdrawn_at is None]
    terms = [row.entry for row in rows if row.entry.kind is Kind.TERM]
    given = [
        holiday
        for holiday in _bank_holidays(year)
        if any(term.first <= holiday.entry.first <= term.last for term in terms)
    ]
    given += [row for row in rows if row.entry.layer is Layer.TRUST]
    own = [row for row in rows if row.entry.layer is not Layer.TRUST]
    calendar = calendars_of(school.id)[None]
    rows = [*own, *(row for row in given if _decides(row.entry, calendar))]
    return [(row.entry, codes.get(row.year_group_id or 0, "")) for row in sorted(rows, key=_in_order)]


def _of_school(school_id: int) -> "QuerySet[CalendarDay]":
    return _with_names(CalendarDay.objects.filter(Q(school_id=school_id) | Q(trust__schools=school_id)))


def _of_year(school_id: int, year: int) -> "QuerySet[CalendarDay]":
    return _of_school(school_id).filter(first_on__lte=year_end(year), last_on__gte=year_start(year))


def _with_names(rows: "QuerySet[CalendarDay]") -> "QuerySet[CalendarDay]":
    later = CalendarDay.objects.filter(replaces_id=OuterRef("pk"))
    return rows.select_related("year_group").annotate(is_replaced=Exists(later))


def _seen(row: CalendarDay) -> EntrySeen:
    group = row.year_group
    layer = Layer.TRUST if row.trust_id else Layer.YEAR_GROUP if group else Layer.SCHOOL
    return EntrySeen(
        id=row.pk,
        entry=CalendarEntry(Kind(row.kind), row.first_on, row.last_on, row.name, layer),
        year_group_id=row.year_group_id,
        year_group=group.name if group else "",
        recorded_at=row.recorded_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_because=row.withdrawn_because,
        replaced=bool(getattr(row, "is_replaced", False)),
    )


def _bank_holidays(year: int) -> list[EntrySeen]:
    days = [*bank_holidays(year), *bank_holidays(year + 1)]
    return [
        EntrySeen(None, day)
        for day in days
        if year_start(year) <= day.first <= year_end(year) and has_weekday(day)
    ]


def _decides(entry: CalendarEntry, calendar: SchoolCalendar) -> bool:
    """Whether any date of the entry is what the entry says."""
    days = (entry.first + timedelta(days=n) for n in range((entry.last - entry.first).days + 1))
    return any(calendar.kind_on(on) is entry.kind for on in days)


def _in_order(row: EntrySeen) -> tuple[date, bool, int]:
    """By first day; of those on one day a term first, then the longer."""
    return row.entry.first, row.entry.kind is not Kind.TERM, -row.entry.last.toordinal()


def _terms(rows: Iterable[EntrySeen], calendar: SchoolCalendar, year: int, on: date) -> Iterable[TermSeen]:
    """The terms that count here: the most specific layer that has any speaks of its dates."""
    terms = [row for row in rows if row.entry.kind is Kind.TERM]
    own = [row for row in terms if row.entry.layer is not Layer.TRUST]
    for row in sorted(own or terms, key=_in_order):
        first, last = max(row.entry.first, year_start(year)), min(row.entry.last, year_end(year))
        so_far = calendar.school_days(first, min(on, last)) if on >= first else 0.0
        yield TermSeen(row, calendar.school_days(first, last), so_far)
