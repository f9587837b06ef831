"""Marks of a school that somebody must look at, worked out from the registers as they are held."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from onroll.domain.names import shown_name
from onroll.domain.permissions import Permission
from onroll.domain.register import old_unexplained, stray_marks
from onroll.domain.register.comparison import marked
from onroll.domain.register.masks import on_roll_mask, until_mask
from onroll.domain.register.missing_marks import MissingMarks, is_missing
from onroll.domain.register.windows import Windows
from onroll.domain.schoolcalendar import SchoolCalendar, SessionAt, grid_position, school_year, session_at
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.calendars import calendars_of
from onroll.queries.counting import on_roll
from onroll.queries.doors import SchoolSeen
from onroll.queries.imports.facts import periods_on_roll
from onroll.records.attendance.models import RegisterYear

NAMED = 3  # so many pupils without a mark are named; of more, the number is said


@dataclass(frozen=True, slots=True)
class Held:
    """One pupil's register of the year that is looked at."""

    pupil_id: int
    name: str
    year_group: str
    tutor_group: str
    marks: str | None
    calendar: SchoolCalendar
    windows: Windows


@dataclass(frozen=True, slots=True)
class OldN:
    """A session that is still N after the day by which its reason was due."""

    pupil_id: int
    name: str
    tutor_group: str
    at: SessionAt
    due_on: date


@dataclass(frozen=True, slots=True)
class StrayMark:
    """A mark on a session that the school does not have."""

    pupil_id: int
    name: str
    tutor_group: str
    at: SessionAt
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A session of a tutor group, or of the whole school, with marks missing."""

    at: SessionAt
    tutor_group: str  # "" for the whole school
    missing: int
    expected: int
    pupils: tuple[tuple[int, str], ...] = ()  # who they are, where they are few


@dataclass(frozen=True)
class CodeQueries:
    """The registers of a school year that the reader may see, to be asked about one kind of mark at a time."""

    year: int
    on: date
    marks_to: date | None
    registers: list[Held] = field(repr=False)

    @cached_property
    def old_n(self) -> list[OldN]:
        """N that is older than five school days, the oldest first."""
        found = [
            OldN(one.pupil_id, one.name, one.tutor_group, old.at, old.due_on)
            for one in self.registers
            if one.marks and "N" in one.marks
            for old in old_unexplained({self.year: one.marks}, one.calendar, self.on, windows=one.windows)
        ]
        return sorted(found, key=lambda old: (old.at, old.name, old.pupil_id))

    @cached_property
    def strays(self) -> list[StrayMark]:
        """Marks on sessions that the school does not have, the latest first."""
        found = [
            StrayMark(one.pupil_id, one.name, one.tutor_group, stray.at, stray.code, stray.why)
            for one in self.registers
            if one.marks and _reaches_outside(one.marks, one.calendar.mask(self.year))
            for stray in stray_marks({self.year: one.marks}, one.calendar)
        ]
        return sorted(found, key=lambda stray: (stray.at, stray.name, stray.pupil_id), reverse=True)

    @cached_property
    def not_taken(self) -> list[NotTaken]:
        """Sessions with marks missing up to the last day with any, the latest first."""
        if self.marks_to is None:
            return []
        adding, past = MissingMarks(), _number(until_mask(self.marks_to, self.year))
        for one in self.registers:
            roll = _number(on_roll_mask(one.windows, self.year))
            adding.add(one.tutor_group, one.marks, _number(one.calendar.mask(self.year)) & roll & past)
        return [
            NotTaken(session_at(self.year, place), str(group or ""), missing, expected)
            for place, group, missing, expected in adding.found()
        ]

    def named(self, row: NotTaken) -> NotTaken:
        """The same line with its pupils, where they are few."""
        if row.missing > NAMED or not row.tutor_group:
            return row
        place = grid_position(*row.at)
        return NotTaken(row.at, row.tutor_group, row.missing, row.expected, tuple(self._without(row, place)))

    def _without(self, row: NotTaken, place: int) -> Iterator[tuple[int, str]]:
        for one in self.registers:
            if one.tutor_group != row.tutor_group or not one.calendar.mask(self.year)[place]:
                continue
            here = one.marks is None or is_missing(one.marks[place])
            if here and on_roll_mask(one.windows, self.year)[place]:
                yield one.pupil_id, one.name


def code_queries(actor: Actor, seen: SchoolSeen, *, on: date) -> CodeQueries:
    """The registers to look at: those of the school year of the last marks. Log what is shown. Five queries."""
    year = school_year(seen.marks_to or on)
    return CodeQueries(year, on, seen.marks_to, list(_held(actor, seen, year)))


def old_n_in_all(
    actor: Actor, seen: SchoolSeen, calendars: dict[int | None, SchoolCalendar], *, on: date
) -> int:
    """How many sessions the reader may see that are still N after five school days. Two queries."""
    year = school_year(seen.marks_to or on)
    registers = RegisterYear.objects.filter(school_id=seen.id, year=year, marks__contains="N")
    reach = actor.year_groups(Permission.REGISTER_SEE, seen.id)
    if reach is not None:
        registers = registers.filter(pupil__year_group_id__in=reach)
    rows = list(registers.values_list("pupil_id", "marks", "year_group_id"))
    roll = on_roll([pupil_id for pupil_id, _, _ in rows])
    found = (
        old_unexplained(
            {year: marks}, calendars.get(group) or calendars[None], on, windows=roll.get(pupil_id)
        )
        for pupil_id, marks, group in rows
    )
    return sum(len(list(one)) for one in found)


def looked(actor: Actor, seen: SchoolSeen, page: str, pupil_ids: set[int], *, at: datetime) -> None:
    """Log the look at the pupils that a list showed."""
    doors.looked(actor, seen, page=page, pupil_ids=sorted(pupil_ids), at=at)


def _held(actor: Actor, seen: SchoolSeen, year: int) -> Iterator[Held]:
    calendars, periods = calendars_of(seen.id), periods_on_roll(seen.id)
    registers = {
        pupil_id: (marks, group_id)
        for pupil_id, marks, group_id in RegisterYear.objects.filter(
            school_id=seen.id, year=year
        ).values_list("pupil_id", "marks", "year_group_id")
    }
    pupils = doors.pupils(actor, seen.id, Permission.REGISTER_SEE).values_list(
        "pk", "forename", "surname", "known_as", "year_group_id", "year_group__name", "tutor_group__name"
    )
    for pk, forename, surname, known_as, group_id, group, tutor in pupils:
        marks, group_then = registers.get(pk, (None, None))
        yield Held(
            pupil_id=pk,
            name=shown_name(forename, surname, known_as),
            year_group=group or "",
            tutor_group=tutor or "No tutor group",
            marks=marks,
            calendar=calendars.get(group_then or group_id) or calendars[None],
            windows=periods.get(pk),
        )


def _reaches_outside(marks: str, sessions: bytes) -> bool:
    return bool(_number(marked(marks)) & ~_number(sessions))


def _number(mask: bytes) -> int:
    return int.from_bytes(mask, "little")
