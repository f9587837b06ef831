"""Move a case on, close it, reopen it. The table of `domain.casework.moves` decides; what is passed over is kept."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from onroll.actions.cases.arranging import arrange, arrangement_of
from onroll.actions.cases.changing import CaseDoing, case_change
from onroll.domain.casework.moves import RULES, Move, Obstacle, may_move, passed_over
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.queries.case_moves import move_facts
from onroll.records.cases.models import CaseMove
from onroll.records.pupils.models import Pupil


class Asked(TypedDict, total=False):
    """What somebody says of a move."""

    reason: str  # why
    happened_on: date  # the day from which it holds; today when it is left out
    passing: frozenset[str]  # keys of the obstacles that the person saw and passes over
    because: str  # why they are passed over
    provided_by: str  # who provides education, more exactly
    decides_on: date | None  # by when the next decision is made
    seen_version: int  # of the case, as the page showed it


def move_case(
    actor: Actor, school_id: int, case_id: int, move: Move, *, on: date, at: datetime, **asked: Unpack[Asked]
) -> None:
    """Make one move between open states, or refuse, naming all that stands against it."""
    with case_change(
        actor, school_id, case_id, "case-moved", RULES[move].permission,
        on=on, at=at, seen_version=asked.get("seen_version"),
    ) as doing:  # fmt: skip
        make_move(doing, actor, move, on=on, at=at, **asked)


def close_case(
    actor: Actor, school_id: int, case_id: int, *, on: date, at: datetime, **asked: Unpack[Asked]
) -> None:
    """Close a case. From then on it owes nobody anything; reopening brings it back as it was."""
    with case_change(
        actor, school_id, case_id, "case-closed", RULES[Move.CLOSE].permission,
        on=on, at=at, seen_version=asked.get("seen_version"),
    ) as doing:  # fmt: skip
        make_move(doing, actor, Move.CLOSE, on=on, at=at, **asked)


def reopen_case(
    actor: Actor, school_id: int, case_id: int, *, on: date, at: datetime, **asked: Unpack[Asked]
) -> None:
    """Open a closed case again, the school arranging; refused while the pupil has another open case."""
    with case_change(
        actor, school_id, case_id, "case-reopened", RULES[Move.REOPEN].permission,
        on=on, at=at, seen_version=asked.get("seen_version"), closed_too=True,
    ) as doing:  # fmt: skip
        # Who opens another case meanwhile waits for this lock, or has had it: there is never a second open case.
        Pupil.objects.select_for_update().get(pk=doing.case.pupil_id)
        make_move(doing, actor, Move.REOPEN, on=on, at=at, **asked)


def make_move(
    doing: CaseDoing, actor: Actor, move: Move, *, on: date, at: datetime, **asked: Unpack[Asked]
) -> None:
    """Check the table, write the move and what goes with it. Inner: call inside a change of the case."""
    case, rule = doing.case, RULES[move]
    happened_on = asked.get("happened_on") or on
    obstacles = may_move(move_facts(case.pk, on), move, actor, case.school_id)
    _check(obstacles, asked)
    _check_day(doing, happened_on, on)
    CaseMove.objects.create(
        case=case,
        move=move.value,
        from_state=case.state,
        to_state=rule.to_state.value,
        happened_on=happened_on,
        recorded_at=at,
        recorded_by_id=actor.id,
        reason=asked.get("reason", ""),
        passed_over=[one.key for one in obstacles],
        passed_over_because=asked.get("because", "") if obstacles else "",
    )
    doing.entry.detail = {"from": case.state, "to": rule.to_state.value}
    if obstacles:
        doing.entry.detail["passed_over"] = ", ".join(one.key for one in obstacles)
    case.state, case.closed_on = rule.to_state.value, None if rule.to_state.is_open else happened_on
    case.version += 1
    case.save(update_fields=["state", "closed_on", "version"])
    _arrange(doing, move, happened_on, at, actor, asked)


def _check(obstacles: list[Obstacle], asked: Asked) -> None:
    """Refuse unless nothing stands against the move, or a person saw what does and said why they go on."""
    unseen = [one for one in obstacles if one.key not in asked.get("passing", frozenset())]
    if unseen or (obstacles and not passed_over(obstacles, asked.get("because", ""))):
        words = " ".join(one.words for one in obstacles)
        way = (
            "Open the move again to pass over it with a reason." if all(o.passable for o in obstacles) else ""
        )
        raise Refusal(Refused.CONFLICT, f"{words} Nothing was changed. {way}".strip())


def _check_day(doing: CaseDoing, happened_on: date, on: date) -> None:
    last = CaseMove.objects.filter(case=doing.case).order_by("-id").values_list("happened_on", flat=True)[0]
    if happened_on > on:
        raise Refusal(Refused.INVALID, "A case is moved today at the latest. Enter a day that has come.")
    if happened_on < last:
        raise Refusal(Refused.INVALID, "This is before the case’s last move. Enter a day since then.")


def _arrange(
    doing: CaseDoing, move: Move, happened_on: date, at: datetime, actor: Actor, asked: Asked
) -> None:
    """Record who provides from now on, where the move changes it or the person said more."""
    rule, stands = RULES[move], arrangement_of(doing.case.pk)
    provided_by, decides_on = asked.get("provided_by", ""), asked.get("decides_on")
    same = stands is not None and rule.provider is not None and stands.provider == rule.provider.value
    if rule.provider is None or (same and not provided_by and decides_on is None):
        return
    arrange(
        doing.case,
        rule.provider,
        from_on=happened_on,
        by_id=actor.id,
        at=at,
        provided_by=provided_by,
        decides_on=decides_on,
    )
