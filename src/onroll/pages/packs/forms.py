"""Forms of the packs room."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from onroll.domain.packs import Pack, PackProblems, Problem, Profile, read
from onroll.domain.packs.reading import LONGEST
from onroll.pages.widgets import DateField

FROM = "From which day does it apply?"
LATEST = 400  # days ahead


class FromForm(forms.Form):
    """A day from which something applies: today or later."""

    from_on = DateField(label=FROM, help_text="Today or a later day, like 27 3 2027.")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        self._today = today
        options.setdefault("initial", {})["from_on"] = today
        super().__init__(*args, **options)

    def clean_from_on(self) -> date:
        on: date = self.cleaned_data["from_on"]
        if on < self._today:
            raise ValidationError(
                "Enter today or a later day: what was found until now stays as it was found"
            )
        if (on - self._today).days > LATEST:
            raise ValidationError("Enter a day within the next year or so")
        return on


class UseForm(FromForm):
    """When a pack begins, and whether it takes the place of the school's present one."""

    INSTEAD, BESIDE = "instead", "beside"

    def __init__(self, *args: Any, present: Pack | None, **options: Any) -> None:
        super().__init__(*args, **options)
        if present is not None:
            self.fields["place"] = forms.ChoiceField(
                label=f"What happens to “{present.title}”, version {present.version}?",
                choices=[
                    (self.INSTEAD, "It applies until the day before, and no more"),
                    (self.BESIDE, "It goes on applying; both do"),
                ],
                widget=forms.RadioSelect,
                error_messages={"required": "Choose what happens to the present policy"},
            )


class BringInForm(forms.Form):
    """A file of one's own, or its text."""

    file = forms.FileField(
        label="Which file?",
        help_text="A text file whose name ends in .toml. Leave it empty when you paste the text below.",
        required=False,
        error_messages={"empty": "The file is empty. Choose another"},
    )
    text = forms.CharField(
        label="Or paste its text here",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
    )
    found: Pack | Profile | None = None
    problems: tuple[Problem, ...] = ()

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > LONGEST:
            raise ValidationError("This file is too large to be a policy pack. Choose another")
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as wrong:
            raise ValidationError(
                "This file is not text in UTF-8. Save it as UTF-8, or choose another"
            ) from wrong

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        text = (given.get("file") or given.get("text") or "").replace("\r\n", "\n")
        if self.errors:
            return given
        if not text.strip():
            raise ValidationError({"file": "Choose a file, or paste its text"})
        try:
            self.found = read(text, "Your text")
        except PackProblems as wrong:
            self.problems = tuple(wrong.problems)
            raise ValidationError({"text": _how_many(len(self.problems))}) from wrong
        return {"text": text}

    @property
    def typed(self) -> str:
        """The text as it was brought, from the file or from the box: kept when something is wrong with it."""
        given = self.cleaned_data if hasattr(self, "cleaned_data") else {}
        return str(given.get("file") or given.get("text") or self.data.get("text", ""))


def _how_many(problems: int) -> str:
    return "Mend one line and look again" if problems == 1 else f"Mend {problems} lines and look again"
