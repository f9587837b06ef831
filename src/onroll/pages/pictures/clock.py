"""The clock: a ring of marks, one for each school day up to the threshold, filled by half days."""

from dataclasses import dataclass
from enum import StrEnum
from math import cos, pi, sin

from onroll.pages.wording import day_number

_MARK = 0.84  # share of each day's arc that is drawn; the rest is the gap (pictures.css: same figure)


class Standing(StrEnum):
    """How near the threshold is. The words are shown with the ring: colour never stands alone."""

    CALM = "calm"
    NEAR = "near"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class Clock:
    """A number of school days against a threshold. `near_within`: how many days below it counts as near."""

    days: float
    threshold: float = 15.0
    near_within: float = 5.0
    label: str = ""

    @property
    def standing(self) -> Standing:
        """Say where the days stand against the threshold."""
        if self.days >= self.threshold:
            return Standing.REACHED
        return Standing.NEAR if self.days >= self.threshold - self.near_within else Standing.CALM

    @property
    def number(self) -> str:
        """The days, as the middle of the ring shows them: "11.5"."""
        return day_number(self.days)

    @property
    def out_of(self) -> str:
        """The threshold, as text beside the ring: "15"."""
        return day_number(self.threshold)

    @property
    def words(self) -> str:
        """Say all that the picture shows: "Health absence: 11.5 of 15 school days. Near."."""
        label = f"{self.label}: " if self.label else ""
        state = {Standing.REACHED: " Reached.", Standing.NEAR: " Near."}.get(self.standing, "")
        return f"{label}{self.number} of {self.out_of} school days.{state}"

    @property
    def marks(self) -> float:
        """Length of the filled arc in days: whole marks, and half a mark for a half day."""
        shown = min(max(self.days, 0.0), self.threshold)
        whole, half = divmod(shown, 1)
        return round(whole - (1 - _MARK) if not half and whole else whole + half * _MARK, 2)


@dataclass(frozen=True, slots=True)
class Ring:
    """Where a clock is drawn: a square of `side` units, with a stroke of `stroke`."""

    clock: Clock
    side: int
    stroke: int

    @property
    def middle(self) -> int:
        """The centre of the ring, on both axes."""
        return self.side // 2

    @property
    def radius(self) -> int:
        """The radius along the middle of the stroke."""
        return (self.side - self.stroke) // 2 - 1

    @property
    def turn(self) -> float:
        """How far the ring is turned so that a gap, not a mark, stands at the top. Degrees."""
        return round(-90 + 180 * (1 - _MARK) / self.clock.threshold, 2)

    @property
    def arc(self) -> str:
        """The path of the filled marks; empty when nothing is filled."""
        share = self.clock.marks / self.clock.threshold
        if share <= 0:
            return ""
        start, end = self.turn * pi / 180, self.turn * pi / 180 + 2 * pi * share
        large = 1 if share > 0.5 else 0
        return f"M{self._point(start)}A{self.radius} {self.radius} 0 {large} 1 {self._point(end)}"

    def _point(self, angle: float) -> str:
        x = self.middle + self.radius * cos(angle)
        y = self.middle + self.radius * sin(angle)
        return f"{_short(x)} {_short(y)}"


def large_ring(clock: Clock) -> Ring:
    """Lay out the clock of a pupil's page."""
    return Ring(clock, side=220, stroke=22)


def small_ring(clock: Clock) -> Ring:
    """Lay out the clock of a list row."""
    return Ring(clock, side=48, stroke=6)


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
