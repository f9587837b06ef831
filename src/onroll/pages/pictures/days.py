"""From the sessions that queries give to the days that pictures draw."""

from collections.abc import Iterable
from functools import lru_cache

from onroll.pages.pictures.looks import look_of
from onroll.pages.pictures.year import NO_SESSION, Cell, Day
from onroll.queries.sessions import Marked, MarkedDay


def strip_days(days: Iterable[MarkedDay]) -> list[Day]:
    """The days of a strip."""
    return [_strip_day(day) for day in days]


# Days and cells are plain values of which a school has few different ones: each is made once.
@lru_cache(maxsize=2048)
def _strip_day(day: MarkedDay) -> Day:
    return Day(day.on, am=cell(day.am), pm=cell(day.pm))


@lru_cache(maxsize=512)
def cell(marked: Marked | None, *, reached: bool = False) -> Cell:
    """One session's cell; None is no session."""
    if marked is None:
        return NO_SESSION
    return Cell(look_of(marked.code, counts=marked.counts), marked.code, reached=reached)
