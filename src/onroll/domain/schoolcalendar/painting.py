"""Lay calendar entries over one school year, the least specific first, and see what each date became."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from onroll.domain.schoolcalendar.entries import CLOSING, CalendarEntry, Kind, Layer
from onroll.domain.schoolcalendar.grid import GRID_LENGTH, year_end, year_start

_SATURDAY = 5
_OPEN, _SHUT = b"\xff", b"\x00"


@dataclass(slots=True)
class PaintedYear:
    """One school year, a place per date: the entry that decided, and the entry that took the afternoon."""

    year: int
    decided: list[CalendarEntry | None] = field(init=False)
    afternoon_off: list[CalendarEntry | None] = field(init=False)

    def __post_init__(self) -> None:
        days = (year_end(self.year) - year_start(self.year)).days + 1
        self.decided = [None] * days
        self.afternoon_off = [None] * days

    def place(self, on: date) -> int:
        """The place of a date of this year; below 0 or past the end for a date outside it."""
        return (on - year_start(self.year)).days

    def is_weekend(self, place: int) -> bool:
        """Whether the date is a Saturday or a Sunday."""
        return (year_start(self.year) + timedelta(days=place)).weekday() >= _SATURDAY

    def mask(self) -> bytes:
        """GRID_LENGTH bytes: 0xFF where a session exists, else 0x00."""
        first_weekday = year_start(self.year).weekday()
        pieces = []
        for place, (entry, shortened) in enumerate(zip(self.decided, self.afternoon_off, strict=True)):
            weekday = (first_weekday + place) % 7 < _SATURDAY
            is_open = weekday and entry is not None and entry.kind is Kind.TERM
            pieces.append(_SHUT * 2 if not is_open else _OPEN + (_SHUT if shortened else _OPEN))
        return b"".join(pieces).ljust(GRID_LENGTH, _SHUT)

    def span(self, entry: CalendarEntry) -> tuple[int, int]:
        """The places of this year that an entry covers, as a half-open range; empty when it covers none."""
        low = max(self.place(entry.first), 0)
        return low, max(low, min(self.place(entry.last) + 1, len(self.decided)))


def paint(entries: Iterable[CalendarEntry], year: int) -> PaintedYear:
    """Say what each date of a school year is.

    The most specific layer that says anything about a date wins. Within a layer a closing entry beats a
    term; of two closing entries a bank holiday, or else the shorter, names the date. An entry for mornings
    only takes the afternoon of an open day unless a more specific layer says term.
    """
    painted = PaintedYear(year)
    near = [entry for entry in entries if entry.first <= year_end(year) and entry.last >= year_start(year)]
    for layer in Layer:
        on_layer = [entry for entry in near if entry.layer is layer]
        for term in (entry for entry in on_layer if entry.kind is Kind.TERM):
            _paint_term(painted, term)
        for closing in sorted((entry for entry in on_layer if entry.kind in CLOSING), key=_naming_last):
            _paint_closing(painted, closing)
        for short in (entry for entry in on_layer if entry.kind is Kind.AM_ONLY):
            low, high = painted.span(short)
            painted.afternoon_off[low:high] = [short] * (high - low)
    return painted


def _paint_term(painted: PaintedYear, term: CalendarEntry) -> None:
    """Open the dates of a term, but not a bank holiday that only happens to lie inside it.

    Bank holidays come from the nation's layer and terms from the school's. A term of many weeks does not
    mean to open them; a term entry made for the bank holiday's own date does.
    """
    low, high = painted.span(term)
    for place in range(low, high):
        before = painted.decided[place]
        if before is None or before.kind is not Kind.BANK_HOLIDAY or _lies_within(term, before):
            painted.decided[place] = term
            painted.afternoon_off[place] = None


def _paint_closing(painted: PaintedYear, closing: CalendarEntry) -> None:
    low, high = painted.span(closing)
    painted.decided[low:high] = [closing] * (high - low)


def _lies_within(inner: CalendarEntry, outer: CalendarEntry) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last


def _naming_last(entry: CalendarEntry) -> tuple[bool, timedelta]:
    """Sorts the entry that shall name a date behind the others, so that it is painted over them."""
    return entry.kind is Kind.BANK_HOLIDAY, entry.first - entry.last
