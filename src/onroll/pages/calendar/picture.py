"""The school year as a picture: what kind of day each date is."""

from datetime import date, timedelta

from onroll.domain.schoolcalendar import Kind, Session, year_end, year_start
from onroll.pages.calendar.words import anchor, year_name
from onroll.pages.pictures.looks import Look
from onroll.pages.pictures.year import NO_SESSION, Cell, Day, YearPicture, year_picture
from onroll.pages.wording import long_date
from onroll.queries.calendar_pages import CalendarYear

_LOOKS = {
    Kind.TERM: Look.TERM,
    Kind.AM_ONLY: Look.TERM,
    Kind.HOLIDAY: Look.HOLIDAY,
    Kind.BANK_HOLIDAY: Look.BANK_HOLIDAY,
    Kind.INSET: Look.INSET,
    Kind.CLOSURE: Look.CLOSURE,
}
# Days that somebody may ask about; each is a stop for the keyboard, so holidays are none.
_LINKED = frozenset({Kind.INSET, Kind.CLOSURE, Kind.AM_ONLY})


def calendar_picture(page: CalendarYear) -> YearPicture:
    """The months of a school year from its first entry to its last."""
    days = {}
    on = year_start(page.year)
    while on <= year_end(page.year):
        kind = page.calendar.kind_on(on)
        if kind is not None:
            days[on] = _day(page, on, kind)
        on += timedelta(days=1)
    return year_picture(days, label=f"School calendar {year_name(page.year)}")


def _day(page: CalendarYear, on: date, kind: Kind) -> Day:
    cell = Cell(_LOOKS[kind])
    afternoon = NO_SESSION if kind is Kind.AM_ONLY else cell
    if kind not in _LINKED:
        return Day(on, cell, afternoon)
    why = page.calendar.why(on, Session.PM)
    return Day(on, cell, afternoon, href=_href(page, on, kind), label=f"{long_date(on)}: {why}")


def _href(page: CalendarYear, on: date, kind: Kind) -> str:
    """The row of the entry that made the day what it is: of its kind, the most specific, then the shortest."""
    rows = [
        row
        for row in page.entries
        if row.entry.kind is kind
        and row.entry.first <= on <= row.entry.last
        and row.year_group_id in (None, page.group_id)
    ]
    if not rows:
        return ""
    best = max(rows, key=lambda row: (row.entry.layer, row.entry.first - row.entry.last))
    return f"#{anchor(best)}"
