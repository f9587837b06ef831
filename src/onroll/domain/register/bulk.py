"""Count many pupils at once: the answers of `count`, for an authority in about half a second.

A thousand pupils' marks are joined to one byte string, and what is done to it is done in C. Most pupils are
settled by `split` and `count` on a short string. Only where something is running, reached or carried in
from the year before is the pupil counted on their own, with exact sessions.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from onroll.domain.register.codes import NO_MARK
from onroll.domain.register.counters import THRESHOLD_DAYS, Count, count_on, sessions_in
from onroll.domain.register.ground import (
    ADD,
    BREAK,
    OPEN,
    SKIP,
    UNMARKED,
    Ground,
    check_length,
    effects_table,
)
from onroll.domain.register.rules import Rule
from onroll.domain.register.windows import Windows, clipped
from onroll.domain.schoolcalendar import SchoolCalendar

_BATCH = 1000
_FEW = 4
_END = b"\n"


class Register(NamedTuple):
    """One pupil's stored marks by school year, and the periods in which the sessions are theirs."""

    years: Mapping[int, str]
    windows: Windows = None


def count_many(
    rule: Rule,
    registers: Iterable[Register],
    calendar: SchoolCalendar,
    as_of: date,
    threshold: float = THRESHOLD_DAYS,
) -> list[Count]:
    """`count` for every register of one calendar, in their order. Equal answers may be one shared object.

    Pupils with the same sessions are counted together, so give all pupils of a calendar in one call.
    Raises ValueError as `count` does, and for marks that do not fill the grid of a school year.
    """
    need, table = sessions_in(threshold), effects_table(rule)
    pupils = list(registers)
    answers: list[Count | None] = [None] * len(pupils)
    for windows, members in _by_sessions(pupils, calendar).items():
        ground = Ground(calendar, windows, as_of)
        for start in range(0, len(members), _BATCH):
            batch = members[start : start + _BATCH]
            counts = _count_batch(ground, table, [pupils[index].years for index in batch], need)
            for index, found in zip(batch, counts, strict=True):
                answers[index] = found
    return [found for found in answers if found is not None]


def _by_sessions(pupils: Sequence[Register], calendar: SchoolCalendar) -> dict[Windows, list[int]]:
    """The places of the pupils in the list, grouped by their periods as far as the calendar reaches."""
    if calendar.first_on is None or calendar.last_on is None:
        return {None: list(range(len(pupils)))}
    groups: dict[Windows, list[int]] = {}
    known: dict[Windows, list[int]] = {}
    for index, pupil in enumerate(pupils):
        group = known.get(pupil.windows)
        if group is None:
            periods = clipped(pupil.windows, calendar.first_on, calendar.last_on)
            group = known[pupil.windows] = groups.setdefault(periods, [])
        group.append(index)
    return groups


def _count_batch(
    ground: Ground, table: bytes, registers: Sequence[Mapping[int, str]], need: int
) -> list[Count]:
    if len(registers) < _FEW or ground.first_place < 0:
        return [count_on(ground, table, years, need) for years in registers]
    lines = _lines(ground, table, [years.get(ground.year, UNMARKED) for years in registers])
    quiet: dict[tuple[int, int], Count] = {}
    counts = []
    for years, line, carries in zip(registers, lines, _may_carry(ground, table, registers), strict=True):
        total = line.count(ADD)
        if carries or total >= need or line.endswith(ADD):
            counts.append(count_on(ground, table, years, need))
            continue
        longest = len(max(line.split())) if total else 0
        found = quiet.get((total, longest))
        if found is None:
            found = quiet[total, longest] = Count(total / 2, 0.0, longest / 2)
        counts.append(found)
    return counts


def _lines(ground: Ground, table: bytes, marks: Sequence[str]) -> list[bytes]:
    """For each pupil the ADD and BREAK of their sessions up to as-of, in order and with nothing between."""
    for held in marks:
        check_length(held)
    places = ground.places
    sheet = bytearray("\n".join([*(held[:places] for held in marks), ""]).encode("ascii"))
    # One slice with a stride blanks one place of all pupils: the mask costs no more than the sessions it hides.
    blank = NO_MARK.encode() * len(marks)
    mask = ground.mask(ground.year)
    for place in range(places):
        if mask[place] != OPEN:
            sheet[place :: places + 1] = blank
    return bytes(sheet).translate(*_squeezing(table)).split(_END)[:-1]


@lru_cache(maxsize=64)
def _squeezing(table: bytes) -> tuple[bytes, bytes]:
    """The arguments of `translate` that keep ADD, BREAK and the ends of lines, and drop the rest."""
    kept = bytearray(table)
    kept[_END[0]] = _END[0]
    return bytes(kept), bytes(char for char in range(256) if kept[char] == SKIP[0])


def _may_carry(ground: Ground, table: bytes, registers: Sequence[Mapping[int, str]]) -> list[bool]:
    """Whether a spell may run in from earlier years: nearly always the last session of last year says no."""
    last_year = ground.year - 1
    last_place = ground.mask(last_year).rfind(OPEN)
    found = []
    for years in registers:
        marks = years.get(last_year)
        if marks is not None and last_place >= 0 and table[ord(marks[last_place])] == BREAK[0]:
            found.append(False)
        else:
            found.append(min(years, default=ground.year) < ground.year)
    return found
