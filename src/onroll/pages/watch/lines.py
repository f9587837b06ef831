"""The lines of Watch as its template shows them: words made here, so that 25 lines cost little to draw."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.urls import reverse

from onroll.pages.pictures.days import strip_days
from onroll.pages.pictures.year import Day
from onroll.pages.wording import short_date
from onroll.queries.watch import WatchRow

_CASES = "../cases/"  # seen from Watch: thirty whole addresses are a kilobyte


class Line(NamedTuple):
    """One pupil. Days are school days; the words are empty where there is nothing to say."""

    href: str
    name: str
    groups: str
    health: float
    away_since: str
    sickness: float
    reached_on: str
    forecast_on: str
    days: Sequence[Day]
    case_href: str  # the open case, or the form that opens one; empty where neither is the reader's
    case_words: str


def lines(rows: Iterable[WatchRow], urn: int, *, may_open: bool) -> list[Line]:
    """The lines of these pupils of one school."""
    pupils = reverse("pupils:search", args=[urn])  # a pupil's address is this and their number
    return [
        Line(
            href=f"{pupils}{row.pupil_id}/",
            name=row.name,
            groups=", ".join(filter(None, (row.year_group, row.tutor_group))),
            health=row.health.near_days,
            away_since=short_date(row.health.spell_since),
            sickness=row.statutory.near_days,
            reached_on=short_date(row.reached_on),
            forecast_on=short_date(row.forecast_on),
            days=strip_days(row.last_days),
            case_href=(
                f"{_CASES}{row.case_id}/"
                if row.case_id
                else f"{_CASES}open/{row.pupil_id}/"
                if may_open
                else ""
            ),
            case_words=row.case_state.words if row.case_state else "Open a case",
        )
        for row in rows
    ]
