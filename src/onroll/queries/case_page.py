"""What a case's own pages show: how it stands, what is owed, and what may be done next. Today, or as of a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from onroll.domain.casework.entries import Entry
from onroll.domain.casework.moves import RULES, Move, MoveFacts, Obstacle, may_move, moves_from
from onroll.domain.casework.states import State
from onroll.domain.casework.tiers import Tier, tiers_of
from onroll.domain.duties.finding import Status
from onroll.domain.permissions import Permission
from onroll.domain.schoolcalendar import school_year
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.case_head import CaseHead, head_of
from onroll.queries.case_moves import move_facts
from onroll.queries.doors import SchoolSeen
from onroll.queries.findings import FindingSeen, findings_of_case, past
from onroll.queries.packs import Stack, stack_of
from onroll.queries.responsibility import sentence_of, sentences_of
from onroll.queries.timeline.rows import rows_of
from onroll.queries.timeline.telling import Line, told
from onroll.records.attendance.models import Summary
from onroll.records.cases.models import Case, CaseMove
from onroll.records.pupils.models import Death

LATELY = 3


@dataclass(frozen=True, slots=True)
class AsOf:
    """A day in the past, seen with what was known at its end (`known_at`) or with what is known now (None)."""

    on: date
    known_at: datetime | None


@dataclass(frozen=True, slots=True)
class Health:
    """The health count of the pupil. Days are school days."""

    days: float  # the year's total or, if longer, the absence that runs
    since: date | None
    reached: bool
    forecast_on: date | None
    as_of: date


@dataclass(frozen=True, slots=True)
class Offer:
    """A move out of the case's state, and what stands against it."""

    move: Move
    words: str
    obstacles: tuple[Obstacle, ...]

    @property
    def passable(self) -> bool:
        """Whether it can be made, with a reason if anything stands against it."""
        return all(one.passable for one in self.obstacles)


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case. `state` and all below are those of the day asked about; None where the case was not yet there."""

    head: CaseHead
    state: State | None
    stack: Stack
    findings: tuple[FindingSeen, ...]
    sentence: str
    need: str | None  # None: not this reader's to read
    health: Health | None
    died_on: date | None
    offers: tuple[Offer, ...]
    lately: tuple[Line, ...]  # the latest that happened, of what the reader may read


def case_page(
    actor: Actor,
    seen: SchoolSeen,
    case_id: int,
    *,
    page: str,
    on: date,
    at: datetime,
    as_of: AsOf | None = None,
    whole: bool = True,
) -> CasePage:
    """The case as it stands `on` today, or as of a day; the look logged. `whole` False leaves out all but duties."""
    row = doors.case(actor, seen, case_id, Permission.CASE_SEE, page=page, at=at)
    day, known_at = (as_of.on, as_of.known_at) if as_of else (on, None)
    stack = stack_of(seen.id, day, known_at)
    findings = past(seen, case_id, day, known_at) if as_of else findings_of_case(seen, case_id, day, stack)
    facts = move_facts(case_id, on, _overdue(findings)) if whole and not as_of else None
    medical = actor.may(Permission.MEDICAL_SEE, seen.id)
    state = _state_on(case_id, as_of) if as_of else State(row.state)
    return CasePage(
        head=_head_on(head_of(row), state) if as_of else head_of(row),
        state=state,
        stack=stack,
        findings=findings,
        sentence=_sentence(case_id, stack, day, known_at, exactly=medical) if whole else "",
        need=row.need if medical and whole and not as_of else None,
        health=_health(row, seen) if whole and not as_of else None,
        died_on=_died_on(row) if facts is None or facts.died else None,
        offers=offers(facts, actor, seen.id) if facts else (),
        lately=_lately(case_id, tiers_of(actor, seen.id)) if whole and not as_of else (),
    )


def offers(facts: MoveFacts, actor: Actor, school_id: int) -> tuple[Offer, ...]:
    """The moves out of a state that the actor's role may make, each with what stands against it."""
    return tuple(
        Offer(move, RULES[move].words, tuple(may_move(facts, move, actor, school_id)))
        for move in moves_from(facts.state)
        if actor.may(RULES[move].permission, school_id)
    )


def _overdue(findings: Iterable[FindingSeen]) -> list[str]:
    """Titles of the duties that are overdue, the longest first."""
    late = [one for one in findings if one.status is Status.OVERDUE]
    return [one.title for one in sorted(late, key=lambda one: one.due_on or date.max)]


def _sentence(case_id: int, stack: Stack, on: date, known_at: datetime | None, *, exactly: bool) -> str:
    """Who is responsible; how exactly education is provided may say what the child has."""
    if exactly:
        return sentence_of(case_id, stack, on, known_at)
    return sentences_of([case_id], stack, on, known_at)[case_id]


def _lately(case_id: int, tiers: Collection[Tier]) -> tuple[Line, ...]:
    """The latest that people recorded, the last first. One query."""
    rows = [
        row
        for row in rows_of(case_id, [Entry.CONTACT, Entry.DECISION, Entry.NOTE, Entry.MOVE])
        if row.tier in tiers and row.withdrawn_at is None
    ]
    rows.sort(key=lambda row: (row.on, row.at), reverse=True)
    return tuple(told(row, medical=Tier.MEDICAL in tiers) for row in rows[:LATELY])


def _head_on(head: CaseHead, state: State | None) -> CaseHead:
    """The head of the case as it stood: a case that was closed later was not closed then."""
    if state is None or state is head.state:
        return head
    return replace(head, state=state, closed_on=head.closed_on if state is State.CLOSED else None)


def _state_on(case_id: int, as_of: AsOf) -> State | None:
    """The state that the last move by that day led to, of the moves that were known."""
    moves = CaseMove.objects.filter(case_id=case_id, happened_on__lte=as_of.on)
    if as_of.known_at is not None:
        moves = moves.filter(recorded_at__lte=as_of.known_at)
    found = moves.order_by("-id").values_list("to_state", flat=True).first()
    return State(found) if found else None


def _health(row: Case, seen: SchoolSeen) -> Health | None:
    if seen.marks_to is None:
        return None
    counted = Summary.objects.filter(pupil_id=row.pupil_id, year=school_year(seen.marks_to)).first()
    if counted is None:
        return None
    return Health(
        days=max(counted.h_sessions, counted.h_spell) / 2,
        since=counted.h_spell_since,
        reached=bool(counted.h_reached_consecutive or counted.h_reached_cumulative),
        forecast_on=counted.h_forecast_on,
        as_of=counted.as_of,
    )


def _died_on(row: Case) -> date | None:
    rows = Death.objects.standing().filter(pupil_id=row.pupil_id)
    return rows.values_list("happened_on", flat=True).first()
