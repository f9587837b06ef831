"""The calendar of one school, or of one year group of it: which sessions exist, and why the others do not."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from onroll.domain.schoolcalendar.entries import CalendarEntry, Kind
from onroll.domain.schoolcalendar.grid import (
    GRID_LENGTH,
    Session,
    SessionAt,
    grid_position,
    school_year,
    session_at,
    year_start,
)
from onroll.domain.schoolcalendar.painting import PaintedYear, paint

_OPEN = 0xFF
_PLAIN_WORDS = {
    Kind.HOLIDAY: "Holiday",
    Kind.INSET: "Staff training day (INSET)",
    Kind.BANK_HOLIDAY: "Bank holiday",
    Kind.CLOSURE: "School closed",
}
_IN_BRACKETS = {
    Kind.HOLIDAY: "holiday",
    Kind.INSET: "staff training day",
    Kind.BANK_HOLIDAY: "bank holiday",
    Kind.CLOSURE: "closure",
}


class SchoolCalendar:
    """Says which sessions exist. Immutable; build a new one when an entry changes.

    A session exists on a weekday inside a term that nothing else closes. The most specific layer that
    says anything about a date wins; within a layer a closing entry beats a term; `am-only` takes the
    afternoon from an open day. See `painting.paint` for the one exception, bank holidays.

    Answers are kept per school year, so share one calendar between the pupils that follow it.
    """

    __slots__ = ("_entries", "_masks", "_painted", "first_on", "last_on")

    def __init__(self, entries: Iterable[CalendarEntry]) -> None:
        self._entries = tuple(entries)
        self._painted: dict[int, PaintedYear] = {}
        self._masks: dict[int, bytes] = {}
        terms = [entry for entry in self._entries if entry.kind is Kind.TERM]
        self.first_on: date | None = min((term.first for term in terms), default=None)
        self.last_on: date | None = max((term.last for term in terms), default=None)

    @property
    def entries(self) -> tuple[CalendarEntry, ...]:
        """The entries that the calendar was built from."""
        return self._entries

    def mask(self, year: int) -> bytes:
        """GRID_LENGTH bytes for a school year: 0xFF where a session exists, else 0x00."""
        found = self._masks.get(year)
        if found is None:
            found = self._masks[year] = self._year(year).mask()
        return found

    def is_session(self, on: date, session: Session) -> bool:
        """Whether the school has this session."""
        return self.mask(school_year(on))[grid_position(on, session)] == _OPEN

    def why(self, on: date, session: Session) -> str:
        """What the session is, or why there is none, in words: "Autumn half-term (holiday)", "Weekend"."""
        painted = self._year(school_year(on))
        place = painted.place(on)
        if painted.is_weekend(place):
            return "Weekend"
        entry = painted.decided[place]
        if entry is None:
            return "Outside term"
        if entry.kind is not Kind.TERM:
            return f"{entry.name} ({_IN_BRACKETS[entry.kind]})" if entry.name else _PLAIN_WORDS[entry.kind]
        shortened = painted.afternoon_off[place]
        if shortened is not None and session is Session.PM:
            return f"{shortened.name} (morning only)" if shortened.name else "Morning only"
        return entry.name or "Term"

    def kind_on(self, on: date) -> Kind | None:
        """The kind of a date; None for a weekend and for a date that no entry speaks of."""
        painted = self._year(school_year(on))
        place = painted.place(on)
        entry = painted.decided[place]
        if entry is None or painted.is_weekend(place):
            return None
        if entry.kind is Kind.TERM and painted.afternoon_off[place] is not None:
            return Kind.AM_ONLY
        return entry.kind

    def sessions(self, first: date, last: date) -> Iterator[SessionAt]:
        """Every session from `first` to `last`, both included, in the order of time."""
        for year in range(school_year(first), school_year(last) + 1):
            mask = self.mask(year)
            low = grid_position(first, Session.AM) if year == school_year(first) else 0
            high = grid_position(last, Session.PM) + 1 if year == school_year(last) else GRID_LENGTH
            position = mask.find(_OPEN, low, high)
            while position >= 0:
                yield session_at(year, position)
                position = mask.find(_OPEN, position + 1, high)

    def school_days(self, first: date, last: date) -> float:
        """School days from `first` to `last`, both included; a morning-only day is half a day."""
        return sum(1 for _ in self.sessions(first, last)) / 2

    def add_school_days(self, on: date, n: int) -> date | None:
        """The n-th date after `on` with at least one session; None when the calendar ends first."""
        if n < 1:
            raise ValueError(f"school days are added from 1 upwards, not {n}")
        if self.last_on is None or on >= self.last_on:
            return None
        latest = on
        for at in self.sessions(on + timedelta(days=1), self.last_on):
            if at.date != latest:
                latest, n = at.date, n - 1
                if n == 0:
                    return latest
        return None

    def last_school_days(self, on: date, n: int) -> list[date]:
        """The last `n` dates with a session up to and including `on`, earliest first."""
        found: list[date] = []
        for year in range(school_year(on), school_year(self.first_on or on) - 1, -1):
            mask = self.mask(year)
            high = grid_position(on, Session.PM) // 2 + 1 if year == school_year(on) else GRID_LENGTH // 2
            for place in range(high - 1, -1, -1):
                if mask[2 * place] or mask[2 * place + 1]:
                    found.append(year_start(year) + timedelta(days=place))
                    if len(found) == n:
                        return found[::-1]
        return found[::-1]

    def _year(self, year: int) -> PaintedYear:
        found = self._painted.get(year)
        if found is None:
            found = self._painted[year] = paint(self._entries, year)
        return found
