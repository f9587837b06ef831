"""What a careful reader would remark on in a calendar. Plain notes: none of it stops anybody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import combinations

from onroll.domain.schoolcalendar.calendar import SchoolCalendar
from onroll.domain.schoolcalendar.entries import CalendarEntry, Kind
from onroll.domain.schoolcalendar.grid import year_end, year_start

USUAL_DAYS = 190
"""School days of a year at a maintained school (domain.md 2.1). Academies set their own."""

FAR = 5
"""School days from the usual number at which a calendar is worth a second look; chosen by us."""

_FRIDAY = 4
# A holiday naturally lies between terms; these do something only inside one.
_INSIDE_TERM = frozenset({Kind.INSET, Kind.CLOSURE, Kind.AM_ONLY})


class Remark(StrEnum):
    """What a note is about."""

    NO_TERM = "no-term"
    TERMS_OVERLAP = "terms-overlap"
    OUTSIDE_TERM = "outside-term"
    WEEKEND = "weekend"
    FEW_DAYS = "few-days"
    MANY_DAYS = "many-days"


@dataclass(frozen=True, slots=True)
class Note:
    """One remark, and the entries it is about."""

    remark: Remark
    entries: tuple[CalendarEntry, ...] = ()


def notes_on(entries: Iterable[CalendarEntry], calendar: SchoolCalendar, year: int) -> list[Note]:
    """The notes on one school year of a calendar. `entries` are those to remark on, of any year."""
    near = [entry for entry in entries if entry.first <= year_end(year) and entry.last >= year_start(year)]
    terms = [entry for entry in near if entry.kind is Kind.TERM]
    if not terms:
        return [Note(Remark.NO_TERM)]
    found = [Note(Remark.TERMS_OVERLAP, pair) for pair in combinations(terms, 2) if _overlap(*pair)]
    for entry in near:
        if entry.kind is not Kind.TERM and not has_weekday(entry):
            found.append(Note(Remark.WEEKEND, (entry,)))
        elif entry.kind in _INSIDE_TERM and not _inside(entry, terms):
            found.append(Note(Remark.OUTSIDE_TERM, (entry,)))
    days = calendar.school_days(year_start(year), year_end(year))
    if days < USUAL_DAYS - FAR:
        found.append(Note(Remark.FEW_DAYS))
    elif days > USUAL_DAYS + FAR:
        found.append(Note(Remark.MANY_DAYS))
    return found


def has_weekday(entry: CalendarEntry) -> bool:
    """Whether any of the entry's dates is a Monday to Friday."""
    days = min((entry.last - entry.first).days, 2)
    return any((entry.first + timedelta(days=n)).weekday() <= _FRIDAY for n in range(days + 1))


def _overlap(one: CalendarEntry, other: CalendarEntry) -> bool:
    return one.layer is other.layer and one.first <= other.last and other.first <= one.last


def _inside(entry: CalendarEntry, terms: Sequence[CalendarEntry]) -> bool:
    return any(entry.first <= term.last and term.first <= entry.last for term in terms)
