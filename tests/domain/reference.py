"""The invented calendar that the rules are proved on, and a short way to write a register down.

2026/27 is the reference year of the specification, 190 pupil days. The years beside it are invented here:
2025/26 and 2027/28 (which has a 29 February) are there for spells that cross 1 August.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from onroll.domain.register import CHAR_OF_CODE, NO_MARK
from onroll.domain.schoolcalendar import (
    GRID_LENGTH,
    CalendarEntry,
    Kind,
    Layer,
    SchoolCalendar,
    Session,
    SessionAt,
    grid_position,
    school_year,
)

AM, PM = Session.AM, Session.PM


def entry(
    kind: str, first: str, last: str = "", name: str = "", layer: Layer = Layer.SCHOOL
) -> CalendarEntry:
    """A calendar entry in the words of a calendar file."""
    return CalendarEntry(Kind(kind), day(first), day(last or first), name, layer)


def day(text: str) -> date:
    """An ISO date."""
    return date.fromisoformat(text)


YEAR_2025 = (
    entry("term", "2025-09-01", "2025-10-24", "Autumn term, first half"),
    entry("term", "2025-11-03", "2025-12-19", "Autumn term, second half"),
    entry("term", "2026-01-05", "2026-02-13", "Spring term, first half"),
    entry("term", "2026-02-23", "2026-03-27", "Spring term, second half"),
    entry("term", "2026-04-13", "2026-05-22", "Summer term, first half"),
    entry("term", "2026-06-01", "2026-07-21", "Summer term, second half"),
    entry("inset", "2025-09-01", "2025-09-02"),
    entry("bank-holiday", "2026-05-04", name="Early May bank holiday"),
)
YEAR_2026 = (
    entry("term", "2026-09-01", "2026-10-23", "Autumn term, first half"),
    entry("holiday", "2026-10-24", "2026-11-01", "Autumn half-term"),
    entry("term", "2026-11-02", "2026-12-18", "Autumn term, second half"),
    entry("term", "2027-01-04", "2027-02-12", "Spring term, first half"),
    entry("term", "2027-02-22", "2027-03-25", "Spring term, second half"),
    entry("term", "2027-04-12", "2027-05-28", "Summer term, first half"),
    entry("term", "2027-06-07", "2027-07-21", "Summer term, second half"),
    entry("inset", "2026-09-01", "2026-09-02"),
    entry("inset", "2026-11-02"),
    entry("inset", "2027-01-04"),
    entry("inset", "2027-07-21"),
    entry("bank-holiday", "2027-05-03", name="Early May bank holiday"),
)
YEAR_2027 = (
    entry("term", "2027-09-01", "2027-10-22"),
    entry("term", "2027-11-01", "2027-12-17"),
    entry("term", "2028-01-04", "2028-02-11"),
    entry("term", "2028-02-21", "2028-03-31"),
    entry("inset", "2027-09-01"),
)
REFERENCE = SchoolCalendar(YEAR_2026)
THREE_YEARS = SchoolCalendar(YEAR_2025 + YEAR_2026 + YEAR_2027)


def reference_with(*more: CalendarEntry) -> SchoolCalendar:
    """The reference year with entries added."""
    return SchoolCalendar(YEAR_2026 + more)


def at(text: str) -> SessionAt:
    """A session, written "2026-11-03 AM"."""
    on, session = text.split()
    return SessionAt(day(on), Session(session))


def spread(
    code: str, first: str, last: str = "", calendar: SchoolCalendar = REFERENCE
) -> dict[SessionAt, str]:
    """One code on every session from the first to the last, both written as a date or "2026-11-03 PM".

    `/` becomes `\\` in the afternoon.
    """
    start = at(first if " " in first else f"{first} AM")
    end = at(last if " " in last else f"{last or first.split()[0]} PM")
    return {
        session: "\\" if code == "/" and session.session is PM else code
        for session in calendar.sessions(start.date, end.date)
        if start <= session <= end
    }


def register(*parts: Mapping[SessionAt, str]) -> dict[int, str]:
    """Stored marks by school year, from codes by session; a later part overwrites an earlier."""
    grids: dict[int, list[str]] = {}
    for part in parts:
        for (on, session), code in part.items():
            grid = grids.setdefault(school_year(on), [NO_MARK] * GRID_LENGTH)
            grid[grid_position(on, session)] = CHAR_OF_CODE[code]
    return {year: "".join(grid) for year, grid in grids.items()}


def days_between(first: date, last: date) -> Iterator[date]:
    """Every date, both ends included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def only(dates: Iterable[date], weekdays: set[int]) -> list[date]:
    """The dates that fall on certain weekdays, Monday being 0."""
    return [on for on in dates if on.weekday() in weekdays]
