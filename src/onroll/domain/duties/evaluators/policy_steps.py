"""`policy-reviewed`, `policy-approved` and `policy-published`: the life of the policy, year by year (domain R29)."""

from dataclasses import dataclass
from datetime import date, timedelta

from onroll.domain.duties.evaluators.common import calendar_ends, due_after, still_open
from onroll.domain.duties.facts import PolicyStep, SchoolFacts
from onroll.domain.duties.finding import Judged, Looked, Status
from onroll.domain.duties.words import count, day
from onroll.domain.packs.pack import Duty, Pack
from onroll.domain.policy.dates import next_due

WARN_DAYS = 60  # before the next review is due (`remind_days`): from then on the review is something to do
_UNKNOWN = (
    "Neither the pack nor the policy register says when the policy was last approved or when its review is due. "
    "Record the last approval in the policy register."
)


@dataclass(frozen=True, slots=True)
class _Approval:
    """The last approval on record, in the register or in the pack itself, and when the next review is due."""

    on: date | None
    next_due_on: date
    step: PolicyStep | None  # None: only the pack tells of it


def policy_reviewed(facts: SchoolFacts, duty: Duty, pack: Pack, on: date) -> Judged:
    """Met when the review since the last approval is recorded with what changed, or none is due within 60 days."""
    approval = _last_approval(facts, pack)
    if approval is None:
        return Judged(Status.NEEDS_JUDGEMENT, _UNKNOWN)
    due_on, due = approval.next_due_on, f"the next review is due by {day(approval.next_due_on)}"
    review = _review_since(facts, pack, approval)
    if review is not None:
        looked: tuple[Looked, ...] = (Looked("policy-step", review.id),)
        said = f"Version {review.version} was reviewed on {day(review.on)}"
        if review.amendment_recorded:
            return Judged(Status.MET, f"{said}, and what changed is on record.", due_on, looked)
        return Judged(
            still_open(due_on, on), f"{said}. What changed is not on record; {due}.", due_on, looked
        )
    said = (
        f"The policy was last approved on {day(approval.on)}; {due}."
        if approval.on
        else f"Of the policy, {due}."
    )
    looked = (Looked("policy-step", approval.step.id),) if approval.step else ()
    status = still_open(due_on, on) if _is_near(due_on, duty, on) else Status.MET
    return Judged(status, said, due_on, looked)


def policy_approved(facts: SchoolFacts, duty: Duty, pack: Pack, on: date) -> Judged:
    """Met when the last review has a minuted approval; a review that waits is due by "next due"."""
    approval = _last_approval(facts, pack)
    if approval is None:
        return Judged(Status.NEEDS_JUDGEMENT, _UNKNOWN)
    board, due_on = pack.approving_authority or "governing board", approval.next_due_on
    review = _review_since(facts, pack, approval)
    if review is not None:
        reason = (
            f"Version {review.version} was reviewed on {day(review.on)} and waits for the approval of the {board}, "
            f"due by {day(due_on)}."
        )
        return Judged(still_open(due_on, on), reason, due_on, (Looked("policy-step", review.id),))
    looked = (Looked("policy-step", approval.step.id),) if approval.step else ()
    said = f"Approved by the {board} on {day(approval.on)}" if approval.on else "An approval is not on record"
    if approval.step is not None and not approval.step.minuted:
        reason = f"{said}, without the reference of a minute. Record it by {day(due_on)}."
        return Judged(still_open(due_on, on), reason, due_on, looked)
    if on > due_on:
        reason = f"{said}; the next approval was due by {day(due_on)}."
        return Judged(Status.OVERDUE, reason, due_on, looked)
    return Judged(Status.MET, f"{said}; the next approval is due by {day(due_on)}.", due_on, looked)


def policy_published(facts: SchoolFacts, duty: Duty, pack: Pack, on: date) -> Judged:
    """Met when the version that was approved last is public; due 5 school days (`within_days`) after its approval."""
    approval = _last_approval(facts, pack)
    if approval is None or approval.on is None:
        return Judged(Status.NOT_APPLICABLE, "No approval is on record, so no version is in force.")
    steps = _ours(facts, pack)
    version = approval.step.version if approval.step else pack.version
    published = [
        one for one in steps if one.step == "published" and (one.version == version or not approval.step)
    ]
    approved = f"Version {version} was approved on {day(approval.on)}"
    if published:
        last = published[-1]
        return Judged(
            Status.MET,
            f"{approved} and published on {day(last.on)}.",
            None,
            (Looked("policy-step", last.id),),
        )
    days, start = duty.number("within_days", 5), max(approval.on, facts.since)
    due_on = due_after(facts.calendar, start, days)
    if due_on is None:
        return calendar_ends(start, days)
    looked = (Looked("policy-step", approval.step.id),) if approval.step else ()
    since = "after" if start == approval.on else f"after {day(start)}, when it came into use here"
    reason = f"{approved} and is not published yet. It is due by {day(due_on)}, {count(days, 'school day')} {since}."
    return Judged(still_open(due_on, on), reason, due_on, looked)


def _ours(facts: SchoolFacts, pack: Pack) -> list[PolicyStep]:
    """The steps of this pack's policy, the earliest first."""
    return [one for one in facts.steps if one.pack in ("", pack.slug)]


def _last_approval(facts: SchoolFacts, pack: Pack) -> _Approval | None:
    months = pack.review_months
    approvals = [one for one in _ours(facts, pack) if one.step == "approved"]
    if approvals and (pack.approved_on is None or approvals[-1].on >= pack.approved_on):
        last = approvals[-1]
        return _Approval(last.on, last.next_due_on or next_due(last.on, months), last)
    if pack.next_due_on is not None:
        return _Approval(pack.approved_on, pack.next_due_on, None)
    return _Approval(pack.approved_on, next_due(pack.approved_on, months), None) if pack.approved_on else None


def _review_since(facts: SchoolFacts, pack: Pack, approval: _Approval) -> PolicyStep | None:
    """The last review that no approval has followed."""
    steps = _ours(facts, pack)
    after = steps[steps.index(approval.step) + 1 :] if approval.step else steps
    reviews = [
        one for one in after if one.step == "reviewed" and (approval.on is None or one.on >= approval.on)
    ]
    return reviews[-1] if reviews else None


def _is_near(due_on: date, duty: Duty, on: date) -> bool:
    return on > due_on - timedelta(days=duty.number("remind_days", WARN_DAYS) + 1)
