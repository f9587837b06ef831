"""A change after which a school is counted again in the same transaction, and what moved is kept.

The school's duties, which rest on its roll and its calendar, are judged again by the worker.

Also its rehearsal: the same change, looked at and then rolled back, so that a preview cannot differ from the deed.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime

from onroll.actions.change import Entry, change
from onroll.actions.duties.asking import ask_refresh
from onroll.actions.recount import Move, Moved, recount_school
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, not_allowed, not_found
from onroll.records.attendance.models import Recount, RecountMove
from onroll.records.schools.models import School, Trust


@dataclass(slots=True)
class Outcome:
    """What a change did to the counts of the school it was made from."""

    moved: Moved = field(default_factory=Moved)
    recount_id: int | None = None  # where the moves are kept; None when no pupil's count moved
    other_schools: int = 0  # schools of the same trust that were counted again too
    subject_id: int | None = None  # the record that was changed or made
    nothing_changed: bool = False


@dataclass(slots=True)
class Doing:
    """A change under way: the school is locked, the actor may, the ledger row waits."""

    school: School
    entry: Entry
    outcome: Outcome
    # Schools to be counted again besides the one the change is made from.
    others: tuple[int, ...] = ()

    def nothing_to_do(self) -> None:
        """Say that the change would change nothing: no ledger row, no recount."""
        self.entry.nothing_changed = self.outcome.nothing_changed = True


class _Rehearsed(Exception):
    """Ends a rehearsal, so that everything is rolled back."""


@contextmanager
def recounted_change(
    actor: Actor,
    school_id: int,
    verb: str,
    permission: Permission,
    *,
    at: datetime,
    rehearse: bool = False,
) -> Iterator[Doing]:
    """Lock the school, check the actor, let the caller write, count again, sign.

    With `rehearse` all of it happens and is then undone; the outcome says what would have moved.
    """
    outcome = Outcome()
    with suppress(_Rehearsed), change(actor.id, verb, at, school_id=school_id) as entry:
        doing = Doing(school_to_change(actor, school_id, permission), entry, outcome)
        yield doing
        if not outcome.nothing_changed:
            _count_again(doing, actor.id, at)
        if rehearse:
            raise _Rehearsed


def school_to_change(actor: Actor, school_id: int, permission: Permission) -> School:
    """The school's row, locked until the change ends, if the actor may; else the refusal a stranger gets."""
    # Changes for a whole trust go on to lock its other schools, so all of a trust's changes queue here first.
    trust_ids = School.objects.filter(pk=school_id).values("trust_id")
    Trust.objects.select_for_update(no_key=True).filter(pk__in=trust_ids).first()
    school: School | None = School.objects.select_for_update(no_key=True).filter(pk=school_id).first()
    if school is None or not actor.posts_at(school_id):
        raise not_found()
    if not actor.may(permission, school_id):
        raise not_allowed(permission, school.name)
    return school


def _count_again(doing: Doing, actor_id: int, at: datetime) -> None:
    outcome = doing.outcome
    outcome.moved = recount_school(doing.school.pk)
    outcome.recount_id = _keep(doing.school.pk, outcome.moved, doing.entry, actor_id, at)
    outcome.other_schools = len(doing.others)
    doing.entry.detail |= outcome.moved.as_detail()
    for school_id in doing.others:
        moved = recount_school(school_id)
        _keep(school_id, moved, doing.entry, actor_id, at)
    if doing.others:
        doing.entry.detail["other_schools"] = list(doing.others)
    for school_id in (doing.school.pk, *doing.others):
        ask_refresh(school_id, by_id=actor_id, at=at)


def _keep(school_id: int, moved: Moved, entry: Entry, actor_id: int, at: datetime) -> int | None:
    if not moved.moves:
        return None
    recount = Recount.objects.create(
        school_id=school_id,
        at=at,
        by_id=actor_id,
        because=entry.verb,
        subject=entry.subject,
        counted=moved.counted,
        moved=len(moved.moves),
    )
    RecountMove.objects.bulk_create(_rows(recount, moved.moves), batch_size=500)
    return recount.pk


def _rows(recount: Recount, moves: Iterable[Move]) -> list[RecountMove]:
    return [
        RecountMove(
            recount=recount,
            pupil_id=move.pupil_id,
            s_before=move.statutory_before,
            s_after=move.statutory,
            h_before=move.health_before,
            h_after=move.health,
            s_spell_before=move.statutory_spell_before,
            s_spell_after=move.statutory_spell,
            h_spell_before=move.health_spell_before,
            h_spell_after=move.health_spell,
            reached_before=move.reached_before,
            reached_after=move.reached,
        )
        for move in moves
    ]
