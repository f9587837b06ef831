"""What a Summary keeps of a pupil's two counts, as plain values: quick to make, to compare and to write."""

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from onroll.domain.register import RULE_VERSION, Count
from onroll.domain.schoolcalendar import SessionAt


class Figures(NamedTuple):
    """The columns of Summary that a recount compares and writes, by their names. Sessions, not days."""

    rule_version: str
    s_sessions: int
    s_spell: int
    s_longest: int
    s_spell_since: date | None
    s_reached_consecutive: str
    s_reached_cumulative: str
    s_forecast_on: date | None
    h_sessions: int
    h_spell: int
    h_longest: int
    h_spell_since: date | None
    h_reached_consecutive: str
    h_reached_cumulative: str
    h_forecast_on: date | None
    nearness: int

    @property
    def reached(self) -> bool:
        """Whether either count stood at the threshold in this school year."""
        return any(
            (
                self.h_reached_consecutive,
                self.h_reached_cumulative,
                self.s_reached_consecutive,
                self.s_reached_cumulative,
            )
        )

    @property
    def standing(self) -> tuple[int, int, int, int, bool]:
        """What people are told has moved, when it moves: both totals, both running spells, the threshold."""
        return self.s_sessions, self.h_sessions, self.s_spell, self.h_spell, self.reached


# Most pupils of a school miss little and have the same few figures.
@lru_cache(maxsize=4096)
def figures(statutory: Count, health: Count, threshold: float) -> Figures:
    """The figures of a pupil's two counts. `threshold` in days."""
    nearness = max(_nearness(statutory, threshold), _nearness(health, threshold))
    return Figures._make((RULE_VERSION, *_columns(statutory), *_columns(health), nearness))


def _columns(one: Count) -> tuple[Any, ...]:
    return (
        _sessions(one.days),
        _sessions(one.spell_days),
        _sessions(one.longest_spell_days),
        one.spell_since,
        _at(one.reached_consecutive),
        _at(one.reached_cumulative),
        one.forecast_on,
    )


def _nearness(one: Count, threshold: float) -> int:
    """How many sessions towards the threshold: what is running or added up now; a threshold once reached stays."""
    near = max(one.days, one.spell_days)
    reached = one.reached_consecutive or one.reached_cumulative
    return _sessions(max(near, threshold) if reached else near)


def _sessions(days: float) -> int:
    return int(days * 2)


def _at(reached: SessionAt | None) -> str:
    return f"{reached.date.isoformat()} {reached.session}" if reached else ""
