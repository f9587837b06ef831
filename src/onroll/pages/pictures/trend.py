"""The year's trend: open cases and overdue duties, day by day, as two lines; the same by months in a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from onroll.pages.wording import count_of, medium_date

WIDTH, HEIGHT = 640, 180
LEFT, BOTTOM, TOP = 34, 24, 10
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)


class PointShown(Protocol):
    """How a school stood on one day."""

    @property
    def on(self) -> date: ...
    @property
    def open_cases(self) -> int: ...
    @property
    def overdue(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Month:
    """The last known day of a month."""

    name: str
    open_cases: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Trend:
    """A drawing of WIDTH by HEIGHT, and the words and the table that say the same."""

    points: Sequence[PointShown]

    @property
    def words(self) -> str:
        """Say the trend: its first day, its last, and the most in between."""
        if not self.points:
            return "No day is on record yet."
        first, last = self.points[0], self.points[-1]
        worst = max(self.points, key=lambda point: point.overdue)
        return (
            f"From {medium_date(first.on)} to {medium_date(last.on)}: open cases from {first.open_cases} to "
            f"{last.open_cases}, overdue duties from {first.overdue} to {last.overdue}. "
            f"Most were overdue on {medium_date(worst.on)}: {worst.overdue}."
        )

    @property
    def is_drawn(self) -> bool:
        """A line needs two days."""
        return len(self.points) > 1

    @property
    def open_path(self) -> str:
        """The line of the open cases."""
        return self._path([point.open_cases for point in self.points])

    @property
    def overdue_path(self) -> str:
        """The line of the overdue duties."""
        return self._path([point.overdue for point in self.points])

    def rules(self) -> list[tuple[int, int]]:
        """Horizontal rules: the number, and how far down it stands."""
        return [(n, self._y(n)) for n in range(0, self._most + 1, self._step)]

    def marks(self) -> list[tuple[str, int]]:
        """The months below the drawing: the name, and how far right it begins."""
        found: dict[tuple[int, int], date] = {}
        for point in self.points:
            found.setdefault((point.on.year, point.on.month), point.on)
        return [(f"{on:%b}", self._x(on)) for on in found.values() if self._x(on) < WIDTH - 24]

    def months(self) -> Iterator[Month]:
        """The table: each month by its last day on record."""
        last = {(point.on.year, point.on.month): point for point in self.points}
        for point in last.values():
            yield Month(f"{point.on:%B} {point.on.year}", point.open_cases, point.overdue)

    @property
    def last_words(self) -> str:
        """What the last day says, for the caption."""
        last = self.points[-1]
        return f"{count_of(last.open_cases, 'open case')}, {count_of(last.overdue, 'overdue duty,overdue duties')}"

    @property
    def _most(self) -> int:
        most = max((max(point.open_cases, point.overdue) for point in self.points), default=0)
        return -(-max(most, 1) // self._step) * self._step

    @property
    def _step(self) -> int:
        most = max((max(point.open_cases, point.overdue) for point in self.points), default=0)
        return next((step for step in _STEPS if most <= 4 * step), _STEPS[-1])

    def _path(self, values: Sequence[int]) -> str:
        places = (
            f"{self._x(point.on)} {self._y(value)}" for point, value in zip(self.points, values, strict=True)
        )
        return "M" + "L".join(places)

    def _x(self, on: date) -> int:
        whole = max((self.points[-1].on - self.points[0].on).days, 1)
        return LEFT + (WIDTH - LEFT - 6) * (on - self.points[0].on).days // whole

    def _y(self, value: int) -> int:
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value // self._most
