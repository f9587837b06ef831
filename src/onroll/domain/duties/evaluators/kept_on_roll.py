"""`kept-on-roll`: the pupil stays on roll; leaving needs a lawful ground, evidence, two people and the headteacher.

Domain rule R23, regulation 9(1). It lists what is missing and never decides.
"""

from collections.abc import Iterator
from datetime import date

from onroll.domain.duties.evaluators.common import due_after, not_asked, still_open
from onroll.domain.duties.facts import CaseFacts, Leaving, Provider
from onroll.domain.duties.finding import Judged, Looked, Status
from onroll.domain.duties.words import count, day, listed
from onroll.domain.packs.pack import Duty, Pack
from onroll.domain.roll_guard import GROUNDS


def kept_on_roll(facts: CaseFacts, duty: Duty, pack: Pack, on: date) -> Judged:
    """Met while the pupil is on roll, or has left as the regulations and the policy ask.

    Off roll without that is breached: a name cannot be taken off afterwards. A pupil whom a roll file misses needs
    somebody to say what happened, within 2 school days (`answer_within_days`).
    """
    if answer := not_asked(facts):
        return answer
    proposal = _running(facts)
    left_on = _off_roll_since(facts, on)
    if left_on is not None:
        return _off_roll(facts, proposal, left_on)
    if proposal is not None:
        return _proposed(facts, proposal, pack.holder_of(duty), on)
    if facts.missing_from_roll_since is not None:
        return _missing(facts, facts.missing_from_roll_since, duty, on)
    return Judged(Status.MET, _on_roll(facts))


def _running(facts: CaseFacts) -> Leaving | None:
    """The last proposal that was not turned down."""
    return next((one for one in reversed(facts.leavings) if one.agreed is not False), None)


def _off_roll_since(facts: CaseFacts, on: date) -> date | None:
    """The last day on roll of a pupil who is not on roll any more."""
    if not facts.on_roll or any(
        first <= on and (last is None or on <= last) for first, last in facts.on_roll
    ):
        return None
    return max((last for _, last in facts.on_roll if last is not None and last < on), default=None)


def _on_roll(facts: CaseFacts) -> str:
    turned_down = [one for one in facts.leavings if one.agreed is False]
    since = (
        f"The pupil has been on roll since {day(facts.on_roll[-1][0])}."
        if facts.on_roll
        else "The pupil is on roll."
    )
    if turned_down and (decided := turned_down[-1].decided_on):
        since += f" A proposal to leave was turned down on {day(decided)}."
    return since


def _missing(facts: CaseFacts, since: date, duty: Duty, on: date) -> Judged:
    days = duty.number("answer_within_days", 2)
    due_on = due_after(facts.calendar, since, days)
    reason = (
        f"A roll that was brought in on {day(since)} does not name the pupil. Nothing was removed. Say whether the "
        "pupil is still here; if not, propose the leaving with its ground."
    )
    if due_on is not None and still_open(due_on, on) is Status.OVERDUE:
        late = f" An answer was due by {day(due_on)}, {count(days, 'school day')} after."
        return Judged(Status.OVERDUE, f"{reason}{late}", due_on)
    return Judged(Status.NEEDS_JUDGEMENT, reason, due_on)


def _proposed(facts: CaseFacts, one: Leaving, headteacher: str, on: date) -> Judged:
    """A proposal that waits, or was agreed for a day that has not come."""
    lacking, looked = list(_lacking(facts, one)), (Looked("leaving", one.id),)
    leaving = f"roll on {day(one.leaving_on)}" if one.leaving_on else "roll"
    if one.agreed is None:
        lacking = [*lacking, f"the decision of the {headteacher}"]
    if not lacking:
        ground = f"regulation 9(1)({one.ground})"
        decided = f", agreed on {day(one.decided_on)}" if one.decided_on else ""
        return Judged(
            Status.MET, f"The pupil is to leave the {leaving}: {ground}{decided}.", one.leaving_on, looked
        )
    reason = f"Leaving the {leaving} is proposed. The pupil stays on roll until there is: {listed(lacking)}."
    if one.leaving_on is not None and on > one.leaving_on:
        return Judged(Status.OVERDUE, reason, one.leaving_on, looked)
    only_a_decision = len(lacking) == 1 and one.agreed is None
    status = Status.NEEDS_JUDGEMENT if only_a_decision else Status.DUE
    return Judged(status, reason, one.leaving_on, looked)


def _lacking(facts: CaseFacts, one: Leaving) -> Iterator[str]:
    """What a proposal lacks, the decision apart."""
    if one.ground not in GROUNDS:
        yield "a ground of regulation 9(1), which a health need is not"
    if not one.evidence:
        yield "evidence of the ground"
    if one.leaving_on is None:
        yield "the last day on roll"
    if one.proposed_by_id is None:
        yield "somebody who proposes it"
    elif one.proposed_by_id == one.decided_by_id:
        yield "a second person: who proposes cannot decide"
    if _authority_provides(facts) and one.authority_agrees is not True:
        yield "the local authority’s agreement, since it provides the education"


def _authority_provides(facts: CaseFacts) -> bool:
    return bool(facts.arrangements) and facts.arrangements[-1].provider is Provider.AUTHORITY


def _off_roll(facts: CaseFacts, proposal: Leaving | None, left_on: date) -> Judged:
    looked = (Looked("leaving", proposal.id),) if proposal else ()
    left = f"The pupil’s last day on roll was {day(left_on)}"
    if proposal is None:
        lacks = "an open case, and no proposal, ground and decision on record"
        return Judged(Status.BREACHED, f"{left}: with {lacks}. Put the pupil back on roll.", left_on)
    lacking = list(_lacking(facts, proposal))
    if proposal.agreed is None or proposal.decided_on is None:
        lacking.append("a decision")
    elif proposal.decided_on > left_on:
        lacking.append(f"a decision beforehand: it was taken on {day(proposal.decided_on)}")
    if proposal.leaving_on is not None and left_on < proposal.leaving_on:
        lacking.append(f"the day that was proposed, {day(proposal.leaving_on)}")
    if lacking:
        return Judged(Status.BREACHED, f"{left}. What was missing: {listed(lacking)}.", left_on, looked)
    decided = f", agreed on {day(proposal.decided_on)}" if proposal.decided_on else ""
    return Judged(Status.MET, f"{left}: regulation 9(1)({proposal.ground}){decided}.", left_on, looked)
