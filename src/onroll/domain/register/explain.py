"""Why the count is what it is: every session of the school year, what it does, and the figures after it.

This walks the sessions with plain numbers and shares no arithmetic with `counters`, so that the explanation
is a second opinion. Tests hold the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from onroll.domain.register.codes import ATTENDING, CODES, NOT_TAKEN
from onroll.domain.register.counters import carried_spell
from onroll.domain.register.rules import Effect, Rule
from onroll.domain.register.walk import code_at
from onroll.domain.register.windows import Window, Windows, inside, narrowed
from onroll.domain.schoolcalendar import SchoolCalendar, SessionAt, school_year, year_end, year_start


@dataclass(frozen=True, slots=True)
class Explained:
    """One session of the school year under a rule; the figures are those after it, in days."""

    at: SessionAt
    code: str | None
    effect: Effect
    reason: str
    spell_days: float
    total_days: float


def explain(
    rule: Rule,
    years: Mapping[int, str],
    calendar: SchoolCalendar,
    as_of: date,
    *,
    windows: Windows = None,
    age: Window | None = None,
) -> list[Explained]:
    """Every session of the school year of `as_of`, also those still to come, in the order of time.

    The count it explains is `count` with `windows` narrowed to `age`, the time of compulsory school age;
    they are apart here only so that the reason can say which of the two it was.
    """
    year = school_year(as_of)
    own = windows if age is None else narrowed(windows, age)
    spell = carried_spell(rule, years, calendar, year, windows=own).sessions
    total = 0
    lines = []
    for at in calendar.sessions(year_start(year), year_end(year)):
        code = code_at(years, at)
        apart = _set_apart(at.date, as_of, windows, age)
        effect = Effect.SKIPPED if apart or code is None else rule.effect(code)
        reason = apart or _reason(rule, code, effect, spell)
        if effect is Effect.ADDS:
            spell, total = spell + 1, total + 1
        elif effect is Effect.BREAKS:
            spell = 0
        lines.append(Explained(at, code, effect, reason, spell / 2, total / 2))
    return lines


def days_in_words(sessions: int) -> str:
    """A number of sessions as days: "half a day", "1 day", "3.5 days"."""
    if sessions == 1:
        return "half a day"
    return "1 day" if sessions == 2 else f"{sessions / 2:g} days"


def _set_apart(on: date, as_of: date, windows: Windows, age: Window | None) -> str:
    """Why a session is not looked at, whatever its mark; empty when it is."""
    if not inside(windows, on):
        return "Not on roll: not a session of this pupil"
    if age is not None and not age.holds(on):
        return "Outside compulsory school age: not looked at in this count"
    if on > as_of:
        return f"After {as_of.day} {as_of:%B %Y}: not looked at yet"
    return ""


def _reason(rule: Rule, code: str | None, effect: Effect, spell: int) -> str:
    if code is None or code == NOT_TAKEN:
        what = "No mark" if code is None else "Register not taken"
    else:
        what = f"{CODES[code].meaning} ({code})"
    if effect is Effect.ADDS:
        return f"{what}: counts half a day"
    if effect is Effect.SKIPPED:
        does = "neither counts nor ends the spell" if spell else "does not count"
        return f"{what}: {does}" + (", as this school has set" if code in rule.passes else "")
    if not spell:
        return f"{what}: does not count"
    other = (
        ""
        if code is None or CODES[code].category in ATTENDING or code == "D"
        else "an absence of another kind, "
    )
    return f"{what}: {other}ends the spell of {days_in_words(spell)}"
