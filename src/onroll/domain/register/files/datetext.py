"""Read dates and sessions as schools write them. What could mean two things is not read."""

import re
from datetime import date
from typing import NamedTuple

from onroll.domain.schoolcalendar import Session

FIRST_YEAR, LAST_YEAR = 1990, 2099
"""A register has no dates outside these calendar years; such a date is a slip of the pen."""

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december", "sept"),
)
_DATE = re.compile(
    r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s*)?"
    r"(?:(?P<y>\d{4})(?P<s1>[-/.])(?P<m>\d{1,2})(?P=s1)(?P<d>\d{1,2})"
    r"|(?P<day>\d{1,2})(?P<s2>[-/. ])(?P<month>\d{1,2})(?P=s2)(?P<year>\d{4}|\d{2})"
    r"|(?P<nth>\d{1,2})(?:st|nd|rd|th)?[- ](?P<name>[a-z]{3,9})\.?,?[- ](?P<in_year>\d{4}|\d{2}))"
    r"(?:(?:t|\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?",
    re.IGNORECASE | re.ASCII,
)
_DATE_LIKE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}(?:st|nd|rd|th)?[- ][a-z]{3,9}[- ]\d{2,4}",
    re.IGNORECASE | re.ASCII,
)
_SUM_OF_DAYS = re.compile(r"%|\b(?:totals?|possible|attended|percent\w*|printed|report\w*)\b", re.IGNORECASE)
_CENTURY = 2000
_SHORT_YEAR = 2

_SESSIONS = {
    "am": Session.AM,
    "a.m.": Session.AM,
    "morning": Session.AM,
    "1": Session.AM,
    "pm": Session.PM,
    "p.m.": Session.PM,
    "afternoon": Session.PM,
    "2": Session.PM,
}
_WORD = r"am|pm|a\.m\.|p\.m\.|morning|afternoon"
_SESSION_LAST = re.compile(
    rf"(?P<date>.*?)(?:[\s_:,(\[-]*(?P<word>{_WORD})|\s+(?P<number>[12]))[)\]]?", re.IGNORECASE | re.ASCII
)
_SESSION_FIRST = re.compile(rf"(?P<word>{_WORD})[\s_:,-]*(?P<date>.*)", re.IGNORECASE | re.ASCII)


class DayHeading(NamedTuple):
    """What the heading of a column of marks says: a date, and a session unless it holds both."""

    date: date
    session: Session | None


def read_date(text: str) -> date | None:
    """The date that a cell holds; None when it holds none, or one that does not exist.

    Day before month, or ISO; two or four digits of the year; the month may be a name. A time of day is
    passed over unless it names a time zone: midnight in one is the evening before in another. A weekday
    before the date must be the right one.
    """
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    try:
        on = _date(found)
    except ValueError:
        return None
    weekday = found["weekday"]
    if weekday and _WEEKDAYS[on.weekday()] != weekday.lower():
        return None
    return on


def read_session_date(text: str) -> date | None:
    """`read_date`, and None for a date that no register can hold."""
    on = read_date(text)
    return on if on and FIRST_YEAR <= on.year <= LAST_YEAR else None


def read_session(text: str) -> Session | None:
    """AM or PM from a cell: "AM", "p.m.", "Morning", "1" for the first session of the day, "2" for the second."""
    return _SESSIONS.get(text.strip().lower())


def read_day_heading(text: str) -> DayHeading | None:
    """What a column heading such as "07/09/2026 AM" or "Mon 07/09/2026" says; None when it is no such heading."""
    text = " ".join(text.split())
    on = read_session_date(text)
    if on:
        return DayHeading(on, None)
    for pattern in (_SESSION_LAST, _SESSION_FIRST):
        found = pattern.fullmatch(text)
        on = read_session_date(found["date"].strip(" ,:_-")) if found else None
        if found and on:
            word = found["word"] or found["number"]
            return DayHeading(on, _SESSIONS[word.lower()])
    return None


def looks_like_a_date(text: str) -> bool:
    """Whether a heading was meant as one day, even when it cannot be read as one. A period of two dates is not."""
    return len(_DATE_LIKE.findall(text)) == 1 and not _SUM_OF_DAYS.search(text)


def _date(found: re.Match[str]) -> date:
    """Raises ValueError for a day that is not in the calendar."""
    if found["y"]:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    if found["name"]:
        return date(_year(found["in_year"]), _month(found["name"].lower()), int(found["nth"]))
    return date(_year(found["year"]), int(found["month"]), int(found["day"]))


def _year(digits: str) -> int:
    return int(digits) + (_CENTURY if len(digits) == _SHORT_YEAR else 0)


def _month(name: str) -> int:
    if name not in _MONTHS and name not in _MONTH_NAMES:
        raise ValueError("no month has this name")
    return _MONTHS.index(name[:3]) + 1
