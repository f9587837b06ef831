"""The two yearly checks, each one form with a part for every guidance or linked policy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from onroll.actions.policy.keeping import Found, Held
from onroll.pages.policyregister.forms import DatedForm
from onroll.pages.widgets import DateField
from onroll.queries.policy.standing import GuidanceSeen, LinkSeen

SKIP = "skip"
_NOT_NOW = (SKIP, "I have not looked at it now")


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One thing to look at, with its questions."""

    seen: GuidanceSeen | LinkSeen
    fields: tuple[BoundField, ...]


class _CheckForm(DatedForm):
    """Fields are numbered: a key may hold what a field's name may not."""

    def __init__(self, *args: Any, rows: Sequence[Any], on: date, **options: Any) -> None:
        super().__init__(*args, on=on, **options)
        self._rows = rows
        self._names = " ".join(self.key(row) for row in rows)
        self.fields["listed"] = forms.CharField(required=False, initial=self._names, widget=forms.HiddenInput)
        for number, row in enumerate(rows):
            for name, field in self.asked(row).items():
                self.fields[f"{name}_{number}"] = field

    def key(self, row: Any) -> str:
        """What the pack calls one row."""
        raise NotImplementedError

    def asked(self, row: Any) -> dict[str, forms.Field]:
        """The questions about one row."""
        raise NotImplementedError

    def rows(self) -> list[CheckRow]:
        """Each thing with its own questions, for the template."""
        return [
            CheckRow(row, tuple(self[f"{name}_{number}"] for name in self.asked(row)))
            for number, row in enumerate(self._rows)
        ]

    def given(self, name: str, number: int) -> Any:
        """What was answered to one question about one row."""
        return self.cleaned_data.get(f"{name}_{number}")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (
            cleaned.get("listed") != self._names
        ):  # another list came into use: a number is no longer the same row
            raise ValidationError("The policy has changed since this page was opened. Look at each one again")
        answered = [
            number for number in range(len(self._rows)) if self.given("found", number) not in {SKIP, None}
        ]
        if not answered and not self.errors:
            self.add_error("found_0", "Look at one of them at least, and say what you found")
        return cleaned


class GuidanceForm(_CheckForm):
    """Is each law and guidance still current?"""

    def key(self, row: GuidanceSeen) -> str:
        """The key of the cited guidance."""
        return row.cited.key

    def asked(self, row: GuidanceSeen) -> dict[str, forms.Field]:
        """Whether it is current, and what has taken its place."""
        return {
            "found": forms.ChoiceField(
                label="Is it still current?",
                choices=[
                    ("current", "Yes, it is current"),
                    ("replaced", "No, it has been replaced or withdrawn"),
                    _NOT_NOW,
                ],
                initial=SKIP,
                widget=forms.RadioSelect,
                error_messages={"required": "Say what you found"},
            ),
            "successor": forms.CharField(
                label="What has taken its place?",
                help_text="Title and date. Only if it has been replaced.",
                required=False,
                max_length=200,
                initial=row.cited.superseded_by[:200],
            ),
            "note": forms.CharField(label="Where did you look?", required=False, max_length=400),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number in range(len(self._rows)):
            if self.given("found", number) == "replaced" and not self.given("successor", number):
                self.add_error(
                    f"successor_{number}", "Name what has taken its place, or say that nothing has"
                )
        return cleaned

    def found(self) -> dict[str, Found]:
        """What the action keeps."""
        return {
            row.cited.key: Found(
                current=answer == "current",
                successor="" if answer == "current" else self.given("successor", number),
                note=self.given("note", number),
            )
            for number, row in enumerate(self._rows)
            if (answer := self.given("found", number)) != SKIP
        }


class LinkedForm(_CheckForm):
    """Is each linked policy held, dated, and in date?"""

    def __init__(self, *args: Any, rows: Sequence[LinkSeen], on: date, **options: Any) -> None:
        super().__init__(*args, rows=rows, on=on, **options)
        self.past = tuple(f"dated_{number}" for number in range(len(rows)))

    def key(self, row: LinkSeen) -> str:
        """The key of the linked policy."""
        return row.linked.key

    def asked(self, row: LinkSeen) -> dict[str, forms.Field]:
        """Whether it is held, its dates, and where it is."""
        return {
            "found": forms.ChoiceField(
                label="Does the school hold it?",
                choices=[("yes", "Yes"), ("no", "No"), _NOT_NOW],
                initial=SKIP,
                widget=forms.RadioSelect,
                error_messages={"required": "Say what you found"},
            ),
            "dated": DateField(label="What date does it carry?", required=False, initial=row.dated_on),
            "due": DateField(label="When is its own review due?", required=False, initial=row.review_due_on),
            "address": forms.URLField(
                label="Where can it be read?",
                help_text="Its address on the school’s website, beginning https://",
                required=False,
                max_length=300,
                initial=row.address,
                assume_scheme="https",
                error_messages={"invalid": "Enter a web address, like https://www.example.org/policies"},
            ),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number in range(len(self._rows)):
            undated = self.given("found", number) == "yes" and not self.given("dated", number)
            if undated and f"dated_{number}" not in self.errors:
                self.add_error(f"dated_{number}", "Enter the date that it carries, like 27 3 2026")
        return cleaned

    def found(self) -> dict[str, Held]:
        """What the action keeps."""
        return {
            row.linked.key: Held(
                held=answer == "yes",
                dated_on=self.given("dated", number) if answer == "yes" else None,
                review_due_on=self.given("due", number) if answer == "yes" else None,
                address=self.given("address", number) if answer == "yes" else "",
            )
            for number, row in enumerate(self._rows)
            if (answer := self.given("found", number)) != SKIP
        }
