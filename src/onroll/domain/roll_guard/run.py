"""Ground (i): how long a pupil was absent without a break, by the register alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# Sessions of a run may carry these and nothing else: leave not granted, reason not yet known, unauthorised.
ALLOWED = frozenset({"G", "N", "O"})
NEEDED_DAYS = 20


@dataclass(frozen=True, slots=True)
class Run:
    """The longest run of sessions with only G, N or O, and the first session after it that is something else."""

    days: float = 0.0
    first: date | None = None
    last: date | None = None
    ended_on: date | None = None
    ended_by: str = ""  # the code; empty: no mark is held

    @property
    def goes_on(self) -> bool:
        """Whether it reaches up to the last session of the register."""
        return self.first is not None and self.ended_on is None


def absent_run(sessions: Iterable[tuple[date, str]]) -> Run:
    """The longest such run in a register, given in the order of time without days that are no school days.

    Of two equally long the later one is given: it is the one that may still go on.
    """
    best, length, first, last = Run(), 0, None, None
    for on, code in sessions:
        if code in ALLOWED:
            length, first, last = length + 1, first or on, on
            if length / 2 >= best.days:
                best = Run(length / 2, first, last)
            continue
        if length and best.last == last:
            best = Run(best.days, best.first, best.last, on, code)
        length, first, last = 0, None, None
    return best
