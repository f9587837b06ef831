"""What the room of cover asks."""

from collections.abc import Iterable
from typing import Any

from django import forms

from onroll.actions.circle.cover import LONGEST
from onroll.pages.widgets import DateField, Select
from onroll.queries.circle import Colleague


class AwayForm(forms.Form):
    """Days on which somebody is away."""

    user = forms.TypedChoiceField(
        label="Who is away?",
        coerce=int,
        widget=Select,
        error_messages={"required": "Choose who is away", "invalid_choice": "Choose a colleague of the list"},
    )
    first = DateField(
        label="What is the first day away?",
        error_messages={"required": "Enter the first day, like 27 3 2026"},
    )
    last = DateField(
        label="What is the last day away?", error_messages={"required": "Enter the last day, like 27 3 2026"}
    )
    deputy = forms.TypedChoiceField(
        label="Who stands in?",
        help_text="They see the cases on those days, and the duties are theirs. Where nobody is named, the duties go "
        "to the deputies named on each case, then to others with the role.",
        required=False,
        coerce=int,
        empty_value=None,
        widget=Select,
    )

    def __init__(self, *args: Any, people: Iterable[Colleague], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(one.id, one.words) for one in people]
        self.fields["user"].choices = [("", "Choose"), *choices]  # type: ignore[attr-defined]
        self.fields["deputy"].choices = [("", "Nobody is named"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The days in their order; nobody stands in for themselves."""
        data = super().clean() or {}
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", "Enter a day on or after the first day away")
        elif data.get("first") and data.get("last") and data["last"] - data["first"] > LONGEST:
            self.add_error("last", f"Enter a day within {LONGEST.days} days of the first")
        if data.get("deputy") and data["deputy"] == data.get("user"):
            self.add_error("deputy", "Choose somebody else: nobody stands in for themselves")
        return data


class HandForm(forms.Form):
    """To whom everything goes."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    to = forms.TypedChoiceField(
        label="Who takes it over?",
        help_text="Colleagues who hold every role that is handed over.",
        coerce=int,
        widget=Select,
        error_messages={
            "required": "Choose who takes it over",
            "invalid_choice": "Choose a colleague of the list",
        },
    )

    def __init__(self, *args: Any, people: Iterable[Colleague], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = [("", "Choose"), *((one.id, one.words) for one in people)]  # type: ignore[attr-defined]
