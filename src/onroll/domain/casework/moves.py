"""The moves of a case: from which states, to which, who may make each, and what must be true first.

A condition that is not true is an obstacle with a sentence. Some obstacles can be passed over: the person says why,
and what was passed over is kept with the move. Nothing here waits for evidence of illness: help never does.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from onroll.domain.casework.states import State
from onroll.domain.duties.facts import Provider
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, in_words, roles_with

_NAMED = 3  # duties that a sentence names
SETTLING_DAYS = 10  # school days back, before a return counts as settled (rule R16 of the research; ours)


class Move(StrEnum):
    """A move of a case. The value is stored."""

    OPEN = "open"
    ARRANGE = "arrange"
    REFER = "refer"
    TAKE_OVER = "take-over"
    PLAN_RETURN = "plan-return"
    SETTLE = "settle"
    BACK = "back-to-school"
    CLOSE = "close"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class MoveFacts:
    """What the conditions ask of a case."""

    state: State
    provider: Provider | None = None  # who provides education now; None: nobody has recorded it
    spoken_with_parent: bool = False  # a two-way contact with a parent is on record
    overdue: tuple[str, ...] = ()  # titles of the duties that are overdue
    leaving_open: bool = False  # a proposal to leave the roll waits for its decision
    days_returning: int = 0  # school days since the return was planned
    another_open: bool = False  # the pupil has another case that is open
    died: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must be true. `holds` answers a sentence when it is not, and "" when it is."""

    words: str  # for the reference page
    otherwise: str  # what was so when it was passed over: "a duty was overdue"
    holds: Callable[[MoveFacts], str]
    passable: bool = True


