"""`responsibilities-understood`: who is responsible for what has been said, acknowledged, read and explained."""

from collections.abc import Iterator
from datetime import date

from onroll.domain.duties.evaluators.common import calendar_ends, due_after, not_asked, still_open
from onroll.domain.duties.facts import Arrangement, CaseFacts, Member, Statement
from onroll.domain.duties.finding import Judged, Looked, Status
from onroll.domain.duties.words import count, day, listed
from onroll.domain.packs.pack import Duty, Pack

_NOBODY_JUDGED = (
    "nobody has said whether the pupil is of an age and understanding to be told themselves, "
    "nor is it recorded that somebody explained it to them"
)


def responsibilities_understood(facts: CaseFacts, duty: Duty, pack: Pack, on: date) -> Judged:
    """Met when the last statement of the current arrangement was acknowledged, read and explained.

    Due 5 school days (`within_days`) after each change of who provides. The pupil need not be told where somebody
    judged that they are not of an age and understanding; where nobody has, that is what a person must say first.
    """
    if answer := not_asked(facts):
        return answer
    days = duty.number("within_days", 5)
    arrangement = facts.arrangements[-1] if facts.arrangements else None
    start = arrangement.from_on if arrangement else facts.opened_on
    due_on = due_after(facts.calendar, start, days)
    statement = _last_statement(facts, arrangement)
    lacking = list(_lacking(facts, arrangement, statement, on))
    looked = _looked(arrangement, statement)
    said = _said(arrangement, statement, facts)
    if not lacking:
        return Judged(Status.MET, said, due_on, looked)
    if lacking == [_NOBODY_JUDGED]:
        return Judged(Status.NEEDS_JUDGEMENT, f"{said} Still to come: {_NOBODY_JUDGED}.", due_on, looked)
    if due_on is None:
        return calendar_ends(start, days)
    due = f"It is due by {day(due_on)}, {count(days, 'school day')} after."
    reason = f"{said} Still to come: {listed(lacking)}. {due}"
    return Judged(still_open(due_on, on), reason, due_on, looked)


def _last_statement(facts: CaseFacts, arrangement: Arrangement | None) -> Statement | None:
    """The statement that was issued last for the current arrangement: what an older one said holds no more."""
    ours = [one for one in facts.statements if arrangement and one.arrangement_id == arrangement.id]
    return ours[-1] if ours else None


def _lacking(
    facts: CaseFacts, arrangement: Arrangement | None, statement: Statement | None, on: date
) -> Iterator[str]:
    if arrangement is None:
        yield "who provides education now is not recorded"
        return
    if statement is None:
        yield "no statement of who is responsible has been issued for it"
        return
    if statement.parent_acknowledged_on is None:
        yield "no parent has acknowledged it"
    members = {member.user_id: member for member in facts.team if member.is_on(on)}
    unread = [member for member in members.values() if not _has_read(member, statement, on)]
    if not members:
        yield "nobody is on the case team to read it"
    elif unread:
        have = "has" if len(unread) == 1 else "have"
        yield f"{len(unread)} of the {count(len(members), 'person', 'people')} on the case team {have} not read it"
    if statement.pupil_explained_on is None and facts.pupil_understands is not False:
        yield ("nobody has explained it to the pupil" if facts.pupil_understands is True else _NOBODY_JUDGED)


def _has_read(member: Member, statement: Statement, on: date) -> bool:
    """Whether the member has, or, while they are away, whoever stands in for them."""
    if member.user_id in statement.read_by:
        return True
    absences = [away for away in member.away if away.first <= on <= away.last]
    stand_ins = {away.deputy_id or member.deputy_id for away in absences}
    return bool(stand_ins & statement.read_by)


def _said(arrangement: Arrangement | None, statement: Statement | None, facts: CaseFacts) -> str:
    """What has been done, with its dates."""
    if arrangement is None:
        return f"The case was opened on {day(facts.opened_on)}."
    said = f"The arrangement stands since {day(arrangement.from_on)}"
    if statement is None:
        return f"{said}."
    done = [f"its statement was issued on {day(statement.issued_on)}"]
    if statement.parent_acknowledged_on:
        done.append(f"acknowledged by a parent on {day(statement.parent_acknowledged_on)}")
    if statement.pupil_explained_on:
        done.append(f"explained to the pupil on {day(statement.pupil_explained_on)}")
    elif facts.pupil_understands is False:
        done.append("not to be explained to the pupil, as somebody judged")
    return f"{said}; {listed(done)}."


def _looked(arrangement: Arrangement | None, statement: Statement | None) -> tuple[Looked, ...]:
    found = [Looked("arrangement", arrangement.id)] if arrangement else []
    if statement:
        found.append(Looked("statement", statement.id))
    return tuple(found)
