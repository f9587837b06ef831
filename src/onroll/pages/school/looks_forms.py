"""What "Looks and changes" asks."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms

from onroll.domain.identifiers import normal_upn, upn_problem
from onroll.pages.parts import Link
from onroll.pages.wording import medium_date
from onroll.queries.ledger import Asked, Person


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %m %Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter a date that exists, like 27/3/2026"},
    )


class Filters(forms.Form):
    """Narrow the list. What cannot be read is said to be so, and left out."""

    person = forms.TypedChoiceField(label="Person", required=False, coerce=int, empty_value=None)
    first = _day("From")
    last = _day("To")
    pupil = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Sequence[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", "Everybody"), *((one.id, one.name) for one in people),
        ]  # fmt: skip

    def asked(self) -> Asked:
        """What was asked for and could be read."""
        self.is_valid()
        given = self.cleaned_data
        return Asked(given.get("person"), given.get("pupil"), given.get("first"), given.get("last"))

    def chips(self) -> list[Link]:
        """Each filter that is on, with the address of the list without it."""
        asked = self.asked()
        names = dict(self.fields["person"].choices)  # type: ignore[attr-defined]
        on: list[tuple[str, object, str]] = [
            ("person", asked.person_id, names.get(asked.person_id, "")),
            ("pupil", asked.pupil_id, f"Pupil {asked.pupil_id}"),
            ("first", asked.first, f"From {_said(asked.first)}"),
            ("last", asked.last, f"To {_said(asked.last)}"),
        ]
        return [Link(words, self._without(name)) for name, value, words in on if value is not None]

    def _without(self, name: str) -> str:
        left = {key: value for key, value in self.data.items() if key not in {name, "page"} and value}
        return f"?{urlencode(left)}"


class FindPupil(forms.Form):
    """Find a pupil without a name on the screen, and without a UPN in an address."""

    upn = forms.CharField(
        label="The pupil’s UPN",
        help_text="For example, V865499920001.",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter a UPN", "max_length": "A UPN has 13 characters"},
    )

    def clean_upn(self) -> str:
        upn = normal_upn(self.cleaned_data["upn"])
        if problem := upn_problem(upn):
            raise forms.ValidationError(problem)
        return upn


def _said(on: date | None) -> str:
    return medium_date(on)
