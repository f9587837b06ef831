"""Count registers again and keep what they add up to. The one writer of Summary.

There is no incremental count: a changed pupil is counted whole, which costs microseconds and cannot drift.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from django.db.models import Max

from onroll.actions.change import change
from onroll.domain.register import RULE_VERSION, Count, Register, Rule, count_many
from onroll.domain.schoolcalendar import SchoolCalendar, SessionAt, school_year, session_at
from onroll.queries.calendars import calendars_of
from onroll.queries.counting import Held, Way, held, way_of
from onroll.records.attendance.models import RegisterYear, Summary
from onroll.records.base import need_pen
from onroll.records.pupils.models import Pupil
from onroll.records.schools.models import School

BATCH = 1000
PupilRow = tuple[int, date | None, int | None]  # id, born on, year group id
_NOT_COUNTED = ("id", "pupil", "school", "year", "quiet_at", "as_of")
FIGURES = tuple(f.name for f in Summary._meta.concrete_fields if f.name not in _NOT_COUNTED)


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


def recount_school(school_id: int, *, pupil_ids: Iterable[int] | None = None) -> Moved:
    """Count a school's pupils (or some of them) as at its last date with marks; write only what changed.

    Call inside a `change()`. When the school's last date with marks moves, everybody is counted, since a
    running spell's forecast moves with it. A fixed number of queries per thousand pupils.
    """
    need_pen("Summary")
    school = School.objects.select_for_update().get(pk=school_id)
    as_of = marks_to(school_id)
    if as_of is None:
        return _nothing_held(school)
    if as_of != school.marks_to:
        school.marks_to, pupil_ids = as_of, None
        school.save(update_fields=["marks_to"])
    way, calendars, moved = way_of(school), calendars_of(school_id), Moved()
    pupils = Pupil.objects.filter(school_id=school_id).order_by("pk")
    if pupil_ids is not None:
        pupils = pupils.filter(pk__in=list(pupil_ids))
    rows = pupils.values_list("pk", "born_on", "year_group_id").iterator(chunk_size=BATCH)
    for batch in _batched(rows):
        _recount_batch(school_id, batch, way, calendars, as_of, moved)
    return moved


def marks_to(school_id: int) -> date | None:
    """The last date for which any mark of the school is held, `no mark` aside."""
    last_year = RegisterYear.objects.filter(school_id=school_id).aggregate(year=Max("year"))["year"]
    while last_year is not None:
        held_places = (
            len(marks.rstrip("."))
            for marks in RegisterYear.objects.filter(school_id=school_id, year=last_year).values_list(
                "marks", flat=True
            )
        )
        last = max(held_places, default=0)
        if last:
            return session_at(last_year, last - 1).date
        earlier = RegisterYear.objects.filter(school_id=school_id, year__lt=last_year)
        last_year = earlier.aggregate(year=Max("year"))["year"]
    return None


def _nothing_held(school: School) -> Moved:
    if school.marks_to is not None:
        school.marks_to = None
        school.save(update_fields=["marks_to"])
        Summary.objects.filter(school=school).delete()
    return Moved()


def _batched(
    rows: Iterator[tuple[int, date | None, int | None]],
) -> Iterator[list[tuple[int, date | None, int | None]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _recount_batch(
    school_id: int,
    batch: list[PupilRow],
    way: Way,
    calendars: dict[int | None, SchoolCalendar],
    as_of: date,
    moved: Moved,
) -> None:
    year = school_year(as_of)
    facts = held({pupil_id: (born_on, group) for pupil_id, born_on, group in batch}, up_to_year=year)
    before = {row.pupil_id: row for row in Summary.objects.filter(pupil_id__in=list(facts), year=year)}
    fresh: list[Summary] = []
    for pupil_id, statutory, health in _counts(facts, way, calendars, as_of):
        old = before.get(pupil_id)
        if old is None and not facts[pupil_id].years:
            continue
        new = _summary(school_id, pupil_id, as_of, year, statutory, health, way.threshold)
        _note_move(moved, old, new)
        if old is None or _differs(old, new):
            fresh.append(new)
    Summary.objects.bulk_create(
        fresh,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["pupil", "year"],
        update_fields=[*FIGURES, "as_of"],
    )
    moved.counted += len(facts)
    moved.written += len(fresh)


def _counts(
    facts: dict[int, Held], way: Way, calendars: dict[int | None, SchoolCalendar], as_of: date
) -> Iterator[tuple[int, Count, Count]]:
    """Both counts of every pupil, calendar by calendar."""
    by_calendar: dict[int | None, list[int]] = {}
    for pupil_id, one in facts.items():
        group = one.year_group_id if one.year_group_id in calendars else None
        by_calendar.setdefault(group, []).append(pupil_id)
    for group, ids in by_calendar.items():
        statutory = _count(
            way.statutory, [facts[one].for_statutory for one in ids], calendars[group], as_of, way
        )
        health = _count(way.health, [facts[one].for_health for one in ids], calendars[group], as_of, way)
        yield from zip(ids, statutory, health, strict=True)


def _count(
    rule: Rule, registers: list[Register], calendar: SchoolCalendar, as_of: date, way: Way
) -> list[Count]:
    return count_many(rule, registers, calendar, as_of, way.threshold)


def _summary(
    school_id: int, pupil_id: int, as_of: date, year: int, s: Count, h: Count, threshold: float
) -> Summary:
    return Summary(
        pupil_id=pupil_id,
        school_id=school_id,
        year=year,
        as_of=as_of,
        rule_version=RULE_VERSION,
        s_sessions=_sessions(s.days),
        s_spell=_sessions(s.spell_days),
        s_longest=_sessions(s.longest_spell_days),
        s_spell_since=s.spell_since,
        s_reached_consecutive=_at(s.reached_consecutive),
        s_reached_cumulative=_at(s.reached_cumulative),
        s_forecast_on=s.forecast_on,
        h_sessions=_sessions(h.days),
        h_spell=_sessions(h.spell_days),
        h_longest=_sessions(h.longest_spell_days),
        h_spell_since=h.spell_since,
        h_reached_consecutive=_at(h.reached_consecutive),
        h_reached_cumulative=_at(h.reached_cumulative),
        h_forecast_on=h.forecast_on,
        nearness=max(_nearness(s, threshold), _nearness(h, threshold)),
    )


def _nearness(one: Count, threshold: float) -> int:
    """How many sessions towards the threshold: what is running or added up now; a threshold once reached stays."""
    near = max(one.days, one.spell_days)
    reached = one.reached_consecutive or one.reached_cumulative
    return _sessions(max(near, threshold) if reached else near)


def _sessions(days: float) -> int:
    return int(days * 2)


def _at(reached: SessionAt | None) -> str:
    return f"{reached.date.isoformat()} {reached.session}" if reached else ""


def _differs(old: Summary, new: Summary) -> bool:
    # Not as_of: it would rewrite every row every day. It says when the figures last moved.
    return any(getattr(old, name) != getattr(new, name) for name in FIGURES)


def _note_move(moved: Moved, old: Summary | None, new: Summary) -> None:
    before = _standing(old) if old else (0, 0, 0, 0, False)
    if before != _standing(new):
        moved.moves.append(
            Move(
                pupil_id=new.pupil_id,
                statutory_before=old.s_sessions if old else None,
                statutory=new.s_sessions,
                health_before=old.h_sessions if old else None,
                health=new.h_sessions,
                statutory_spell_before=old.s_spell if old else None,
                statutory_spell=new.s_spell,
                health_spell_before=old.h_spell if old else None,
                health_spell=new.h_spell,
                reached_before=old is not None and _reached(old),
                reached=_reached(new),
            )
        )
    elif old and (old.s_forecast_on, old.h_forecast_on) != (new.s_forecast_on, new.h_forecast_on):
        moved.forecasts += 1


def _standing(row: Summary) -> tuple[int, int, int, int, bool]:
    return row.s_sessions, row.h_sessions, row.s_spell, row.h_spell, _reached(row)


def _reached(row: Summary) -> bool:
    return bool(
        row.h_reached_consecutive
        or row.h_reached_cumulative
        or row.s_reached_consecutive
        or row.s_reached_cumulative
    )


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
