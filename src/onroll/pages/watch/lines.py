"""The lines of Watch as its template shows them: words made here, so that 25 lines cost little to draw."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.urls import reverse

from onroll.pages.pictures.days import strip_days
from onroll.pages.pictures.year import Day
from onroll.pages.wording import short_date
from onroll.queries.watch import WatchRow


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


def lines(rows: Iterable[WatchRow], urn: int) -> list[Line]:
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
        )
        for row in rows
    ]
