"""The guard itself: nobody's time on roll ends while a case is open, unless the headteacher agreed to that very day."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from onroll.actions.duties.refresh import refresh_cases
from onroll.domain.roll.comparison import TIME_ON_ROLL, Held, Plan
from onroll.domain.roll.targets import Field
from onroll.domain.roll.times import on_roll
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries.leaving import ROLL_FILE
from onroll.queries.roll.drafting import Draft
from onroll.records.base import need_pen
from onroll.records.cases.models import Case, LeavingProposal

REFUSED = (
    "This pupil has an open case. Their time on roll ends only on a day that the headteacher has agreed to. "
    "Open the roll page of the case: propose the leaving there, with its lawful ground. Illness is not one."
)
_OF_TIMES = frozenset({str(Field.LEFT_ON), str(Field.JOINED_ON), TIME_ON_ROLL})


def need_agreement(pupil_id: int, left_on: date) -> None:
    """Refuse to end the time on roll of a pupil with an open case, unless it was agreed for that day."""
    case_id = Case.objects.filter(pupil_id=pupil_id, closed_on=None).values_list("pk", flat=True).first()
    if case_id is not None and left_on not in agreed_days([case_id]).get(case_id, ()):
        raise Refusal(Refused.CONFLICT, REFUSED)


def agreed_days(case_ids: Iterable[int]) -> dict[int, set[date]]:
    """The leaving dates that were agreed, by case. One query."""
    rows = LeavingProposal.objects.standing().filter(case_id__in=list(case_ids), agreed=True)
    found: dict[int, set[date]] = {}
    for case_id, on in rows.values_list("case_id", "leaving_on"):
        if on is not None:
            found.setdefault(case_id, set()).add(on)
    return found


def hold_back(school_id: int, drafts: Sequence[Draft], *, on: date, at: datetime) -> tuple[list[Draft], int]:
    """The drafts of a roll file without the leaving dates that nobody agreed to; and how many were held back. Inner.

    Each becomes a proposal on the pupil's case, without a ground and without a proposer: somebody has to look.
    """
    need_pen("LeavingProposal")
    case_of = dict(
        Case.objects.filter(school_id=school_id, closed_on=None)
        .select_for_update()
        .values_list("pupil_id", "pk")
    )
    agreed = agreed_days(case_of.values())
    kept, held = [], {}
    for draft in drafts:
        case_id = case_of.get(draft.match.pupil_id or 0)
        ends = _new_ends(draft, on) if case_id is not None else set()
        if case_id is None or ends <= agreed.get(case_id, set()):
            kept.append(draft)
            continue
        kept.append(replace(draft, plan=_without_times(draft)))
        held[case_id] = max(ends)
    _propose(held, on, at)
    return kept, len(held)


def cases_of(pupil_ids: Iterable[int]) -> list[int]:
    """The open cases of pupils. One query."""
    rows = Case.objects.filter(pupil_id__in=list(pupil_ids), closed_on=None)
    return list(rows.values_list("pk", flat=True))


def look_again(school_id: int, *, on: date, at: datetime) -> None:
    """Judge the school's open cases again, of whose pupils a roll file said something or nothing. Inner."""
    rows = Case.objects.filter(school_id=school_id, closed_on=None)
    refresh_cases(list(rows.values_list("pk", flat=True)), on=on, at=at)


def _new_ends(draft: Draft, on: date) -> set[date]:
    """Ends of times on roll that the file gives and that are not held; today, where it takes the pupil off without one.

    An admission date that is moved ahead does so: until then the pupil would not be on roll.
    """
    if draft.plan is None:
        return set()
    held = {time.id: time.last for time in draft.held.times}
    after = draft.plan.after.times
    ends = {time.last for time in after if time.last and held.get(time.id) != time.last}
    if not ends and on_roll(draft.held.times, on) and not on_roll(after, on):
        return {on}
    return ends


def _without_times(draft: Draft) -> Plan:
    plan, held = draft.plan, draft.held
    assert plan is not None  # noqa: S101 - only drafts with ends come here, and those have a plan
    after = Held(plan.after.facts, held.times, plan.after.contacts)
    kept = tuple(one for one in plan.differences if one.field not in _OF_TIMES)
    return replace(plan, after=after, differences=kept)


def _propose(held: dict[int, date], on: date, at: datetime) -> None:
    """One proposal a case, unless one for that day stands already."""
    standing = LeavingProposal.objects.standing().filter(case_id__in=list(held), agreed=None)
    known = set(standing.values_list("case_id", "leaving_on"))
    LeavingProposal.objects.bulk_create(
        LeavingProposal(case_id=case_id, came_from=ROLL_FILE, leaving_on=day, happened_on=on, recorded_at=at)
        for case_id, day in held.items()
        if (case_id, day) not in known
    )
