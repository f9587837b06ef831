"""A school's calendar as the rules need it: bank holidays, then the trust's, the school's and the year group's own."""

from collections.abc import Collection
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Q

from onroll.domain.schoolcalendar import CalendarEntry, Kind, Layer, SchoolCalendar
from onroll.records.schools.models import CalendarDay, School

# Years around the entries for which bank holidays are laid in.
_MARGIN = 1


def calendar_of(school_id: int, year_group_id: int | None = None) -> SchoolCalendar:
    """The calendar that one year group follows; without one, the school's own. One query."""
    found = calendars_of(school_id)
    return found.get(year_group_id, found[None])


def calendars_of(school_id: int) -> dict[int | None, SchoolCalendar]:
    """The school's calendar under None, and one for each year group that has entries of its own. One query.

    A year group that is missing follows the school's.
    """
    rows = CalendarDay.objects.filter(withdrawn_at=None).filter(
        Q(school_id=school_id) | Q(trust__schools=school_id)
    )
    return dict(_built(tuple(rows.order_by("first_on", "id").values_list(*_COLUMNS))))


def calendars_of_schools(
    school_ids: Collection[int], *, known_at: datetime | None = None
) -> dict[int, dict[int | None, SchoolCalendar]]:
    """The calendars of several schools, as they were known at a moment; None asks for what stands now. Two queries."""
    trusts = dict(School.objects.filter(pk__in=school_ids).values_list("pk", "trust_id"))
    rows = CalendarDay.objects.filter(
        Q(school_id__in=trusts) | Q(trust_id__in={one for one in trusts.values() if one})
    )
    if known_at is None:
        rows = rows.filter(withdrawn_at=None)
    else:
        rows = rows.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=known_at), recorded_at__lte=known_at)
    of_school: dict[int, list[_Row]] = {school_id: [] for school_id in trusts}
    of_trust: dict[int, list[int]] = {}
    for school_id, trust_id in trusts.items():
        if trust_id is not None:
            of_trust.setdefault(trust_id, []).append(school_id)
    for school_id, *row in rows.order_by("first_on", "id").values_list("school_id", *_COLUMNS):
        for one in (school_id,) if school_id is not None else of_trust[row[4]]:
            of_school[one].append(tuple(row))
    return {school_id: dict(_built(tuple(entries))) for school_id, entries in of_school.items()}


_COLUMNS = ("kind", "first_on", "last_on", "name", "trust_id", "year_group_id")
_Row = tuple[str, date, date, str, int | None, int | None]


@lru_cache(maxsize=256)
def _built(rows: tuple[_Row, ...]) -> dict[int | None, SchoolCalendar]:
    """The calendars that these rows make. Kept by the rows themselves, so what is kept is never out of date."""
    common: list[CalendarEntry] = []
    own: dict[int, list[CalendarEntry]] = {}
    for kind, first, last, name, trust_id, year_group_id in rows:
        if year_group_id is not None:
            own.setdefault(year_group_id, []).append(
                CalendarEntry(Kind(kind), first, last, name, Layer.YEAR_GROUP)
            )
        else:
            layer = Layer.TRUST if trust_id else Layer.SCHOOL
            common.append(CalendarEntry(Kind(kind), first, last, name, layer))
    common += _bank_holidays_around(common)
    calendars: dict[int | None, SchoolCalendar] = {None: SchoolCalendar(common)}
    for year_group_id, entries in own.items():
        calendars[year_group_id] = SchoolCalendar([*common, *entries])
    return calendars


def _bank_holidays_around(entries: list[CalendarEntry]) -> list[CalendarEntry]:
    if not entries:
        return []
    first = min(entry.first.year for entry in entries) - _MARGIN
    last = max(entry.last.year for entry in entries) + _MARGIN
    return [holiday for year in range(first, last + 1) for holiday in bank_holidays(year)]


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> tuple[CalendarEntry, ...]:
    """England's bank holidays of a calendar year, by a library that is kept up to date."""
    import holidays  # noqa: PLC0415 - half a second to load, and most commands never ask

    days: dict[date, str] = holidays.country_holidays("GB", subdiv="ENG", years=year, language="en_GB")
    return tuple(
        CalendarEntry(Kind.BANK_HOLIDAY, day, day, name, Layer.NATION) for day, name in sorted(days.items())
    )
