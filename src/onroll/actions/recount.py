"""Count registers again and keep what they add up to. The one writer of Summary.

There is no incremental count: a changed pupil is counted whole, which costs microseconds and cannot drift.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db.models import F, Func, Max, Value
from django.db.models.functions import Length

from onroll.actions.change import change
from onroll.actions.figures import Figures, figures
from onroll.domain.register import NO_MARK, count_many
from onroll.domain.schoolcalendar import SchoolCalendar, school_year, session_at
from onroll.queries.calendars import calendars_of
from onroll.queries.counting import Held, Way, held, rows_of, way_of
from onroll.records.attendance.models import RegisterYear, Summary
from onroll.records.base import need_pen
from onroll.records.pupils.models import Pupil
from onroll.records.schools.models import School

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Move:
    """One pupil whose count, running spell or threshold is not what it was.

    Sessions; `None` before: there was no count.
    """

    pupil_id: int
    statutory_before: int | None
    statutory: int
    health_before: int | None
    health: int
    statutory_spell_before: int | None
    statutory_spell: int
    health_spell_before: int | None
    health_spell: int
    reached_before: bool
    reached: bool

    @property
    def newly_reached(self) -> bool:
        """Whether the pupil stands at the threshold now and did not before."""
        return self.reached and not self.reached_before


@dataclass(slots=True)
class Moved:
    """What a recount found."""

    counted: int = 0
    written: int = 0
    moves: list[Move] = field(default_factory=list)
    forecasts: int = 0  # pupils of whom nothing but the forecast date moved

    @property
    def newly_reached(self) -> int:
        """How many pupils stand at the threshold now and did not before."""
        return sum(move.newly_reached for move in self.moves)

    def as_detail(self) -> dict[str, int]:
        """What the ledger says of it."""
        return {"counted": self.counted, "moved": len(self.moves), "newly_reached": self.newly_reached}


# How far a register is marked: its length without the places at its end that hold no mark.
_MARKED = Length(Func(F("marks"), Value(NO_MARK), function="RTRIM"))


def recount_school(school_id: int, *, pupil_ids: Iterable[int] | None = None) -> Moved:
    """Count a school's pupils (or some of them) as at its last date with marks; write only what changed.

    Call inside a `change()`. When the school's last date with marks moves, everybody is counted, since a
    running spell's forecast moves with it. A fixed number of queries per thousand pupils.
    """
    need_pen("Summary")
    school = School.objects.select_for_update(no_key=True).get(pk=school_id)
    held_to = marked_to(school_id)
    if held_to is None:
        return _nothing_held(school)
    as_of = held_to[0]
    if as_of != school.marks_to:
        pupil_ids = None
    if held_to != (school.marks_to, school.mostly_to):
        school.marks_to, school.mostly_to = held_to
        school.save(update_fields=["marks_to", "mostly_to"])
    way, calendars, moved = way_of(school), calendars_of(school_id), Moved()
    pupils = Pupil.objects.filter(school_id=school_id).order_by("pk")
    all_of = school_id if pupil_ids is None else None
    if pupil_ids is not None:
        pupils = pupils.filter(pk__in=list(pupil_ids))
    rows = pupils.values_list("pk", "born_on", "year_group_id").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        year = school_year(as_of)
        facts = held({pk: (born_on, group) for pk, born_on, group in batch}, up_to_year=year, all_of=all_of)
        kept = Summary.objects.filter(rows_of(list(facts), all_of), year=year)
        before = {row[0]: row[1:] for row in kept.values_list("pupil_id", *Figures._fields)}
        fresh = _fresh(facts, before, _figures(facts, way, calendars, as_of), moved)
        _write(school_id, as_of, fresh)
        moved.counted += len(facts)
        moved.written += len(fresh)
    return moved


def marked_to(school_id: int) -> tuple[date, date | None] | None:
    """The last date for which any mark of the school is held, and the last by which half of its pupils have one.

    The half is of the pupils with a register in the school year of the last date. Two queries.
    """
    registers = RegisterYear.objects.filter(school_id=school_id)
    year = registers.aggregate(year=Max("year"))["year"]
    while year is not None:
        lengths = sorted(registers.filter(year=year).values_list(_MARKED, flat=True))
        if last := lengths[-1]:
            middle = lengths[len(lengths) // 2]
            return session_at(year, last - 1).date, session_at(year, middle - 1).date if middle else None
        year = registers.filter(year__lt=year).aggregate(year=Max("year"))["year"]
    return None


def _nothing_held(school: School) -> Moved:
    if school.marks_to is not None:
        school.marks_to = school.mostly_to = None
        school.save(update_fields=["marks_to", "mostly_to"])
        Summary.objects.filter(school=school).delete()
    return Moved()


def _figures(
    facts: Mapping[int, Held], way: Way, calendars: Mapping[int | None, SchoolCalendar], as_of: date
) -> Iterator[tuple[int, Figures]]:
    """Both counts of every pupil, calendar by calendar."""
    by_calendar: dict[int | None, list[int]] = {}
    for pupil_id, one in facts.items():
        group = one.year_group_id if one.year_group_id in calendars else None
        by_calendar.setdefault(group, []).append(pupil_id)
    for group, ids in by_calendar.items():
        calendar, several = calendars[group], [facts[one] for one in ids]
        for_statutory, for_health = (
            [one.for_statutory for one in several],
            [one.for_health for one in several],
        )
        statutory = count_many(way.statutory, for_statutory, calendar, as_of, way.threshold)
        health = count_many(way.health, for_health, calendar, as_of, way.threshold)
        for pupil_id, s, h in zip(ids, statutory, health, strict=True):
            yield pupil_id, figures(s, h, way.threshold)


def _fresh(
    facts: Mapping[int, Held],
    before: Mapping[int, tuple[Any, ...]],
    after: Iterable[tuple[int, Figures]],
    moved: Moved,
) -> dict[int, Figures]:
    """The pupils whose figures are not what is kept; what moved is noted. A pupil without any register has none."""
    fresh = {}
    for pupil_id, new in after:
        old = before.get(pupil_id)
        if old != new and (old is not None or facts[pupil_id].years):
            fresh[pupil_id] = new
            _note_move(moved, pupil_id, None if old is None else Figures(*old), new)
    return fresh


def _write(school_id: int, as_of: date, fresh: Mapping[int, Figures]) -> None:
    # as_of is not compared: it would rewrite every row every day. It says when the figures last moved.
    of = {"school_id": school_id, "year": school_year(as_of), "as_of": as_of}
    Summary.objects.bulk_create(
        [Summary(pupil_id=pupil_id, **of, **new._asdict()) for pupil_id, new in fresh.items()],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["pupil", "year"],
        update_fields=[*Figures._fields, "as_of"],
    )


def _note_move(moved: Moved, pupil_id: int, old: Figures | None, new: Figures) -> None:
    before = old.standing if old else (0, 0, 0, 0, False)
    if before != new.standing:
        moved.moves.append(
            Move(
                pupil_id=pupil_id,
                statutory_before=old.s_sessions if old else None,
                statutory=new.s_sessions,
                health_before=old.h_sessions if old else None,
                health=new.h_sessions,
                statutory_spell_before=old.s_spell if old else None,
                statutory_spell=new.s_spell,
                health_spell_before=old.h_spell if old else None,
                health_spell=new.h_spell,
                reached_before=old is not None and old.reached,
                reached=new.reached,
            )
        )
    elif old and (old.s_forecast_on, old.h_forecast_on) != (new.s_forecast_on, new.h_forecast_on):
        moved.forecasts += 1


def recount_every_school(*, at: datetime, urn: int | None = None) -> Iterator[Moved]:
    """Recount school by school, each in a change of its own; a school where nothing moved leaves no ledger row."""
    schools = School.objects.order_by("pk")
    if urn is not None:
        schools = schools.filter(urn=urn)
    for school_id in list(schools.values_list("pk", flat=True)):
        with change(None, "recounted", at, school_id=school_id) as entry:
            moved = recount_school(school_id)
            entry.subject, entry.detail = f"school:{school_id}", moved.as_detail()
            entry.nothing_changed = not moved.written
        yield moved
