"""Count the school days a pupil missed under a rule: the year's total, the spells, and what lies ahead.

Inside, everything is whole sessions; a school day is two of them. The walk over the sessions is done on
byte strings, a character a session (see `ground`), because an authority has 26 million of them a year.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from onroll.domain.register.ground import ADD, BREAK, SKIP, UNMARKED, Ground, effects_table
from onroll.domain.register.rules import Rule
from onroll.domain.register.windows import Windows
from onroll.domain.schoolcalendar import SchoolCalendar, SessionAt, session_at, year_end

THRESHOLD_DAYS = 15.0


@dataclass(frozen=True, slots=True)
class Count:
    """What a rule finds in the school year of as-of, up to and including as-of. Days are halves or wholes."""

    days: float
    spell_days: float
    longest_spell_days: float
    reached_consecutive: SessionAt | None = None
    reached_cumulative: SessionAt | None = None
    forecast_on: date | None = None
    spell_since: date | None = None
    """The date of the first counted session of the running spell, which may lie in an earlier year."""


class Carried(NamedTuple):
    """A spell still running when a school year begins: its length so far and its first counted date."""

    sessions: int = 0
    since: date | None = None


NOTHING_CARRIED = Carried()


def count(
    rule: Rule,
    years: Mapping[int, str],
    calendar: SchoolCalendar,
    as_of: date,
    threshold: float = THRESHOLD_DAYS,
    *,
    windows: Windows = None,
) -> Count:
    """Count one pupil.

    `years` holds the stored marks by school year; earlier years matter for a spell that runs on across
    1 August. Marks after `as_of` are not looked at, nor marks where the calendar, or the pupil (`windows`:
    the periods on roll, narrowed to compulsory school age where the rule asks for it), has no session.

    Raises ValueError for a threshold that is not a positive number of half days, and for marks that do
    not fill the grid of a school year.
    """
    return count_on(Ground(calendar, windows, as_of), effects_table(rule), years, sessions_in(threshold))


def carried_spell(
    rule: Rule, years: Mapping[int, str], calendar: SchoolCalendar, year: int, *, windows: Windows = None
) -> Carried:
    """The spell that earlier years hand on to a school year."""
    return carried_into(Ground(calendar, windows, year_end(year - 1)), effects_table(rule), years, year)


def sessions_in(threshold: float) -> int:
    """A threshold in days as sessions. Raises ValueError unless it is a positive number of half days."""
    sessions = int(threshold * 2)
    if sessions != threshold * 2 or sessions <= 0:
        raise ValueError(f"a threshold is a positive number of half days, not {threshold}")
    return sessions


def count_on(ground: Ground, table: bytes, years: Mapping[int, str], need: int) -> Count:
    """`count` in terms of sessions, for callers that count many pupils on one ground."""
    carry = carried_into(ground, table, years, ground.year)
    if ground.first_place < 0:
        return _before_the_year(ground, carry, need)
    row = ground.row(table, years.get(ground.year, UNMARKED), ground.year)
    # A mark that breaks at the year's very first session leaves nothing of the carried spell to look at.
    stands = 0 if row[ground.first_place] == BREAK[0] else carry.sessions
    line = ADD * stands + row.translate(None, SKIP)
    spells = line.split()
    total = line.count(ADD) - stands
    spell = len(spells[-1]) if line.endswith(ADD) else 0
    consecutive = _reached_in_a_spell(ground, row, line, stands, need)
    cumulative = _session(ground, nth_add(row, need)) if total >= need else None
    reached = consecutive is not None or cumulative is not None
    return Count(
        days=total / 2,
        spell_days=spell / 2,
        longest_spell_days=len(max(spells, default=b"")) / 2,
        reached_consecutive=consecutive,
        reached_cumulative=cumulative,
        forecast_on=None if reached or not spell else _forecast(ground, spell, total, need),
        spell_since=_since(ground, row, carry) if spell else None,
    )


def carried_into(ground: Ground, table: bytes, years: Mapping[int, str], year: int) -> Carried:
    """The spell handed on to a school year: walk back through the years until something broke it."""
    sessions, since = 0, None
    for earlier in sorted((held for held in years if held < year), reverse=True):
        row = ground.row(table, years[earlier], earlier)
        broken = row.rfind(BREAK)
        first = row.find(ADD, broken + 1)
        if first >= 0:
            sessions += row.count(ADD, first)
            since = session_at(earlier, first).date
        if broken >= 0:
            break
    return Carried(sessions, since) if sessions else NOTHING_CARRIED


def nth_add(row: bytes, n: int) -> int:
    """The place of the n-th counted session of a row, n from 1."""
    place = -1
    for _ in range(n):
        place = row.index(ADD, place + 1)
    return place


def _before_the_year(ground: Ground, carry: Carried, need: int) -> Count:
    """No session of the year has come yet: a carried spell runs, and nothing has been reached this year."""
    if not carry.sessions:
        return Count(0.0, 0.0, 0.0)
    forecast_on = _forecast(ground, carry.sessions, 0, need)
    return Count(0.0, carry.sessions / 2, 0.0, forecast_on=forecast_on, spell_since=carry.since)


def _reached_in_a_spell(ground: Ground, row: bytes, line: bytes, stands: int, need: int) -> SessionAt | None:
    """The first session of the year after which a spell stands at the threshold."""
    if stands >= need:
        return _session(ground, ground.first_place)
    start = line.find(ADD * need)
    if start < 0:
        return None
    return _session(ground, nth_add(row, line.count(ADD, 0, start + need) - stands))


def _since(ground: Ground, row: bytes, carry: Carried) -> date | None:
    broken = row.rfind(BREAK)
    if broken < 0 and carry.sessions:
        return carry.since
    return _session(ground, row.find(ADD, broken + 1)).date


def _forecast(ground: Ground, spell: int, total: int, need: int) -> date | None:
    """The date on which the spell or the total reaches the threshold if every coming session is missed.

    The total can come first only within this school year. After 1 August it starts again at 0 and runs
    behind the spell, which already stands at one session or more.
    """
    dates, this_year = ground.ahead(need)
    by_spell, by_total = max(need - spell, 1), need - total
    sessions = min(by_spell, by_total) if by_total <= this_year else by_spell
    return dates[sessions - 1] if sessions <= len(dates) else None


def _session(ground: Ground, place: int) -> SessionAt:
    return session_at(ground.year, place)
