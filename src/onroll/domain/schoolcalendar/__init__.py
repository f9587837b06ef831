"""School days, sessions, terms and years. A session exists on a weekday inside a term that nothing closes."""

from onroll.domain.schoolcalendar.calendar import SchoolCalendar
from onroll.domain.schoolcalendar.closed import Closed, closed_days
from onroll.domain.schoolcalendar.entries import CLOSING, CalendarEntry, Kind, Layer
from onroll.domain.schoolcalendar.grid import (
    GRID_LENGTH,
    Session,
    SessionAt,
    grid_position,
    school_year,
    session_at,
    year_end,
    year_start,
)

__all__ = [
    "CLOSING",
    "GRID_LENGTH",
    "CalendarEntry",
    "Closed",
    "Kind",
    "Layer",
    "SchoolCalendar",
    "Session",
    "SessionAt",
    "closed_days",
    "grid_position",
    "school_year",
    "session_at",
    "year_end",
    "year_start",
]