@dataclass(frozen=True, slots=True)
class MoveRule:
    """One row of the table."""

    words: str  # the button: "Refer to the authority"
    done: str  # what history says of it: "Referred to the authority"
    from_states: tuple[State, ...]
    to_state: State
    permission: Permission = Permission.CASE_MOVE
    conditions: tuple[str, ...] = ()
    # Who provides from then on, where the move itself says so.
    provider: Provider | None = None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a move cannot be made now."""

    key: str
    words: str
    passable: bool = False


def _arranged(facts: MoveFacts) -> str:
    return "" if facts.provider else "Nobody has recorded who provides education now."


def _spoken(facts: MoveFacts) -> str:
    return "" if facts.spoken_with_parent else "No conversation with a parent is on record."


def _none_overdue(facts: MoveFacts) -> str:
    match facts.overdue:
        case ():
            return ""
        case (title,):
            return f"A duty is overdue: {title}."
        case titles if len(titles) <= _NAMED:
            return f"{len(titles)} duties are overdue: {'; '.join(titles)}."
        case titles:
            return f"{len(titles)} duties are overdue, among them: {'; '.join(titles[:_NAMED])}."


def _no_leaving(facts: MoveFacts) -> str:
    return "A proposal to leave the roll waits for its decision." if facts.leaving_open else ""


def _settled_in(facts: MoveFacts) -> str:
    days = facts.days_returning
    if days >= SETTLING_DAYS:
        return ""
    passed = {0: "No school day has", 1: "1 school day has"}.get(days, f"{days} school days have")
    return f"{passed} passed since the return was planned; a return is called settled after {SETTLING_DAYS}."


def _only_case(facts: MoveFacts) -> str:
    return "The pupil has another case that is open. Work on that one." if facts.another_open else ""


CONDITIONS: Mapping[str, Condition] = MappingProxyType({
    "arrangement-recorded": Condition(
        "it is recorded who provides education", "nobody had recorded who provides education", _arranged,
    ),
    "parent-spoken-with": Condition(
        "a conversation with a parent is on record", "no conversation with a parent was on record", _spoken,
    ),
    "no-duty-overdue": Condition("no duty is overdue", "a duty was overdue", _none_overdue),
    "ten-days-back": Condition(
        f"{SETTLING_DAYS} school days have passed since the return was planned",
        f"fewer than {SETTLING_DAYS} school days had passed since the return was planned", _settled_in,
    ),
    "leaving-decided": Condition(
        "no proposal to leave the roll waits for its decision", "a proposal to leave waited", _no_leaving,
        passable=False,
    ),
    "no-other-case": Condition(
        "the pupil has no other open case", "the pupil had another open case", _only_case, passable=False,
    ),
})  # fmt: skip

_HELPED = (State.SCHOOL, State.REFERRED, State.AUTHORITY)
_S = State
RULES: Mapping[Move, MoveRule] = MappingProxyType({
    Move.OPEN: MoveRule(
        "Open a case", "The case was opened", (), _S.CONCERN, Permission.CASE_OPEN, ("no-other-case",),
        Provider.SCHOOL,
    ),
    Move.ARRANGE: MoveRule(
        "The school arranges education", "The school began to arrange education", (_S.CONCERN,), _S.SCHOOL,
        provider=Provider.SCHOOL,
    ),
    Move.REFER: MoveRule(
        "Refer to the authority", "Referred to the authority", (_S.CONCERN, _S.SCHOOL), _S.REFERRED,
        conditions=("arrangement-recorded", "parent-spoken-with"),
    ),
    Move.TAKE_OVER: MoveRule(
        "The authority arranges education", "The authority took over", (_S.SCHOOL, _S.REFERRED), _S.AUTHORITY,
        provider=Provider.AUTHORITY,
    ),
    Move.PLAN_RETURN: MoveRule(
        "Plan the return", "A return is planned", (_S.CONCERN, *_HELPED), _S.RETURNING,
        conditions=("arrangement-recorded", "parent-spoken-with"),
    ),
    Move.SETTLE: MoveRule(
        "The return is settled", "The return is settled", (_S.RETURNING,), _S.SETTLED,
        conditions=("ten-days-back",), provider=Provider.SCHOOL,
    ),
    Move.BACK: MoveRule(
        "Back to the school arranging", "Back with the school",
        (_S.REFERRED, _S.AUTHORITY, _S.RETURNING, _S.SETTLED), _S.SCHOOL, provider=Provider.SCHOOL,
    ),
    Move.CLOSE: MoveRule(
        "Close the case", "The case was closed", (_S.CONCERN, *_HELPED, _S.RETURNING, _S.SETTLED), _S.CLOSED,
        conditions=("no-duty-overdue", "leaving-decided"),
    ),
    Move.REOPEN: MoveRule(
        "Reopen the case", "The case was reopened", (_S.CLOSED,), _S.SCHOOL,
        conditions=("no-other-case",), provider=Provider.SCHOOL,
    ),
})  # fmt: skip


def moves_from(state: State) -> tuple[Move, ...]:
    """The moves that lead out of a state, in the order of the table."""
    return tuple(move for move, rule in RULES.items() if state in rule.from_states)


def may_move(facts: MoveFacts, move: Move, actor: Actor, school_id: int) -> list[Obstacle]:
    """Everything that stands against a move; empty when it can be made."""
    rule = RULES[move]
    if not actor.may(rule.permission, school_id):
        who = in_words(roles_with(rule.permission))
        return [
            Obstacle("permission", f"Your role does not let you {rule.permission.words}. These can: {who}.")
        ]
    if rule.from_states and facts.state not in rule.from_states:
        return [Obstacle("state", f"The case is at “{facts.state.words}”, from where this is not possible.")]
    if facts.died and move is not Move.CLOSE:
        return [Obstacle("died", "The pupil has died. The case can only be closed.")]
    if facts.died:
        return []  # nothing is asked of a case that owes nothing any more
    return [
        Obstacle(key, words, CONDITIONS[key].passable)
        for key in rule.conditions
        if (words := CONDITIONS[key].holds(facts))
    ]


def passed_over(obstacles: Sequence[Obstacle], because: str) -> bool:
    """Whether a recorded reason is enough to make the move all the same."""
    return bool(because.strip()) and all(one.passable for one in obstacles)
