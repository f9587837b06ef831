"""The last weeks: one row of school days, mornings above afternoons, for a line of a list."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from onroll.pages.pictures.looks import Look
from onroll.pages.pictures.year import Day, half_days
from onroll.pages.wording import count_of, short_date

_PITCH, _WIDTH, _HALF = 7, 6, 10
_WEEK_GAP = 4
_HEIGHT = 2 * _HALF + 1
_TOLD = {
    Look.COUNTED: "missed for health reasons",
    Look.ABSENT: "absent for other reasons",
    Look.PRESENT: "present",
    Look.ELSEWHERE: "attending elsewhere",
    Look.NOT_POSSIBLE: "not possible",
    Look.NOT_TAKEN: "not taken",
    Look.NO_MARK: "without a mark",
}


@dataclass(frozen=True, slots=True)
class Strip:
    """The last school days of one pupil, oldest first."""

    days: Sequence[Day]

    @property
    def words(self) -> str:
        """Say the strip: "Last 20 school days, Mon 9 Nov to Fri 4 Dec: 9.5 days missed for health reasons, ..."."""
        if not self.days:
            return "No school days yet."
        looks = Counter(cell.look for day in self.days for cell in (day.am, day.pm))
        told = [f"{half_days(looks, look)} {words}" for look, words in _TOLD.items() if looks[look]]
        return f"{self._layout.span}. Days: {', '.join(told)}."

    @property
    def width(self) -> int:
        """Width of the drawing."""
        return self._layout.lefts[-1] + _WIDTH if self.days else 0

    @property
    def height(self) -> int:
        """Height of the drawing."""
        return _HEIGHT

    def shapes(self) -> list[tuple[str, str]]:
        """One path for each look in use: a line for each run of equal halves within a week."""
        paths: defaultdict[str, str] = defaultdict(str)
        mornings, afternoons = [day.am.look for day in self.days], [day.pm.look for day in self.days]
        for looks, middle in ((mornings, _HALF // 2), (afternoons, _HALF + 1 + _HALF // 2)):
            for look, left, length in self._runs(looks):
                paths[look] += _shape(look, left, middle, length)
        return sorted((look, path) for look, path in paths.items() if path)

    def _runs(self, looks: Sequence[Look]) -> Iterator[tuple[Look, int, int]]:
        """Equal halves that follow one another in a week: the look, the left edge and how many."""
        placed = zip(looks, self._layout.weeks, self._layout.lefts, strict=True)
        for (look, _), run in groupby(placed, key=itemgetter(0, 1)):
            lefts = [left for _, _, left in run]
            yield look, lefts[0], len(lefts)

    @property
    def _layout(self) -> "_Layout":
        return _lay_out(tuple([day.on for day in self.days]))


class _Layout(NamedTuple):
    """Where the days of a strip stand: each one's left edge and week, and the stretch in words."""

    lefts: tuple[int, ...]
    weeks: tuple[int, ...]
    span: str


@lru_cache(maxsize=256)
def _lay_out(dates: tuple[date, ...]) -> _Layout:
    """Lay days out, with a wider gap where a new week begins. Kept, because a list's pupils share their days."""
    if not dates:
        return _Layout((), (), "")
    weeks = tuple((on.toordinal() - 1) // 7 for on in dates)  # day 1 was a Monday
    breaks = [before != week for before, week in pairwise(weeks)]
    lefts = accumulate((_PITCH + _WEEK_GAP * new for new in breaks), initial=0)
    days = count_of(len(dates), "school day")
    span = f"Last {days}, {short_date(dates[0])} to {short_date(dates[-1])}"
    return _Layout(tuple(lefts), weeks, span)


def _shape(look: Look, left: int, middle: int, length: int) -> str:
    """Each look has its own shape, so that the strip is read without colour: pictures.css gives the thickness."""
    match look:
        case Look.COUNTED | Look.PRESENT | Look.ELSEWHERE:
            return f"M{left} {middle}h{_PITCH * length - 1}"
        case Look.NOT_TAKEN | Look.NOT_POSSIBLE:
            return f"M{left + 2} {middle}h{_PITCH * length - 3}"
        case Look.ABSENT:
            top = middle - _HALF // 2
            boxes = (left + _PITCH * n for n in range(length))
            return "".join(f"M{x}.5 {top}.5h5v9h-5zl5 9" for x in boxes)
        case _:
            return ""
