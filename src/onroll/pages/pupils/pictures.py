"""The register year of one pupil as a picture and as tables."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from onroll.domain.register import Effect, Explained
from onroll.domain.register.codes import ABSENT, ATTENDING, CODES
from onroll.domain.schoolcalendar import Session, SessionAt
from onroll.pages.pictures.days import cell
from onroll.pages.pictures.year import Day, YearPicture, year_picture
from onroll.pages.wording import day_number, long_date, short_date
from onroll.queries.explained import ExplainedYear
from onroll.queries.pupil import PupilPage
from onroll.queries.sessions import Marked, MarkedDay


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of the text table beside the picture, in days."""

    name: str
    counted: float
    absent: float
    present: float
    other: float


@dataclass(frozen=True, slots=True)
class CodeRow:
    """What one code adds to the health count."""

    code: str
    meaning: str
    days: float
    note: str


def register_year(page: PupilPage) -> YearPicture:
    """The picture; a day with something to say links to its explanation."""
    reached = _reached(page)
    days = {day.on: _day(day, reached, page.year) for day in page.days}
    return year_picture(days, label=f"Register year {page.year} to {page.year + 1}")


def _reached(page: PupilPage) -> SessionAt | None:
    if page.health is None:
        return None
    return min(filter(None, (page.health.reached_consecutive, page.health.reached_cumulative)), default=None)


def _day(day: MarkedDay, reached: SessionAt | None, year: int) -> Day:
    on, am, pm = day
    am_cell = cell(am, reached=reached == (on, Session.AM))
    pm_cell = cell(pm, reached=reached == (on, Session.PM))
    if _is_plain(am) and _is_plain(pm):
        return Day(on, am_cell, pm_cell)
    label = f"{long_date(on)}: morning {_said(am)}, afternoon {_said(pm)}"
    return Day(on, am_cell, pm_cell, href=f"sessions/?year={year}#{_anchor(on)}", label=label)


def _is_plain(marked: Marked | None) -> bool:
    """Whether there is nothing to say of a session: present, no mark, or none at all."""
    return marked is None or marked.code in ("", "/", "\\")


def _said(marked: Marked | None) -> str:
    if marked is None:
        return "no session"
    if marked.code == "":
        return "no mark"
    if marked.code == "-":
        return "register not taken"
    return f"{CODES[marked.code].meaning}{', counted' if marked.counts else ''}"


def by_month(page: PupilPage) -> list[MonthRow]:
    """The same year as figures, month by month, for those who do not look at pictures."""
    rows = []
    for (year, month), days in groupby(page.days, key=lambda day: (day.on.year, day.on.month)):
        kinds = Counter(_kind(marked) for day in days for marked in (day.am, day.pm) if marked)
        del kinds[""]
        if kinds:
            name = f"{date(year, month, 1):%B %Y}"
            figures = (kinds[kind] / 2 for kind in ("counted", "absent", "present", "other"))
            rows.append(MonthRow(name, *figures))
    return rows


@lru_cache(maxsize=256)
def _kind(marked: Marked) -> str:
    if marked.code == "":
        return ""
    if marked.counts:
        return "counted"
    if marked.code == "-":
        return "other"
    category = CODES[marked.code].category
    if category in ATTENDING:
        return "present"
    return "absent" if category in ABSENT else "other"


def code_rows(page: PupilPage) -> list[CodeRow]:
    """The health count by code."""
    return [
        CodeRow(code, CODES[code].meaning, days, "plan not recorded" if code == "C2" else "")
        for code, days in page.breakdown.items()
    ]


class SessionLine(NamedTuple):
    """One line of the explanation. `anchor` is the id of the first line of a day, else empty."""

    anchor: str
    counts: bool
    session: str
    reason: str
    running: str
    total: str


def explained_by_month(page: ExplainedYear) -> list[tuple[str, list[SessionLine]]]:
    """The explained sessions up to as-of, month by month."""
    as_of = page.as_of or date.min
    past = (line for line in page.health if line.at.date <= as_of)
    months = groupby(past, key=lambda line: (line.at.date.year, line.at.date.month))
    return [(f"{date(year, month, 1):%B %Y}", list(_lines(lines))) for (year, month), lines in months]


def _lines(explained: Iterable[Explained]) -> Iterator[SessionLine]:
    for on, sessions in groupby(explained, key=lambda line: line.at.date):
        anchor, day = _anchor(on), short_date(on)
        for line in sessions:
            running, total = day_number(line.spell_days), day_number(line.total_days)
            counts = line.effect is Effect.ADDS
            yield SessionLine(anchor, counts, f"{day} {line.at.session}", line.reason, running, total)
            anchor = ""


def _anchor(on: date) -> str:
    """The id of a day's first line: short, since a school year has 190 of them."""
    return f"d{on:%m%d}"
