"""What the register asks about a version and its steps."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from onroll.pages.widgets import DateField

_LABEL = RegexValidator(
    r"^[0-9A-Za-z][0-9A-Za-z.\-]*$", "Use letters, figures, dots and dashes, like 2027 or 2027.1"
)


class DatedForm(forms.Form):
    """A form whose days, named in `past`, must have come."""

    past: tuple[str, ...] = ()

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self._on = on

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.past:
            if (day := cleaned.get(name)) and day > self._on:
                self.add_error(name, "Enter a day that has come: this one is in the future")
        return cleaned


def _words(label: str, *, required: str = "", help_text: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(required),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required},
    )


class VersionFields(DatedForm):
    """What every version has."""

    version = forms.CharField(
        label="What is the version called?",
        help_text="For example 2027. It is part of the address of its public page.",
        max_length=30,
        validators=[_LABEL],
        error_messages={"required": "Enter what the version is called, like 2027"},
    )
    amendment = _words(
        "What changes in it?",
        required="Say what changes, or that nothing does",
        help_text="Goes into the amendment record that everybody can read. If nothing changes, say so.",
    )
    text = forms.ChoiceField(
        label="Which policy text is it?",
        help_text="The policy packs of the school. A new text is brought in under Settings.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the policy text"},
    )

    def __init__(self, *args: Any, texts: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].choices = list(texts)  # type: ignore[attr-defined]


class BeginForm(VersionFields):
    """The next version."""


class EarlierForm(VersionFields):
    """A version that was approved before the register was kept in Onroll."""

    past = ("approved_on", "published_on")
    approved_on = DateField(label="When was it approved?")
    minute = forms.CharField(
        label="What is the reference of the minute?",
        help_text="Leave it empty if nobody has it at hand. The policy page then says that it is not on record.",
        required=False,
        max_length=80,
    )
    next_due_on = DateField(
        label="When is the next review due?",
        help_text="Leave it empty and it is reckoned from the policy.",
        required=False,
    )
    published_on = DateField(
        label="Since when has it been on the school’s website?",
        help_text="Leave it empty if it is not published.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        approved, published = cleaned.get("approved_on"), cleaned.get("published_on")
        if approved and published and published < approved:
            self.add_error("published_on", "Enter a day on or after the approval")
        due = cleaned.get("next_due_on")
        if approved and due and due <= approved:
            self.add_error("next_due_on", "Enter a day after the approval")
        return cleaned


class ReviewForm(DatedForm):
    """Somebody went through the policy."""

    past = ("reviewed_on",)
    reviewed_on = DateField(label="When was the policy reviewed?")
    note = _words("What was found?", help_text="For example, who went through it. Name no child.")


class SendForm(DatedForm):
    """It goes to the governors."""

    past = ("sent_on",)
    sent_on = DateField(label="When was it sent to the governors?")


class ReturnForm(DatedForm):
    """The governors ask for something."""

    past = ("returned_on",)
    returned_on = DateField(label="When did the governors return it?")
    note = _words("What do they ask for?", required="Say what the governors ask for")


class ApproveForm(DatedForm):
    """The governors approved it."""

    past = ("meeting_on",)
    meeting_on = DateField(label="On which day did the governors approve it?")
    minute = forms.CharField(
        label="What is the reference of the minute?",
        help_text="As the clerk writes it, for example FGB 2027/14.",
        max_length=80,
        error_messages={"required": "Enter the reference of the minute"},
    )
    next_due_on = DateField(
        label="When is the next review due?",
        help_text="Leave it empty and it is reckoned from the policy.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        due, met = cleaned.get("next_due_on"), cleaned.get("meeting_on")
        if due and met and due <= met:
            self.add_error("next_due_on", "Enter a day after the meeting")
        return cleaned


class PublishForm(DatedForm):
    """It becomes the public page."""

    past = ("published_on",)
    published_on = DateField(label="From which day is it public?")


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label="Why is it taken back?",
        help_text="It stays in the register, struck through, with this reason.",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is taken back"},
    )


class OfficerForm(DatedForm):
    """Who the authority's designated officer is."""

    past = ("confirmed_on",)
    confirmed_on = DateField(label="When did you confirm it with the authority?")
    post = forms.CharField(
        label="What is the post?",
        max_length=160,
        error_messages={"required": "Enter the officer’s post"},
    )
    service = forms.CharField(label="In which service?", max_length=160, required=False)
    name = forms.CharField(label="Who holds it?", max_length=120, required=False)
    phone = forms.CharField(
        label="What is the telephone number?",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label="What is the e-mail address?",
        required=False,
        error_messages={"invalid": "Enter an e-mail address, like name@example.org"},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    contact_public = forms.BooleanField(
        label="Show the name and how to reach them on the public policy",
        help_text="The post and the service are always shown there.",
        required=False,
    )


class AnswerForm(forms.Form):
    """What the school does about a difference."""

    follows = forms.ChoiceField(
        label="What does the school follow?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the school follows"},
    )
    words = _words("What will the school do?", required="Say what the school will do")
    reason = _words("Why?", help_text="For example, who decided it and on what advice. Name no child.")

    def __init__(self, *args: Any, sides: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["follows"].choices = list(sides)  # type: ignore[attr-defined]


class BriefingForm(DatedForm):
    """A briefing of staff on reasonable adjustments."""

    past = ("held_on",)
    held_on = DateField(label="When was the briefing?")
    given_by = forms.CharField(
        label="Who gave it?", max_length=120, error_messages={"required": "Enter who gave the briefing"}
    )
    attended = forms.TypedMultipleChoiceField(
        label="Who attended?", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.IntegerField(
        label="How many others attended?",
        help_text="People who do not sign in to Onroll.",
        required=False,
        min_value=0,
        max_value=2000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Enter a number, like 12",
            "min_value": "Enter a number, like 12",
            "max_value": "Enter a smaller number",
        },
    )
    covered = _words(
        "What did it cover?", help_text="For example, who counts as disabled, and what an adjustment is."
    )

    def __init__(self, *args: Any, staff: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["attended"].choices = list(staff)  # type: ignore[attr-defined]

    def clean_others(self) -> int:
        return self.cleaned_data["others"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("attended") and not cleaned.get("others"):
            raise ValidationError("Say who attended: choose people, or give a number of others")
        return cleaned
