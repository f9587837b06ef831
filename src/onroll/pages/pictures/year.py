"""The register year: months of weeks of days, each day two halves. Pages give days, this lays them out."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from onroll.pages.pictures.looks import LETTERS, LOOKS, Look
from onroll.pages.wording import count_of, day_number, long_date

_FRIDAY = 4
# Looks that are told in a month's words, in this order, with the noun for one and many sessions.
_TOLD = {
    Look.COUNTED: "missed for health reasons",
    Look.ABSENT: "absent for other reasons",
    Look.PRESENT: "present",
    Look.ELSEWHERE: "attending elsewhere",
    Look.NOT_POSSIBLE: "not possible",
    Look.NOT_TAKEN: "with the register not taken",
    Look.TERM: "of school",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One session: its look and the letters in it. `reached` marks the session at which the threshold was met."""

    look: Look
    code: str = ""
    reached: bool = False

    @property
    def letters(self) -> str:
        """What is written in the cell: present says nothing, to let the absences be seen."""
        if self.look is Look.PRESENT:
            return ""
        return self.code or LETTERS.get(self.look, "")


NO_SESSION = Cell(Look.NO_SESSION)


@dataclass(frozen=True, slots=True)
class Day:
    """One date: its two sessions, and where its explanation is. `label` is what a link to it says."""

    on: date
    am: Cell = NO_SESSION
    pm: Cell = NO_SESSION
    href: str = ""
    label: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether both halves are the same kind of calendar day, drawn as one block."""
        return self.am == self.pm and not self.am.code

    @property
    def words(self) -> str:
        """What a link to the day says."""
        return self.label or long_date(self.on)


@dataclass(frozen=True, slots=True)
class Week:
    """The days of a month that fall into one week, Monday first; None before the 1st and after the last."""

    monday: date
    days: tuple[Day | None, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the picture."""

    first: date
    weeks: tuple[Week, ...]

    @property
    def name(self) -> str:
        """The month in words: "November 2026"."""
        return f"{self.first:%B} {self.first.year}"

    @property
    def columns(self) -> int:
        """How many days wide: five, or seven where the school has a session at a weekend."""
        return max(len(week.days) for week in self.weeks)

    @property
    def has_links(self) -> bool:
        """Whether any day can be opened."""
        return any(day.href for day in self.days())

    def days(self) -> Iterator[Day]:
        """Go through the days of the month."""
        return (day for week in self.weeks for day in week.days if day is not None)

    @property
    def words(self) -> str:
        """Say the month: "November 2026: 14 sessions missed for health reasons, 26 sessions present."."""
        looks = Counter(cell.look for day in self.days() for cell in (day.am, day.pm))
        told = [f"{count_of(looks[look], 'session')} {words}" for look, words in _TOLD.items() if looks[look]]
        return f"{self.name}: {', '.join(told) or 'no sessions yet'}."


@dataclass(frozen=True, slots=True)
class YearPicture:
    """A school year, or as much of it as there is something to show for."""

    months: tuple[Month, ...]
    label: str = "The register year"

    def legend(self) -> list[tuple[Look, str, str]]:
        """List the looks in use, with a letter to show in the swatch and words, in the order of LOOKS."""
        cells = [cell for month in self.months for day in month.days() for cell in (day.am, day.pm)]
        letters: dict[Look, str] = {}
        for cell in cells:
            letters.setdefault(cell.look, cell.letters)
        return [(look, letters[look], words) for look, words in LOOKS.items() if look in letters]

    @property
    def has_reached(self) -> bool:
        """Whether the picture marks the session at which the threshold was met."""
        cells = (cell for month in self.months for day in month.days() for cell in (day.am, day.pm))
        return any(cell.reached for cell in cells)


def year_picture(days: Mapping[date, Day], label: str = "The register year") -> YearPicture:
    """Lay out days as months and weeks, from the first month with a session to the last.

    A date that is not given has no session. Saturdays and Sundays are drawn only where one has a session.
    """
    if not days:
        return YearPicture((), label)
    with_session = [on for on, day in days.items() if {day.am.look, day.pm.look} != {Look.NO_SESSION}]
    first, last = min(with_session or days), max(with_session or days)
    weekend = any(on.weekday() > _FRIDAY for on in with_session)
    months = []
    month = first.replace(day=1)
    while month <= last:
        months.append(_month(month, days, 7 if weekend else 5))
        month = (month + timedelta(days=31)).replace(day=1)
    return YearPicture(tuple(months), label)


def half_days(cells: Counter[Look], look: Look) -> str:
    """Say sessions of one look as days: "9.5"."""
    return day_number(cells[look] / 2)


def _month(first: date, days: Mapping[date, Day], columns: int) -> Month:
    weeks = []
    monday = first - timedelta(days=first.weekday())
    while monday < first or monday.month == first.month:
        dates = [monday + timedelta(days=n) for n in range(columns)]
        row = tuple(days.get(on, Day(on)) if on.month == first.month else None for on in dates)
        if any(row):
            weeks.append(Week(monday, row))
        monday += timedelta(days=7)
    return Month(first, tuple(weeks))
