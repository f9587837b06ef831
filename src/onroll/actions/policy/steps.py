"""Take a version one step on: reviewed, sent to governors, returned, approved, published; and take a step back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from onroll.actions.cases.changing import school_duty_change
from onroll.actions.policy.holding import not_in_future, version_to_change
from onroll.domain.permissions import Permission
from onroll.domain.policy import Need, Stage, Step, next_due, next_stage, stage_of
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.queries.policy.texts import TextKey, review_months
from onroll.records.policies.models import PolicyStep, PolicyVersion


@dataclass(slots=True)
class _Doing:
    """A step under way: the version, the steps that stand, and what the new one is made of."""

    row: PolicyVersion
    standing: list[PolicyStep]
    day: date

    def take(self, step: Step, actor: Actor, at: datetime, *, given: set[Need], **fields: object) -> None:
        """Write the step if the table allows it."""
        has = set(given)
        if self.row.amendment.strip():
            has.add(Need.AMENDMENT)
        if any(one.step == Step.REVIEWED for one in self.standing):
            has.add(Need.REVIEW)
        next_stage(self.stage, step, has)
        if self.standing and self.day < self.standing[-1].happened_on:
            raise Refusal(
                Refused.INVALID, "This is before the step that came before it. Look at the two dates again."
            )
        PolicyStep.objects.create(
            policy=self.row,
            step=step.value,
            happened_on=self.day,
            recorded_at=at,
            recorded_by_id=actor.id,
            **fields,
        )

    @property
    def stage(self) -> Stage:
        """Where the version stands now."""
        return stage_of(Step(one.step) for one in self.standing)


def record_review(
    actor: Actor,
    school_id: int,
    version_id: int,
    *,
    reviewed_on: date,
    note: str = "",
    on: date,
    at: datetime,
) -> None:
    """Somebody went through the policy; what changes is the version's amendment."""
    with _step(actor, school_id, version_id, "policy-reviewed", reviewed_on, on, at) as doing:
        doing.take(Step.REVIEWED, actor, at, given=set(), note=note)


def send_to_governors(
    actor: Actor, school_id: int, version_id: int, *, sent_on: date, on: date, at: datetime
) -> None:
    """The version goes to the governors."""
    with _step(actor, school_id, version_id, "policy-sent-to-governors", sent_on, on, at) as doing:
        doing.take(Step.GOVERNORS, actor, at, given=set())


def record_return(
    actor: Actor, school_id: int, version_id: int, *, returned_on: date, note: str, on: date, at: datetime
) -> None:
    """The governors ask for something: the version is a draft again."""
    with _step(actor, school_id, version_id, "policy-returned", returned_on, on, at) as doing:
        given = {Need.REASON} if note.strip() else set()
        doing.take(Step.RETURNED, actor, at, given=given, note=note)


def record_approval(
    actor: Actor,
    school_id: int,
    version_id: int,
    *,
    meeting_on: date,
    minute: str,
    next_due_on: date | None = None,
    on: date,
    at: datetime,
) -> None:
    """The governors approved the version, as the minute says. The next review is reckoned unless it is given."""
    with _step(actor, school_id, version_id, "policy-approved", meeting_on, on, at) as doing:
        text = TextKey.of(doing.row.pack_slug, doing.row.pack_version)
        due = next_due_on or next_due(meeting_on, review_months(school_id, text))
        if due <= meeting_on:
            raise Refusal(
                Refused.INVALID, "The next review is due after the meeting. Look at the two dates again."
            )
        given = {Need.MEETING} | ({Need.MINUTE} if minute.strip() else set())
        doing.take(
            Step.APPROVED, actor, at, given=given, meeting_on=meeting_on, minute=minute, next_due_on=due
        )


def publish(
    actor: Actor, school_id: int, version_id: int, *, published_on: date, on: date, at: datetime
) -> None:
    """Put the approved version on its public page; the one before it stays at its own address."""
    with _step(actor, school_id, version_id, "policy-published", published_on, on, at) as doing:
        if not doing.row.pack_slug:
            raise Refusal(
                Refused.CONFLICT,
                "The words of this version are not in Onroll, so there is nothing to publish.",
            )
        doing.take(Step.PUBLISHED, actor, at, given=set())


def withdraw_step(
    actor: Actor, school_id: int, version_id: int, step_id: int, *, reason: str, on: date, at: datetime
) -> None:
    """Take back the last step of a version, with the reason. Earlier ones carry what came after them."""
    with _step(actor, school_id, version_id, "policy-step-withdrawn", on, on, at) as doing:
        last = doing.standing[-1] if doing.standing else None
        if last is None or last.pk != step_id:
            raise Refusal(
                Refused.CONFLICT, "Only the last step of a version can be withdrawn. Open the register again."
            )
        last.withdrawn_at, last.withdrawn_by_id, last.withdrawn_because = at, actor.id, reason
        last.save(update_fields=["withdrawn_at", "withdrawn_by_id", "withdrawn_because"])


@contextmanager
def _step(
    actor: Actor, school_id: int, version_id: int, verb: str, day: date, on: date, at: datetime
) -> Iterator[_Doing]:
    with school_duty_change(actor, school_id, verb, Permission.POLICY_EDIT, on=on, at=at) as entry:
        not_in_future(day, on)
        row = version_to_change(school_id, version_id)
        entry.subject, entry.detail = f"policy:{row.pk}", {"version": row.version}
        yield _Doing(row, list(row.steps.filter(withdrawn_at=None).order_by("id")), day)
