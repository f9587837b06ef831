"""What Watch asks."""

from typing import Any

from django import forms

from onroll.pages.widgets import Select
from onroll.queries.watch import Asked, Only

_GROUPS = (
    ("", "Everybody"),
    (Only.RUNNING, "Away now"),
    (Only.RISK, "At risk"),
    (Only.REACHED, "Reached"),
)


class WatchFilters(forms.Form):
    """Narrow the list. Anything that cannot be read is as if it were not asked."""

    q = forms.CharField(label="Name, known as or UPN", required=False, max_length=80)
    year = forms.TypedChoiceField(label="Year", required=False, coerce=int, empty_value=None, widget=Select)
    tutor = forms.TypedChoiceField(
        label="Tutor group", required=False, coerce=int, empty_value=None, widget=Select
    )
    only = forms.ChoiceField(label="Show", required=False, choices=_GROUPS, widget=Select)

    def __init__(self, *args: Any, years: Any = (), tutors: Any = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year"].choices = [("", "Every year"), *years]  # type: ignore[attr-defined]
        self.fields["tutor"].choices = [("", "Every tutor group"), *tutors]  # type: ignore[attr-defined]


def asked(query: Any, text: str) -> Asked:
    """What is asked of Watch: groups by the address, the text as it was posted. Nonsense is left out."""
    only = query.get("only", "")
    return Asked(
        text=text if query.get("found") else "",
        year_group_id=_number(query.get("year")),
        tutor_group_id=_number(query.get("tutor")),
        only=Only(only) if only in set(Only) else Only.ALL,
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None


class NotACaseForm(forms.Form):
    """Take a pupil off Watch."""

    reason = forms.CharField(
        label="Why is this not a health case?",
        help_text="For example: three unrelated colds, confirmed by phone. The family can ask to read this.",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why this is not a health case"},
    )
