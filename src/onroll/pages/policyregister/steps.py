"""Each step of a version: its form, its action, and what its page says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from onroll.actions.policy import steps as actions
from onroll.domain.policy import Step
from onroll.pages.policyregister import forms


@dataclass(frozen=True, slots=True)
class StepForm:
    """One step as a page. `day` is the field that begins with today."""

    form: type[forms.DatedForm]
    act: Callable[..., Any]
    title: str
    button: str
    done: str
    day: str
    lead: str = ""


STEP_FORMS: Mapping[Step, StepForm] = MappingProxyType({
    Step.REVIEWED: StepForm(
        forms.ReviewForm,
        actions.record_review,
        "Record the review",
        "Record the review",
        "The review is on record.",
        "reviewed_on",
    ),
    Step.GOVERNORS: StepForm(
        forms.SendForm,
        actions.send_to_governors,
        "Send it to the governors",
        "Sent to governors",
        "It is on record that the version went to the governors.",
        "sent_on",
        "Onroll sends nothing itself: this records that somebody did.",
    ),
    Step.RETURNED: StepForm(
        forms.ReturnForm,
        actions.record_return,
        "Record that the governors returned it",
        "Returned by governors",
        "The version is a draft again.",
        "returned_on",
    ),
    Step.APPROVED: StepForm(
        forms.ApproveForm,
        actions.record_approval,
        "Record the approval",
        "Record the approval",
        "The approval is on record. Publish the version next.",
        "meeting_on",
        "The approval is minuted: give the day of the meeting and the reference of its minute.",
    ),
    Step.PUBLISHED: StepForm(
        forms.PublishForm,
        actions.publish,
        "Publish the version",
        "Publish the policy",
        "The version is public. The one before it stays at its own address.",
        "published_on",
        "Everybody can then read it at the school’s public address, and take it as a PDF.",
    ),
})  # fmt: skip
