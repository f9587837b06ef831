"""What is asked when a pupil has died: as little as can be."""

from datetime import date
from typing import Any

from django import forms

from onroll.pages.widgets import DateField


class DeathForm(forms.Form):
    """The day, as far as it is known."""

    died_on = DateField(
        label="On which day did the pupil die?",
        help_text="As far as you know. It can be corrected: take the record back and record it again.",
        error_messages={"required": "Enter the day, like 27 3 2026"},
    )

    def __init__(self, *args: Any, today: date, born_on: date | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today, self.born_on = today, born_on

    def clean_died_on(self) -> date:
        """A day that has come, of the pupil's life."""
        on: date = self.cleaned_data["died_on"]
        if on > self.today:
            raise forms.ValidationError("Enter today or an earlier day")
        if self.born_on and on < self.born_on:
            raise forms.ValidationError("Enter a day after the date of birth")
        return on


class TakeBackForm(forms.Form):
    """Why the record was wrong."""

    because = forms.CharField(
        label="Why was it wrong?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why it was wrong"},
    )
