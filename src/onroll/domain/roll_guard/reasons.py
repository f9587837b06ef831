"""What speaks for and against taking a name off the roll: reasons for people to weigh."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from onroll.domain.compulsory_age import begins_on, ends_on
from onroll.domain.roll_guard.grounds import GROUNDS, NOT_A_GROUND
from onroll.domain.roll_guard.run import NEEDED_DAYS, Run


class Weight(StrEnum):
    """How much a reason weighs."""

    STOPS = "stops"  # it cannot be agreed as it stands
    AGAINST = "against"  # as things are the ground does not hold: agreeing needs a reason of its own
    ASKS = "asks"  # something to be answered first
    FOR = "for"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, as a sentence with its dates and numbers. `flags`: the Deputy Headteacher is to look."""

    weight: Weight
    words: str
    flags: bool = False


@dataclass(frozen=True, slots=True)
class Proposed:
    """What was proposed, and what is known of the pupil. `on` is the day on which it is looked at."""

    on: date
    ground: str = ""
    leaving_on: date | None = None
    evidence: bool = False
    document: bool = False
    born_on: date | None = None
    died_on: date | None = None
    has_ehcp: bool = False
    open_case: bool = True  # a case is open for reasons of health
    run: Run = field(default_factory=Run)
    authority_provides: bool = False
    authority_agrees: bool | None = None


def reasons_on(one: Proposed) -> tuple[Reason, ...]:
    """Everything to weigh, the gravest first."""
    order = list(Weight)
    found = [*_always(one), *_OF_GROUND.get(one.ground, _nothing)(one)]
    return tuple(sorted(found, key=lambda reason: order.index(reason.weight)))


def may_be_agreed(one: Proposed) -> bool:
    """Whether nothing stops the headteacher from agreeing. Whether to agree is theirs alone to say."""
    return not any(reason.weight is Weight.STOPS for reason in reasons_on(one))


def _always(one: Proposed) -> Iterator[Reason]:
    if one.ground not in GROUNDS:
        yield Reason(Weight.STOPS, f"No lawful ground is given. {NOT_A_GROUND}")
    if one.leaving_on is None:
        yield Reason(Weight.STOPS, "No leaving date is given.")
    elif one.leaving_on < one.on:
        yield Reason(
            Weight.STOPS,
            f"The leaving date, {_words(one.leaving_on)}, has gone. A name cannot come off the roll for a day "
            "in the past.",
        )
    if not one.evidence:
        yield Reason(Weight.STOPS, "No evidence is given.")
    if one.authority_agrees:
        yield Reason(Weight.FOR, "The local authority agrees.")
    elif one.authority_provides:
        said = (
            "does not agree" if one.authority_agrees is False else "has not said on record whether it agrees"
        )
        yield Reason(Weight.STOPS, f"The local authority provides education now, and {said}.")
    elif one.authority_agrees is False:
        yield Reason(Weight.AGAINST, "The local authority does not agree.")
    if one.has_ehcp:
        yield Reason(
            Weight.ASKS, "The pupil has an education, health and care plan: speak with the authority first."
        )


def _nothing(_one: Proposed) -> Iterator[Reason]:
    return iter(())


def _two_schools(_one: Proposed) -> Iterator[Reason]:
    yield Reason(
        Weight.ASKS, "Has the other school confirmed the day from which the pupil is on its register?"
    )


def _nursery(one: Proposed) -> Iterator[Reason]:
    if one.born_on is None:
        yield Reason(
            Weight.ASKS, "The date of birth is not known, and this ground is for children in nursery."
        )
    elif one.leaving_on and one.leaving_on >= begins_on(one.born_on):
        yield Reason(
            Weight.AGAINST, "The pupil is not below compulsory school age: this is for children in nursery."
        )


def _notice(one: Proposed) -> Iterator[Reason]:
    """Parents of ill children are sometimes led to this; the notice must be their own wish."""
    if not one.document:
        yield Reason(
            Weight.ASKS, "The parent’s own written notice is not on file. Add it, or say where it is held."
        )
    yield Reason(
        Weight.ASKS,
        "Possible off-rolling: the pupil cannot attend for reasons of health. Did anybody suggest this to the "
        "parent, and do they know what education they are owed while on roll?",
        flags=True,
    )


def _after_leave(one: Proposed) -> Iterator[Reason]:
    yield from _sickness(one)
    yield Reason(Weight.ASKS, "Have school and authority together tried to find out where the pupil is?")


def _continuous(one: Proposed) -> Iterator[Reason]:
    run = one.run
    if run.days < NEEDED_DAYS:
        yield Reason(
            Weight.AGAINST,
            f"The longest run of sessions with only G, N or O is {_run_words(run)}; it takes {NEEDED_DAYS}.",
        )
    else:
        yield Reason(Weight.FOR, f"Sessions with only G, N or O: {_run_words(run)}.")
    if run.first and run.ended_on:
        mark = f"the mark {run.ended_by}" if run.ended_by else "no mark"
        yield Reason(Weight.AGAINST, f"That run ended: {_words(run.ended_on)} has {mark}.")
    yield from _sickness(one)
    yield Reason(Weight.ASKS, "Have school and authority together tried to find out where the pupil is?")


def _sickness(one: Proposed) -> Iterator[Reason]:
    if one.open_case:
        yield Reason(
            Weight.AGAINST,
            "A case is open because of the pupil’s health. While illness, anxiety among it, may be why they are "
            "away, this ground does not hold; no diagnosis is needed for that.",
        )


def _died(one: Proposed) -> Iterator[Reason]:
    if one.died_on is None:
        yield Reason(Weight.STOPS, "Nobody has recorded that the pupil has died.")


def _over_age(one: Proposed) -> Iterator[Reason]:
    if one.born_on is None:
        yield Reason(Weight.ASKS, "The date of birth is not known, and this ground depends on it.")
        return
    last = ends_on(one.born_on)
    weight = Weight.AGAINST if one.leaving_on and one.leaving_on < last else Weight.FOR
    ends = "ends" if one.on <= last else "ended"
    yield Reason(weight, f"Compulsory school age {ends} on {_words(last)}.")


def _excluded(_one: Proposed) -> Iterator[Reason]:
    yield Reason(
        Weight.ASKS,
        "Have the governors and, if asked for, the review panel decided, and is the time to ask over?",
    )


_OF_GROUND: Mapping[str, Callable[[Proposed], Iterator[Reason]]] = MappingProxyType({
    "a": _two_schools, "b": _nursery, "c": _two_schools, "f": _notice, "h": _after_leave, "i": _continuous,
    "k": _died, "l": _over_age, "o": _excluded,
})  # fmt: skip


def _run_words(run: Run) -> str:
    if run.first is None or run.last is None:
        return "0 school days"
    days = f"{run.days:g} school day{'' if run.days == 1 else 's'}"
    return f"{days}, from {_words(run.first)} to {_words(run.last)}"


def _words(on: date) -> str:
    return f"{on.day} {on:%B} {on.year}"
