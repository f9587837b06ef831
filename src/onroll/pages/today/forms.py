"""What Today asks."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from onroll.domain.digests import RHYTHM_WORDS
from onroll.domain.duties.putting_off import until_problem
from onroll.pages.widgets import DateField


class PutOffForm(forms.Form):
    """Put a duty off."""

    until_on = DateField(
        label="Until when?",
        help_text="It comes back on this day. Four weeks from today at the most.",
        error_messages={"required": "Enter the day on which it comes back, like 27 3 2026"},
    )
    reason = forms.CharField(
        label="Why can it not be done before?",
        help_text="The Deputy Headteacher reads this. For example: the family is away until Monday.",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why it cannot be done before"},
    )

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on

    def clean_until_on(self) -> date:
        """A day after today, within four weeks."""
        until_on: date = self.cleaned_data["until_on"]
        if problem := until_problem(until_on, self.on):
            raise ValidationError(problem)
        return until_on


class DigestForm(forms.Form):
    """How often somebody wants to be written to."""

    rhythm = forms.ChoiceField(
        label="How often shall Onroll write to you?",
        choices=[(rhythm.value, words) for rhythm, words in RHYTHM_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often Onroll shall write to you"},
    )
