"""Oversight: how the school keeps its duties to every child with a case, in numbers that open their lists."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.domain.permissions import Permission
from onroll.pages.oversight.words import COLUMNS, band_words, cells, duties_href
from onroll.pages.pictures.trend import Trend
from onroll.pages.requests import OnrollRequest
from onroll.pages.today.lines import line
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.queries.oversight import BANDS, Board, board
from onroll.queries.sweeps import SWEEP_OLD


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of numbers."""

    heading: str
    under: str
    cells: list[tuple[str, int, str]]  # column, number, address of its list
    href: str = ""


@require_safe
def show(request: OnrollRequest, urn: int) -> HttpResponse:
    """The board."""
    school = doors.school(request.actor, urn, Permission.OVERSIGHT_SEE)
    on, at = timezone.localdate(), timezone.now()
    page = board(request.actor, school, on=on, at=at)
    context = {
        "school": school,
        "page": page,
        "today": on,
        "sweep_is_old": page.swept_at is not None and at - page.swept_at > SWEEP_OLD,
        "stats": [
            (page.counts[status], words, duties_href(urn, status=status.value)) for status, words in COLUMNS
        ],
        "columns": [words for _, words in COLUMNS],
        "band_columns": ["Cases", *(band_words(place) for place in range(len(BANDS)))],
        "states": _states(school, page),
        "paragraphs": [
            Row(
                one.paragraph,
                "; ".join(one.titles),
                cells(urn, one.counts, paragraph=f"{one.pack}/{one.paragraph}"),
            )
            for one in page.paragraphs
        ],
        "holders": [
            Row(one.name or "Nobody holds these", "", cells(urn, one.counts, holder=one.user_id or "nobody"))
            for one in page.holders
        ],
        "longest": [line(request.actor, school, one, on, put_off=True) for one in page.longest],
        "trend": Trend(page.trend),
        "may_sign": request.actor.may(Permission.MONITOR_SIGN, school.id),
    }
    return render(request, "oversight/show.html", context)


def _states(school: SchoolSeen, page: Board) -> list[Row]:
    """Open cases by state, and in all, each by how many days the child has missed."""
    here = reverse("oversight:cases", args=[school.urn])
    rows = [
        Row(one.state.words, "", _bands(f"{here}?state={one.state.value}&", one.cases, one.bands))
        for one in page.states
    ]
    return [*rows, Row("All open cases", "", _bands(f"{here}?", page.open_cases, page.bands))]


def _bands(href: str, cases: int, bands: tuple[int, ...]) -> list[tuple[str, int, str]]:
    found = [("Cases", cases, href if cases else "")]
    found += [
        (band_words(place), number, f"{href}days={BANDS[place]}" if number else "")
        for place, number in enumerate(bands)
    ]
    return found
