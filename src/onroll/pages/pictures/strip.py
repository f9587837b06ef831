"""The last weeks: one row of school days, mornings above afternoons, for a line of a list."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from onroll.pages.pictures.looks import Look
from onroll.pages.pictures.year import Cell, Day, half_days
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
        span = f"{short_date(self.days[0].on)} to {short_date(self.days[-1].on)}"
        return f"Last {count_of(len(self.days), 'school day')}, {span}. Days: {', '.join(told)}."

    @property
    def width(self) -> int:
        """Width of the drawing."""
        return self._lefts()[-1] + _WIDTH if self.days else 0

    @property
    def height(self) -> int:
        """Height of the drawing."""
        return _HEIGHT

    def shapes(self) -> list[tuple[str, str]]:
        """One path for each look in use."""
        paths: defaultdict[str, str] = defaultdict(str)
        for day, x in zip(self.days, self._lefts(), strict=True):
            for cell, y in ((day.am, 0), (day.pm, _HALF + 1)):
                paths[cell.look] += _shape(cell, x, y)
        return sorted((look, path) for look, path in paths.items() if path)

    def _lefts(self) -> list[int]:
        """The left edge of each day, with a wider gap where a new week begins."""
        lefts: list[int] = []
        for before, day in zip((None, *self.days), self.days, strict=False):
            step = 0 if before is None else _PITCH
            if before is not None and day.on.isocalendar()[:2] != before.on.isocalendar()[:2]:
                step += _WEEK_GAP
            lefts.append((lefts[-1] if lefts else 0) + step)
        return lefts


def _shape(cell: Cell, x: int, y: int) -> str:
    """Each look has its own shape, so that the strip is read without colour."""
    match cell.look:
        case Look.COUNTED:
            return f"M{x} {y}h{_WIDTH}v{_HALF}h-{_WIDTH}z"
        case Look.ABSENT:
            return f"M{x + 0.5} {y + 0.5}h{_WIDTH - 1}v{_HALF - 1}h-{_WIDTH - 1}zM{x} {y + _HALF}l{_WIDTH}-{_HALF}"
        case Look.PRESENT:
            return f"M{x} {y + 4}h{_WIDTH}v2h-{_WIDTH}z"
        case Look.ELSEWHERE:
            return f"M{x} {y + 3}h{_WIDTH}v4h-{_WIDTH}z"
        case Look.NOT_TAKEN | Look.NOT_POSSIBLE:
            return f"M{x + 2} {y + 4}h2v2h-2z"
        case _:
            return ""
