"""When a pupil's sessions are theirs: the periods on roll, and of compulsory school age."""

from datetime import date
from typing import NamedTuple


class Window(NamedTuple):
    """A period, both ends included; None leaves an end open."""

    first: date | None = None
    last: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the date lies in the period."""
        return (self.first is None or on >= self.first) and (self.last is None or on <= self.last)


Windows = tuple[Window, ...] | None
"""Several periods, for a pupil who left and came back. None: no limit is known. Empty: never on roll."""


def inside(windows: Windows, on: date) -> bool:
    """Whether any of the periods holds the date."""
    return windows is None or any(window.holds(on) for window in windows)


def narrowed(windows: Windows, to: Window) -> tuple[Window, ...]:
    """The parts of the periods that lie in one other period: on roll *and* of compulsory school age."""
    if windows is None:
        return (to,)
    overlaps = (_overlap(window, to) for window in windows)
    return tuple(window for window in overlaps if window is not None)


def clipped(windows: Windows, first: date, last: date) -> Windows:
    """The periods as far as `first` to `last` is concerned, in order and joined where they meet.

    None when they cover it all. Two pupils with equal answers have the same sessions in that stretch.
    """
    if windows is None:
        return None
    days = sorted(
        (max(window.first or first, first).toordinal(), min(window.last or last, last).toordinal())
        for window in windows
    )
    joined: list[list[int]] = []
    for low, high in days:
        if low > high:
            continue
        if joined and low <= joined[-1][1] + 1:
            joined[-1][1] = max(joined[-1][1], high)
        else:
            joined.append([low, high])
    if joined == [[first.toordinal(), last.toordinal()]]:
        return None
    return tuple(Window(date.fromordinal(low), date.fromordinal(high)) for low, high in joined)


def _overlap(one: Window, other: Window) -> Window | None:
    first = max((day for day in (one.first, other.first) if day is not None), default=None)
    last = min((day for day in (one.last, other.last) if day is not None), default=None)
    return None if first is not None and last is not None and last < first else Window(first, last)
