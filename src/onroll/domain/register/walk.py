"""Go through a pupil's marks one session at a time, in the order of time: slow, plain, and made to be shown."""

from collections.abc import Iterator, Mapping
from datetime import date

from onroll.domain.register.codes import CODE_OF_CHAR, NO_MARK
from onroll.domain.register.windows import Windows, inside
from onroll.domain.schoolcalendar import SchoolCalendar, SessionAt, grid_position, school_year


def code_at(years: Mapping[int, str], at: SessionAt) -> str | None:
    """The code that a pupil's register holds for a session, `-` included; None when there is no mark."""
    marks = years.get(school_year(at.date))
    char = NO_MARK if marks is None else marks[grid_position(at.date, at.session)]
    return CODE_OF_CHAR.get(char)


def coded_sessions(
    years: Mapping[int, str], calendar: SchoolCalendar, first: date, last: date, windows: Windows
) -> Iterator[tuple[SessionAt, str | None]]:
    """The pupil's own sessions from `first` to `last`, both included, each with its code."""
    for at in calendar.sessions(first, last):
        if inside(windows, at.date):
            yield at, code_at(years, at)
