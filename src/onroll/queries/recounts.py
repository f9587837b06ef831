"""What a recount moved: numbers for everybody who may change the calendar, pupils only for those who may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from onroll.domain.names import shown_name
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, not_found
from onroll.queries.doors import SchoolSeen, looked, pupils
from onroll.records.attendance.models import Recount, RecountMove
from onroll.records.people.models import User
from onroll.records.pupils.models import Pupil


class Moving(Protocol):
    """A move as an action tells it, in sessions."""

    @property
    def pupil_id(self) -> int: ...
    @property
    def statutory_before(self) -> int | None: ...
    @property
    def statutory(self) -> int: ...
    @property
    def health_before(self) -> int | None: ...
    @property
    def health(self) -> int: ...
    @property
    def statutory_spell_before(self) -> int | None: ...
    @property
    def statutory_spell(self) -> int: ...
    @property
    def health_spell_before(self) -> int | None: ...
    @property
    def health_spell(self) -> int: ...
    @property
    def reached_before(self) -> bool: ...
    @property
    def reached(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Step:
    """A figure before and after, in school days."""

    before: float
    after: float

    @property
    def moved(self) -> bool:
        """Whether it is not what it was."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class MoveSeen:
    """One pupil whose count moved."""

    pupil_id: int
    name: str
    year_group: str
    tutor_group: str
    statutory: Step
    health: Step
    statutory_spell: Step
    health_spell: Step
    reached_before: bool
    reached: bool


@dataclass(frozen=True, slots=True)
class MovesSeen:
    """How many counts moved, and as many of the pupils as the reader may see and asked for."""

    total: int
    newly_reached: int
    no_longer: int
    may_see_pupils: bool
    in_reach: int  # of the total, how many are the reader's to see
    rows: tuple[MoveSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class RecountSeen:
    """A recount that moved something: when, by whom, because of what."""

    id: int
    at: datetime
    by: str
    because: str
    subject: str
    counted: int
    moved: int


def recounts(school: SchoolSeen, limit: int = 5) -> list[RecountSeen]:
    """The latest recounts that moved a count, newest first. Two queries."""
    rows = list(Recount.objects.filter(school_id=school.id).order_by("-at", "-pk")[:limit])
    names = dict(User.objects.filter(pk__in=[row.by_id for row in rows]).values_list("pk", "name"))
    return [_recount(row, names.get(row.by_id or 0, "")) for row in rows]


def recount(school: SchoolSeen, recount_id: int) -> RecountSeen:
    """One recount of the school."""
    row = Recount.objects.filter(school_id=school.id, pk=recount_id).first()
    if row is None:
        raise not_found()
    names = User.objects.filter(pk__in=[row.by_id]).values_list("name", flat=True)
    return _recount(row, names.first() or "")


def moves_of(
    actor: Actor, school: SchoolSeen, recount_id: int, *, first: int, size: int, at: datetime
) -> MovesSeen:
    """What a kept recount moved; the look at the pupils shown is logged."""
    rows = RecountMove.objects.filter(recount_id=recount_id, recount__school_id=school.id)
    return _told(actor, school, [_from_row(row) for row in rows], first, size, at)


def would_move(
    actor: Actor, school: SchoolSeen, moves: Iterable[Moving], *, size: int, at: datetime
) -> MovesSeen:
    """What a rehearsed change would move; the look at the pupils shown is logged."""
    return _told(actor, school, [_from_move(move) for move in moves], 0, size, at)


@dataclass(frozen=True, slots=True)
class _Move:
    pupil_id: int
    statutory: Step
    health: Step
    statutory_spell: Step
    health_spell: Step
    reached_before: bool
    reached: bool


def _told(
    actor: Actor, school: SchoolSeen, moves: list[_Move], first: int, size: int, at: datetime
) -> MovesSeen:
    may = actor.may(Permission.PUPIL_SEE, school.id)
    by_pupil = {move.pupil_id: move for move in moves}
    reach = pupils(actor, school.id, Permission.PUPIL_SEE).filter(pk__in=by_pupil)
    rows: tuple[MoveSeen, ...] = ()
    in_reach = 0
    if may and moves:
        in_reach = reach.count()
        shown = reach.select_related("year_group", "tutor_group").order_by("surname", "forename", "pk")
        rows = tuple(_seen(pupil, by_pupil[pupil.pk]) for pupil in shown[first : first + size])
        looked(actor, school, page="recount", pupil_ids=[row.pupil_id for row in rows], at=at)
    return MovesSeen(
        total=len(moves),
        newly_reached=sum(move.reached and not move.reached_before for move in moves),
        no_longer=sum(move.reached_before and not move.reached for move in moves),
        may_see_pupils=may,
        in_reach=in_reach,
        rows=rows,
    )


def _seen(pupil: Pupil, move: _Move) -> MoveSeen:
    return MoveSeen(
        pupil_id=pupil.pk,
        name=shown_name(pupil.forename, pupil.surname, pupil.known_as),
        year_group=pupil.year_group.name if pupil.year_group else "",
        tutor_group=pupil.tutor_group.name if pupil.tutor_group else "",
        statutory=move.statutory,
        health=move.health,
        statutory_spell=move.statutory_spell,
        health_spell=move.health_spell,
        reached_before=move.reached_before,
        reached=move.reached,
    )


def _from_move(move: Moving) -> _Move:
    return _Move(
        move.pupil_id,
        _step(move.statutory_before, move.statutory),
        _step(move.health_before, move.health),
        _step(move.statutory_spell_before, move.statutory_spell),
        _step(move.health_spell_before, move.health_spell),
        move.reached_before,
        move.reached,
    )


def _from_row(row: RecountMove) -> _Move:
    return _Move(
        row.pupil_id,
        _step(row.s_before, row.s_after),
        _step(row.h_before, row.h_after),
        _step(row.s_spell_before, row.s_spell_after),
        _step(row.h_spell_before, row.h_spell_after),
        row.reached_before,
        row.reached_after,
    )


def _step(before: int | None, after: int) -> Step:
    """Sessions as days; no count before is no day."""
    return Step((before or 0) / 2, after / 2)


def _recount(row: Recount, by: str) -> RecountSeen:
    return RecountSeen(row.pk, row.at, by, row.because, row.subject, row.counted, row.moved)
