"""What the roll page asks."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from onroll.actions.leaving.proposing import LeavingGiven
from onroll.domain.roll_guard import NOT_A_GROUND
from onroll.pages.widgets import DateField, Select
from onroll.queries.leaving import ground_choices

_LONG = forms.Textarea(attrs={"rows": 4})
_ANSWERS = {"": None, "yes": True, "no": False}


class ProposeForm(forms.Form):
    """Propose that the pupil leaves the roll."""

    ground = forms.ChoiceField(
        label="On which ground?",
        help_text=NOT_A_GROUND,
        choices=ground_choices(),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the ground. If none fits, the pupil stays on roll"},
    )
    leaving_on = DateField(
        label="What would be the last day on roll?",
        help_text="Today or later: a name cannot come off the roll for a day that has gone.",
        error_messages={"required": "Enter the last day on roll, like 17 7 2027"},
    )
    evidence = forms.CharField(
        label="What is the evidence?",
        help_text="Who said what, and when. The headteacher decides by it.",
        max_length=2000,
        widget=_LONG,
        error_messages={"required": "Enter the evidence"},
    )
    document = forms.TypedChoiceField(
        label="Is there a document of it on the case? (optional)",
        required=False,
        coerce=int,
        empty_value=None,
        widget=Select,
    )
    authority = forms.ChoiceField(
        label="Does the local authority agree?",
        help_text="It must where it provides the education.",
        choices=[("yes", "Yes"), ("no", "No"), ("", "Not asked yet, or not its concern")],
        required=False,
        widget=forms.RadioSelect,
    )
    authority_words = forms.CharField(
        label="Who answered for the authority, and when? (optional)", max_length=500, required=False
    )

    def __init__(self, *args: Any, documents: Iterable[tuple[int, str]], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["document"].choices = [("", "No"), *documents]  # type: ignore[attr-defined]

    def clean_leaving_on(self) -> date:
        """Not a day that has gone."""
        on: date = self.cleaned_data["leaving_on"]
        if on < self.today:
            raise forms.ValidationError("Enter today or a later day: it cannot be in the past")
        return on

    def given(self) -> LeavingGiven:
        """What the action is given."""
        asked = self.cleaned_data
        return LeavingGiven(
            ground=asked["ground"],
            leaving_on=asked["leaving_on"],
            evidence=asked["evidence"],
            document_id=asked["document"],
            authority_agrees=_ANSWERS[asked["authority"]],
            authority_words=asked["authority_words"],
        )


class DecideForm(forms.Form):
    """The headteacher's decision."""

    agree = forms.ChoiceField(
        label="What do you decide?",
        choices=[("yes", "The pupil leaves the roll on that day"), ("no", "The pupil stays on roll")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide"},
    )
    weighed = forms.BooleanField(label="I have read what speaks against it", required=False)
    because = forms.CharField(
        label="Why?",
        max_length=2000,
        widget=_LONG,
        error_messages={"required": "Enter why you decide so"},
    )

    def __init__(self, *args: Any, against: bool, stopped: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.against, self.stopped = against, stopped
        if not against:
            del self.fields["weighed"]

    def clean(self) -> dict[str, Any]:
        """Agreeing is only for what may be agreed, and knowingly."""
        data = super().clean() or {}
        if data.get("agree") == "yes" and self.stopped:
            self.add_error("agree", "This cannot be agreed to as it stands: see above what stops it")
        elif data.get("agree") == "yes" and self.against and not data.get("weighed"):
            self.add_error("weighed", "Confirm that you have read what speaks against it")
        return data
