"""What the form of a document asks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from onroll.actions.timeline.documents import most_megabytes, too_large_words
from onroll.domain.casework.entries import PAPERS, Paper
from onroll.domain.casework.given import DocumentGiven
from onroll.domain.casework.tiers import Tier
from onroll.pages.timeline.forms import Offered, WritingForm
from onroll.pages.widgets import DateField, Select

_TAKEN = (
    "PDF, a photo (JPEG, PNG, HEIC), Word (.docx), Excel (.xlsx), OpenDocument text (.odt) or plain text. "
    "Up to {most} MB."
)


class PaperForm(WritingForm):
    """What is said of a document, without its file: to be corrected."""

    kind = forms.ChoiceField(
        label="What kind of document is it?",
        widget=Select,
        choices=[(paper.value, facts.words) for paper, facts in PAPERS.items()],
    )
    title = forms.CharField(
        label="What is it?",
        help_text="For example: discharge letter, or part-time timetable.",
        max_length=200,
        required=False,
    )
    author = forms.CharField(label="Who is it from? (optional)", max_length=200, required=False)
    happened_on = DateField(label="Which date does it carry?", help_text="Today, if it carries none.")
    valid_until = DateField(
        label="Until when is it valid? (optional)",
        help_text="Evidence and plans end. Leave empty what does not.",
        required=False,
    )

    def __init__(self, *args: Any, offered: Offered, **options: Any) -> None:
        # Most papers on a case are about health: whoever may read those puts them there unless they say otherwise.
        first = {"tier": Tier.MEDICAL if Tier.MEDICAL in offered.tiers else Tier.EDUCATION}
        options["initial"] = {**first, **(options.get("initial") or {})}
        super().__init__(*args, offered=offered, **options)

    def given(self) -> DocumentGiven:
        """The document."""
        cleaned = self.cleaned_data
        return DocumentGiven(
            kind=Paper(cleaned.get("kind") or Paper.OTHER),
            title=cleaned.get("title", ""),
            author=cleaned.get("author", ""),
            valid_until=cleaned.get("valid_until"),
            **self.common(),
        )


class DocumentForm(PaperForm):
    """A document with its file."""

    file = forms.FileField(
        label="Which file?",
        required=False,
        allow_empty_file=True,  # its content is judged by the action, in words of its own
    )
    field_order = ["form_key", "file", "kind", "title", "author", "happened_on", "valid_until", "tier"]

    def __init__(self, *args: Any, too_large: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self._too_large = too_large
        self.fields["file"].help_text = _TAKEN.format(most=most_megabytes())

    def clean_file(self) -> Any:
        """A file, no larger than is taken."""
        file = self.cleaned_data["file"]
        if self._too_large:
            raise ValidationError(too_large_words())
        if file is None:
            raise ValidationError("Choose a file")
        return file
