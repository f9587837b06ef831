"""The count once more: slow, obvious, and written straight from the words of the specification.

It shares nothing with the code it checks: its own code lists, its own idea of a calendar, dictionaries
keyed by (date, "AM" or "PM"), and one loop. Where the two differ, read the specification, then this, and
only then the fast one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

Key = tuple[date, str]

ATTENDING = {"/", "\\", "L"}
ATTENDING_ELSEWHERE = {"K", "V", "P", "W", "B"}
AUTHORISED = {"C1", "M", "J1", "S", "C2", "C", "T", "R", "I", "E"}
UNAUTHORISED = {"G", "N", "O", "U"}
NEITHER = {"Q", "X", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "Z", "#"}
ENDS_A_SPELL = ATTENDING | ATTENDING_ELSEWHERE | {"D"} | AUTHORISED | UNAUTHORISED
ALL_CODES = sorted(ENDS_A_SPELL | NEITHER)


@dataclass
class Said:
    """A calendar entry as the oracle sees it. Layers count up towards the more specific."""

    kind: str
    first: date
    last: date
    layer: int

    def covers(self, on: date) -> bool:
        return self.first <= on <= self.last


@dataclass
class Answer:
    """All that a count says, and what it added in which session."""

    days: float = 0.0
    spell_days: float = 0.0
    longest_spell_days: float = 0.0
    reached_consecutive: Key | None = None
    reached_cumulative: Key | None = None
    forecast_on: date | None = None
    spell_since: date | None = None
    working: list[tuple[Key, str | None, float, float]] = field(default_factory=list)
    """For each session of the year up to as-of: its code, and the spell and the total after it."""

    def look(self, key: Key, code: str | None, spell: float, total: float, threshold: float) -> None:
        """Look at the figures as they stand after one session of the year of as-of."""
        self.longest_spell_days = max(self.longest_spell_days, spell)
        if spell >= threshold and self.reached_consecutive is None:
            self.reached_consecutive = key
        if total >= threshold and self.reached_cumulative is None:
            self.reached_cumulative = key
        self.working.append((key, code, spell, total))


def is_open(entries: Sequence[Said], on: date, session: str) -> bool:
    """A weekday inside a term that nothing else closes; the most specific layer that says anything wins."""
    if on.weekday() in (5, 6):
        return False
    covering = [entry for entry in entries if entry.covers(on)]
    is_term, bank_holiday, morning_only = False, None, False
    for layer in range(5):
        here = [entry for entry in covering if entry.layer == layer]
        terms = [entry for entry in here if entry.kind == "term"]
        if bank_holiday is not None:
            # A term of many weeks does not mean to open the bank holiday that happens to lie inside it.
            terms = [
                term for term in terms if bank_holiday.first <= term.first and term.last <= bank_holiday.last
            ]
        if terms:
            is_term, bank_holiday, morning_only = True, None, False
        closings = [e for e in here if e.kind in ("holiday", "inset", "bank-holiday", "closure")]
        if closings:
            is_term = False
            bank_holidays = [entry for entry in closings if entry.kind == "bank-holiday"]
            bank_holiday = bank_holidays[0] if bank_holidays else None
        if any(entry.kind == "am-only" for entry in here):
            morning_only = True
    return is_term and not (morning_only and session == "PM")


def sessions_of(entries: Sequence[Said], periods: Sequence[tuple[date, date]] | None) -> Iterator[Key]:
    """Every session of the calendar that is the pupil's, in the order of time."""
    if not entries:
        return
    on = min(entry.first for entry in entries)
    end = max(entry.last for entry in entries)
    while on <= end:
        if periods is None or any(first <= on <= last for first, last in periods):
            for session in ("AM", "PM"):
                if is_open(entries, on, session):
                    yield on, session
        on += timedelta(days=1)


def year_of(on: date) -> int:
    """1 August to 31 July."""
    return on.year if (on.month, on.day) >= (8, 1) else on.year - 1


def count(
    adds: set[str],
    passes: set[str],
    marks: Mapping[Key, str],
    all_sessions: Sequence[Key],
    as_of: date,
    threshold: float,
) -> Answer:
    """Walk every session of the pupil, add halves, and look after each one of the year of as-of."""
    this_year = year_of(as_of)
    spell, total, total_is_of, since = 0.0, 0.0, None, None
    answer = Answer()
    for key in all_sessions:
        on = key[0]
        if on > as_of:
            break
        if total_is_of != year_of(on):
            total, total_is_of = 0.0, year_of(on)
        code = marks.get(key)
        does = _does(code, adds, passes)
        if does == "adds":
            since = on if spell == 0 else since
            spell, total = spell + 0.5, total + 0.5
        elif does == "breaks":
            spell, since = 0.0, None
        if year_of(on) == this_year:
            answer.look(key, code, spell, total, threshold)
    if total_is_of != this_year:
        total = 0.0
    answer.days = total
    answer.spell_days = spell
    answer.spell_since = since
    if spell and answer.reached_consecutive is None and answer.reached_cumulative is None:
        answer.forecast_on = _forecast(all_sessions, as_of, spell, total, threshold)
    return answer


def _does(code: str | None, adds: set[str], passes: set[str]) -> str:
    if code in adds:
        return "adds"
    if code in passes:
        return "nothing"
    return "breaks" if code in ENDS_A_SPELL else "nothing"


def _forecast(
    all_sessions: Sequence[Key], as_of: date, spell: float, total: float, threshold: float
) -> date | None:
    year = year_of(as_of)
    for on, _ in all_sessions:
        if on <= as_of:
            continue
        if year_of(on) != year:
            year, total = year_of(on), 0.0
        spell += 0.5
        total += 0.5
        if spell >= threshold or total >= threshold:
            return on
    return None
