"""A pupil's sessions as pages show them: day by day, with what each counts as."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from onroll.domain.register import CODE_OF_CHAR, NO_MARK, Rule
from onroll.domain.schoolcalendar import SchoolCalendar, Session, grid_position, school_year


@dataclass(frozen=True, slots=True)
class Marked:
    """One session: its national code ("" where no mark is held, "-" where the register was not taken)."""

    code: str
    counts: bool


@dataclass(frozen=True, slots=True)
class MarkedDay:
    """One school day; a half that is no session is None."""

    on: date
    am: Marked | None
    pm: Marked | None


def last_days(
    years: Mapping[int, str], calendar: SchoolCalendar, as_of: date, how_many: int, rule: Rule
) -> tuple[MarkedDay, ...]:
    """The last school days up to a date, oldest first."""
    return tuple(marked_day(years, calendar, on, rule) for on in calendar.last_school_days(as_of, how_many))


def marked_day(years: Mapping[int, str], calendar: SchoolCalendar, on: date, rule: Rule) -> MarkedDay:
    """What is held for one day."""
    return MarkedDay(on, *(_marked(years, calendar, on, session, rule) for session in Session))


def _marked(
    years: Mapping[int, str], calendar: SchoolCalendar, on: date, session: Session, rule: Rule
) -> Marked | None:
    if not calendar.is_session(on, session):
        return None
    marks = years.get(school_year(on))
    char = marks[grid_position(on, session)] if marks else NO_MARK
    code = "" if char == NO_MARK else CODE_OF_CHAR.get(char, char)
    return Marked(code, code in rule.adds)
