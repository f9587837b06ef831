"""A pupil's times on roll, and what a file's admission and leaving dates make of them.

Nothing is guessed: dates that do not fit what is held are a problem for a person, in words.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple


class Time(NamedTuple):
    """One time on roll, both days included. `id` is that of the held record, None for a time that is new."""

    first: date
    last: date | None = None
    id: int | None = None


class Dates(NamedTuple):
    """An admission and a leaving date as a file gives them together; None where it says nothing."""

    joined: date | None = None
    left: date | None = None


class Misfit(Exception):
    """The dates of the file do not fit the times on roll that are held; says why, naming nobody."""

    def __init__(self, reason: str, *, leaving: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.leaving = leaving  # whether it is the leaving date to look at, not the admission date


def on_roll(times: Iterable[Time], on: date) -> bool:
    """Whether a day lies in any of the times; with none known, a pupil is on roll."""
    known = list(times)
    return not known or any(time.first <= on and (time.last is None or on <= time.last) for time in known)


def planned(
    held: Sequence[Time], given: Iterable[Dates], *, leavers_named: bool, marked_from: date | None = None
) -> tuple[Time, ...]:
    """The times on roll as they would be after the file. Raises Misfit.

    `leavers_named`: the file has a leaving date column, so that a blank there says "on roll".
    `marked_from`: the first day with a mark; the begin of a time does not move past it.
    """
    times = sorted(held, key=lambda time: time.first)
    for dates in sorted(set(given), key=lambda one: one.joined or date.min):
        if dates.joined and dates.left and dates.left < dates.joined:
            raise Misfit("The leaving date is before the admission date.", leaving=True)
        times = _with(times, dates, leavers_named, marked_from)
    for earlier, later in pairwise(times):
        if earlier.last is None or later.first <= earlier.last:
            raise Misfit("The dates overlap another time on roll.")
    return tuple(times)


def _with(times: list[Time], dates: Dates, leavers_named: bool, marked_from: date | None) -> list[Time]:
    if not times:
        return _first(dates)
    if dates.joined is None:
        return _ended(times, dates.left, leavers_named)
    if any(time.first == dates.joined for time in times):
        return _same_start(times, dates.joined, dates.left, leavers_named)
    return _other_start(times, dates.joined, dates.left, leavers_named, marked_from)


def _first(dates: Dates) -> list[Time]:
    if dates.joined:
        return [Time(dates.joined, dates.left)]
    if dates.left:
        raise Misfit("There is a leaving date, but no admission date is known.")
    return []


def _ended(times: list[Time], left: date | None, leavers_named: bool) -> list[Time]:
    """The file says nothing of when the pupil joined."""
    last = times[-1]
    if left is None:
        if last.last is not None and leavers_named:
            raise Misfit(
                f"Here the pupil left on {_words(last.last)}, and the file does not say when they came back."
            )
        return times
    if left < last.first:
        raise Misfit("The leaving date is before the admission date that is held.", leaving=True)
    return [*times[:-1], last._replace(last=left)]


def _same_start(times: list[Time], joined: date, left: date | None, leavers_named: bool) -> list[Time]:
    """The file speaks of a time that is held. Many systems give the first admission of a child who came back."""
    last = times[-1]
    if left is None:
        return [*times[:-1], last._replace(last=None)] if leavers_named else times
    speaks_of = next(time for time in times if time.first == joined)
    if left == speaks_of.last:
        return times
    if left < last.first:
        place = times.index(speaks_of)
        return [*times[:place], speaks_of._replace(last=left), *times[place + 1 :]]
    return [*times[:-1], last._replace(last=left)]


def _other_start(
    times: list[Time], joined: date, left: date | None, leavers_named: bool, marked_from: date | None
) -> list[Time]:
    """The file gives an admission date that no held time begins with: the pupil came back, or a date was corrected."""
    last = times[-1]
    if last.last is not None and joined > last.last:
        return [*times, Time(joined, left)]
    if joined < last.first:
        if len(times) > 1:
            raise Misfit("The admission date fits none of the times on roll that are held.")
    elif marked_from is not None and marked_from < joined:
        raise Misfit(
            f"The pupil has been on roll here since {_words(last.first)}, with marks before this admission date. "
            "If they left and came back, the file must give both times, or the leaving date first."
        )
    elif last.last is not None:
        raise Misfit(f"The admission date lies in a time on roll that ended on {_words(last.last)}.")
    ends = left if left or leavers_named else last.last
    return [*times[:-1], Time(joined, ends, last.id)]


def _words(on: date) -> str:
    return f"{on.day} {on:%B} {on.year}"
