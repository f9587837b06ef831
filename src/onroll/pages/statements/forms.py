"""What the room of who is responsible asks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from onroll.domain.casework.responsibility import AUTHORITY
from onroll.domain.duties.facts import Provider
from onroll.domain.packs.stack import Stack
from onroll.domain.permissions import ROLES, Permission
from onroll.pages.widgets import DateField, Select
from onroll.queries.place import words_of

Choices = Sequence[tuple[int, str]]
_SHORT = forms.Textarea(attrs={"rows": 2})
_PROVIDERS = (
    (Provider.SCHOOL.value, "The school"),
    (Provider.AUTHORITY.value, "The local authority"),
    (Provider.NOBODY.value, "Nobody for now, and that was agreed"),
)
# Who may be asked to check on a child, or to decide: those whose work cases are.
WORKS_WITH_CASES = tuple(role for role, facts in ROLES.items() if Permission.CASE_SEE in facts.permissions)


class ChangeForm(forms.Form):
    """Who is responsible from a day on."""

    provider = forms.ChoiceField(
        label="Who provides education?",
        choices=_PROVIDERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who provides education"},
    )
    provided_by = forms.CharField(
        label="How exactly? (optional)",
        help_text="The family reads this. For example: home tuition, five hours a week. Do not write "
        "what the pupil has.",
        max_length=200,
        required=False,
    )
    from_on = DateField(
        label="From which day?",
        help_text="It may lie ahead.",
        error_messages={"required": "Enter the day from which this holds, like 27 3 2026"},
    )
    checks = forms.ChoiceField(
        label="Who checks on the child?",
        help_text="Checking on the child stays the school’s, whoever provides education.",
        widget=Select,
        error_messages={"required": "Choose who checks on the child"},
    )
    decides = forms.ChoiceField(
        label="Who decides what happens next?",
        widget=Select,
        error_messages={"required": "Choose who decides what happens next"},
    )
    decides_on = DateField(
        label="By which day?",
        help_text="The family is told this day.",
        error_messages={"required": "Enter the day by which the next decision is made, like 27 3 2026"},
    )

    def __init__(self, *args: Any, stack: Stack, **options: Any) -> None:
        super().__init__(*args, **options)
        authority = words_of(stack).authority
        authority = f"{authority[:1].upper()}{authority[1:]}"
        roles = [(role.value, stack.role(role)) for role in WORKS_WITH_CASES]
        self.fields["checks"].choices = roles  # type: ignore[attr-defined]
        self.fields["decides"].choices = [*roles, (AUTHORITY, authority)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A decision comes after what it decides on begins."""
        said: dict[str, Any] = super().clean() or {}
        first, then = said.get("from_on"), said.get("decides_on")
        if first and then and then < first:
            self.add_error("decides_on", "Enter a day on or after the day from which this holds")
        return said


class ReceiptForm(forms.Form):
    """What every receipt has: a day that has come."""

    happened_on = DateField(
        label="On which day?", error_messages={"required": "Enter the day, like 27 3 2026"}
    )

    def __init__(self, *args: Any, today: date, since: date, before: str, **options: Any) -> None:
        options["initial"] = {"happened_on": today} | options.get("initial", {})
        super().__init__(*args, **options)
        self.today, self.since, self.before = today, since, before

    def clean_happened_on(self) -> date:
        """Not tomorrow, and not before there was anything to read."""
        given: date = self.cleaned_data["happened_on"]
        if given > self.today:
            raise ValidationError("This day has not come yet. Enter today or an earlier date")
        if given < self.since:
            raise ValidationError(f"This is before {self.before}. Enter that day or a later one")
        return given


