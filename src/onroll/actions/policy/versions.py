"""Begin a version of the policy, enter one from before Onroll, take one back."""

from dataclasses import dataclass
from datetime import date, datetime

from onroll.actions.cases.changing import school_duty_change
from onroll.actions.policy.holding import not_in_future, version_to_change
from onroll.domain.permissions import Permission
from onroll.domain.policy import Step, next_due
from onroll.domain.policy.life import UNDER_WAY
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.queries.policy.kept import stages
from onroll.queries.policy.texts import TextKey, holds, review_months
from onroll.records.policies.models import PolicyStep, PolicyVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What is said of a version when it begins. `text`: which of the school's packs holds its words."""

    version: str
    amendment: str
    text: TextKey | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What is known of a version that was approved before Onroll held the register."""

    approved_on: date
    minute: str = ""
    next_due_on: date | None = None
    published_on: date | None = None


def begin_version(actor: Actor, school_id: int, begun: Begun, *, on: date, at: datetime) -> int:
    """Begin the next version as a draft. Refused while another is on its way, and for a name that is taken."""
    with school_duty_change(
        actor, school_id, "policy-version-begun", Permission.POLICY_EDIT, on=on, at=at
    ) as entry:
        if UNDER_WAY & set(stages(school_id).values()):
            raise Refusal(
                Refused.CONFLICT,
                "Another version is on its way. Publish or withdraw it before the next one begins.",
            )
        row = _created(actor, school_id, begun, on, at)
        entry.subject, entry.detail = f"policy:{row.pk}", {"version": row.version}
        return row.pk


def enter_past_version(
    actor: Actor, school_id: int, begun: Begun, past: Past, *, on: date, at: datetime
) -> int:
    """Enter a version that was approved already, with its approval and, where it was, its publishing."""
    with school_duty_change(
        actor, school_id, "policy-version-entered", Permission.POLICY_EDIT, on=on, at=at
    ) as entry:
        for day in (past.approved_on, past.published_on):
            not_in_future(day, on)
        if past.published_on and past.published_on < past.approved_on:
            raise Refusal(Refused.INVALID, "A version cannot be published before it is approved.")
        row = _created(actor, school_id, begun, past.approved_on, at)
        due = past.next_due_on or next_due(past.approved_on, review_months(school_id, begun.text))
        kept = {"policy": row, "recorded_at": at, "recorded_by_id": actor.id}
        PolicyStep.objects.create(
            **kept,
            step=Step.APPROVED.value,
            happened_on=past.approved_on,
            meeting_on=past.approved_on,
            minute=past.minute,
            next_due_on=due,
        )
        if past.published_on:
            PolicyStep.objects.create(**kept, step=Step.PUBLISHED.value, happened_on=past.published_on)
        entry.subject, entry.detail = f"policy:{row.pk}", {"version": row.version}
        return row.pk


def withdraw_version(
    actor: Actor, school_id: int, version_id: int, *, reason: str, on: date, at: datetime
) -> None:
    """Take a version back that was begun by mistake. Its steps are withdrawn first."""
    with school_duty_change(
        actor, school_id, "policy-version-withdrawn", Permission.POLICY_EDIT, on=on, at=at
    ) as entry:
        row = version_to_change(school_id, version_id)
        if row.steps.filter(withdrawn_at=None).exists():
            raise Refusal(
                Refused.CONFLICT, "Steps of this version stand. Withdraw the last of them first, one by one."
            )
        row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_because = at, actor.id, reason
        row.save(update_fields=["withdrawn_at", "withdrawn_by_id", "withdrawn_because"])
        entry.subject, entry.detail = f"policy:{row.pk}", {"version": row.version}


def _created(actor: Actor, school_id: int, begun: Begun, began_on: date, at: datetime) -> PolicyVersion:
    taken = PolicyVersion.objects.filter(school_id=school_id, withdrawn_at=None, version=begun.version)
    if taken.exists():
        raise Refusal(Refused.INVALID, "A version of this name is in the register already. Choose another.")
    if begun.text and not holds(school_id, begun.text):
        raise Refusal(Refused.INVALID, "This school holds no policy text of that name.")
    return PolicyVersion.objects.create(
        school_id=school_id,
        version=begun.version,
        amendment=begun.amendment,
        pack_slug=begun.text.slug if begun.text else "",
        pack_version=begun.text.version if begun.text else "",
        happened_on=began_on,
        recorded_at=at,
        recorded_by_id=actor.id,
    )
