"""The register year of one pupil as a picture and as tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from onroll.domain.register.codes import ABSENT, ATTENDING, CODES
from onroll.domain.schoolcalendar import SessionAt
from onroll.pages.pictures.days import cell
from onroll.pages.pictures.year import Day, YearPicture, year_picture
from onroll.pages.wording import long_date
from onroll.queries.pupil import ExplainedSession, PupilPage
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
    reached = {one for one in (_reached(page),) if one}
    days = {day.on: _day(day, reached, page.year) for day in page.days}
    return year_picture(days, label=f"Register year {page.year} to {page.year + 1}")


def _reached(page: PupilPage) -> SessionAt | None:
    if page.health is None:
        return None
    return min(filter(None, (page.health.reached_consecutive, page.health.reached_cumulative)), default=None)


def _day(day: MarkedDay, reached: set[SessionAt], year: int) -> Day:
    cells = {
        name: cell(marked, reached=any((at.date, at.session) == (day.on, name.upper()) for at in reached))
        for name, marked in (("am", day.am), ("pm", day.pm))
    }
    told = any(marked and marked.code not in ("", "/", "\\") for marked in (day.am, day.pm))
    label = f"{long_date(day.on)}: morning {_said(day.am)}, afternoon {_said(day.pm)}"
    return Day(
        day.on, cells["am"], cells["pm"], href=f"sessions/?year={year}#d{day.on}" if told else "", label=label
    )


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
        kinds = [_kind(marked) for day in days for marked in (day.am, day.pm) if marked]
        if all(kind == "" for kind in kinds):
            continue
        name = f"{date(year, month, 1):%B %Y}"
        figures = (kinds.count(kind) / 2 for kind in ("counted", "absent", "present", "other"))
        rows.append(MonthRow(name, *figures))
    return rows


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


def explained_by_month(page: PupilPage) -> list[tuple[str, list[tuple[date, list[ExplainedSession]]]]]:
    """Explained sessions up to as-of, grouped by month and day."""
    months = []
    seen: Iterable[ExplainedSession] = (
        line for line in page.sessions if page.as_of and line.health.at.date <= page.as_of
    )
    for (year, month), lines in groupby(
        seen, key=lambda line: (line.health.at.date.year, line.health.at.date.month)
    ):
        days = [(on, list(both)) for on, both in groupby(lines, key=lambda line: line.health.at.date)]
        months.append((f"{date(year, month, 1):%B %Y}", days))
    return months