class AcknowledgeForm(ReceiptForm):
    """Somebody of the family answered, not by a link."""

    PAPER, CONVERSATION = "paper", "conversation"

    family = forms.TypedChoiceField(
        label="Who answered?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who answered"},
    )
    how = forms.ChoiceField(
        label="How?",
        choices=[(PAPER, "On paper: the statement came back signed"), (CONVERSATION, "In a conversation")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they answered"},
    )
    spoke = forms.TypedChoiceField(
        label="If in a conversation: who of the school spoke with them?",
        coerce=int,
        empty_value=None,
        required=False,
        widget=Select,
    )
    document = forms.TypedChoiceField(
        label="If on paper: which document is it? (optional)",
        help_text="Add the scan on the timeline first, then choose it here.",
        coerce=int,
        empty_value=None,
        required=False,
        widget=Select,
    )
    note = forms.CharField(
        label="Did they say anything? (optional)", required=False, max_length=1000, widget=_SHORT
    )

    def __init__(
        self, *args: Any, family: Choices, colleagues: Choices, documents: Choices, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["family"].choices = family  # type: ignore[attr-defined]
        self.fields["spoke"].choices = [("", "Choose a person"), *colleagues]  # type: ignore[attr-defined]
        if documents:
            self.fields["document"].choices = [("", "None"), *documents]  # type: ignore[attr-defined]
        else:
            del self.fields["document"]

    def clean(self) -> dict[str, Any]:
        """A conversation names who spoke; a paper does not."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("how") == self.PAPER:
            said["spoke"] = None
        elif said.get("how") == self.CONVERSATION:
            said["document"] = None
            if not said.get("spoke"):
                self.add_error("spoke", "Choose who spoke with them")
        return said


class ExplainForm(ReceiptForm):
    """Somebody explained it to the pupil."""

    field_order = ("by", "happened_on", "note")

    by = forms.TypedChoiceField(
        label="Who explained it to the pupil?",
        coerce=int,
        widget=Select,
        error_messages={"required": "Choose who explained it"},
    )
    note = forms.CharField(
        label="What did the pupil say or ask? (optional)", required=False, max_length=1000, widget=_SHORT
    )

    def __init__(self, *args: Any, colleagues: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["by"].choices = colleagues  # type: ignore[attr-defined]


class UnderstandingForm(ReceiptForm):
    """Is the pupil to be told themselves?"""

    YES, NO = "yes", "no"
    field_order = ("understands", "reason", "happened_on")

    understands = forms.ChoiceField(
        label="Is the pupil of an age and understanding to be told themselves?",
        help_text="Most are. If now is not the time, say no and why: you can answer again later.",
        choices=[(YES, "Yes, it will be explained to them"), (NO, "No, not now")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no"},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="The family can ask to read this.",
        max_length=500,
        widget=_SHORT,
        error_messages={"required": "Enter why, in a few words"},
    )


class LinkForm(forms.Form):
    """For whom a link is made, and how it reaches them."""

    MAIL, SHOW = "mail", "show"

    family = forms.TypedChoiceField(
        label="Who is the link for?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who the link is for"},
    )
    how = forms.ChoiceField(
        label="How does it reach them?",
        choices=[(MAIL, "Send it by e-mail"), (SHOW, "Show it to me, to copy or to print as a letter")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the link reaches them"},
    )

    def __init__(self, *args: Any, family: Choices, with_mail: frozenset[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.with_mail = with_mail
        self.fields["family"].choices = family  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An e-mail needs an address."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("how") == self.MAIL and said.get("family") not in self.with_mail:
            self.add_error(
                "how", "No e-mail address is on record for this person. Choose to be shown the link"
            )
        return said


class BecauseForm(forms.Form):
    """Why something is taken back."""

    because = forms.CharField(
        label="Why is it taken back?",
        help_text="The reason stays on record. The family can ask to read it.",
        max_length=300,
        widget=_SHORT,
        error_messages={"required": "Enter why it is taken back"},
    )


class AnswerForm(forms.Form):
    """What a parent may add to their answer."""

    message = forms.CharField(
        label="Is there anything you want to tell or ask the school? (optional)",
        help_text="People at the school who look after your child read this. If it is urgent, ring the school.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
