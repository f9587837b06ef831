"""What Oversight asks."""

from datetime import date
from typing import Any

from django import forms

from onroll.domain.casework.states import State
from onroll.pages.oversight.words import STATUS_CHOICES, band_words
from onroll.pages.widgets import Select
from onroll.queries.oversight import BANDS
from onroll.queries.oversight_lists import NOBODY, Choices

_STATES = [("", "Every state"), *((state.value, state.words) for state in State if state.is_open)]


class DutyFilters(forms.Form):
    """Narrow the list of duties."""

    status = forms.ChoiceField(label="Status", required=False, choices=STATUS_CHOICES, widget=Select)
    holder = forms.ChoiceField(label="Held by", required=False, widget=Select)
    paragraph = forms.ChoiceField(label="Paragraph", required=False, widget=Select)
    state = forms.ChoiceField(label="State of the case", required=False, choices=_STATES, widget=Select)

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        holders = [("nobody", "Nobody") if pk == NOBODY else (str(pk), name) for pk, name in choices.holders]
        packs = {pack for pack, _ in choices.paragraphs}
        paragraphs = [
            (f"{pack}/{paragraph}", f"{paragraph} ({pack})" if len(packs) > 1 else paragraph)
            for pack, paragraph in choices.paragraphs
        ]
        self.fields["holder"].choices = [("", "Anybody"), *holders]  # type: ignore[attr-defined]
        self.fields["paragraph"].choices = [("", "Every paragraph"), *paragraphs]  # type: ignore[attr-defined]


class CaseFilters(forms.Form):
    """Narrow the list of cases."""

    state = forms.ChoiceField(label="State", required=False, choices=_STATES, widget=Select)
    days = forms.ChoiceField(
        label="School days missed for health reasons this year",
        required=False,
        choices=[("", "Any number"), *((str(days), band_words(n)) for n, days in enumerate(BANDS))],
        widget=Select,
    )


class MonthForm(forms.Form):
    """Sign the monthly check."""

    month = forms.TypedChoiceField(
        label="Which month do you sign for?",
        coerce=date.fromisoformat,
        widget=Select,
        error_messages={"required": "Choose the month", "invalid_choice": "Choose one of these months"},
    )
    note = forms.CharField(
        label="What did you find, and what happens next?",
        help_text="You need not name a child: the figures of today are kept with it.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter what you found, in a sentence or two"},
    )

    def __init__(self, *args: Any, months: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["month"].choices = months  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """Take a signature back."""

    reason = forms.CharField(
        label="Why do you take it back?",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why you take it back"},
    )
