"""What the registers room asks."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from onroll.domain.register import CODES
from onroll.domain.register.files import ColumnMap, Role, Shape
from onroll.pages.uploading import too_large_words
from onroll.pages.wording import count_of
from onroll.queries.amendments import Asked
from onroll.queries.imports.codes import UnknownCode
from onroll.queries.imports.columns import Column

_WHO = (Role.UPN, Role.ADMISSION, Role.SURNAME, Role.FORENAME, Role.DOB)
_WHAT = (Role.DATE, Role.SESSION, Role.MARK)
_NAMES = (Role.SURNAME, Role.FORENAME, Role.DOB)
_QUESTIONS = {
    Role.UPN: "Which column holds the UPN?",
    Role.ADMISSION: "Which column holds the admission number?",
    Role.SURNAME: "Which column holds the surname?",
    Role.FORENAME: "Which column holds the forename?",
    Role.DOB: "Which column holds the date of birth?",
    Role.DATE: "Which column holds the date of the session?",
    Role.SESSION: "Which column says AM or PM?",
    Role.MARK: "Which column holds the mark?",
}


class BringInForm(forms.Form):
    """A file of attendance."""

    file = forms.FileField(
        label="Which file?",
        help_text="CSV or Excel (XLSX), as your school's system exports it.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty. Export the register again as CSV or XLSX",
            "missing": "Choose a file",
            "invalid": "Choose a file",
        },
    )

    def __init__(self, *args: Any, too_large: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if too_large:  # it was dropped on its way in, so the form sees none
            self.fields["file"].error_messages["required"] = too_large_words()


class ColumnsForm(forms.Form):
    """Which column is what. Columns of days are found by their headings and are not asked for."""

    shape = forms.ChoiceField(
        label="How is the file laid out?",
        choices=[(shape.value, shape.words) for shape in Shape],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the file is laid out"},
    )

    def __init__(self, *args: Any, columns: Sequence[Column], header: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self._header = header
        named = [
            (str(one.place), _named(one)) for one in columns if not one.is_day and (one.heading or one.sample)
        ]
        for role in (*_WHO, *_WHAT):
            self.fields[role.value] = forms.ChoiceField(
                label=_QUESTIONS[role], required=False, choices=[("", "Not in this file"), *named]
            )

    @property
    def who(self) -> list[Any]:
        """The questions about the pupil."""
        return [self[role.value] for role in _WHO]

    @property
    def what(self) -> list[Any]:
        """The questions about the mark, which only a file with a line for each mark answers in columns."""
        return [self[role.value] for role in _WHAT]

    @property
    def is_long(self) -> bool:
        """Whether the file has a line for each mark."""
        return bool(self["shape"].value() == Shape.LONG)

    def clean(self) -> dict[str, Any]:
        """No column is two things, and nothing that is needed is left out."""
        cleaned = super().clean() or {}
        if cleaned.get("shape"):
            self._check_needed(cleaned)
        taken: dict[str, Role] = {}
        for role in self._asked(cleaned):
            place = cleaned.get(role.value)
            if place and place in taken:
                self.add_error(role.value, f"This column is the {taken[place].words} already. Choose another")
            elif place:
                taken[place] = role
        return cleaned

    def chosen(self) -> ColumnMap:
        """The columns as chosen."""
        cleaned = self.cleaned_data
        places = {role: int(cleaned[role.value]) for role in self._asked(cleaned) if cleaned.get(role.value)}
        return ColumnMap.of(Shape(cleaned["shape"]), self._header, places)

    def tell_unfit(self) -> None:
        """Say that no line could be read in this layout."""
        self.add_error("shape", "No heading of the file is a date that fits this layout. Choose another")

    def _check_needed(self, cleaned: Mapping[str, Any]) -> None:
        if not (cleaned.get(Role.UPN) or cleaned.get(Role.ADMISSION) or all(map(cleaned.get, _NAMES))):
            self.add_error(
                Role.UPN.value,
                "Choose the UPN, or the admission number, or surname, forename and date of birth",
            )
        for role in _WHAT if cleaned["shape"] == Shape.LONG else ():
            if role.value in cleaned and not cleaned[role.value]:
                self.add_error(role.value, f"Choose the column that holds the {role.words.lower()}")

    @staticmethod
    def _asked(cleaned: Mapping[str, Any]) -> tuple[Role, ...]:
        return (*_WHO, *_WHAT) if cleaned.get("shape") == Shape.LONG else _WHO


def columns_initial(shape: Shape, places: Mapping[Role, int]) -> dict[str, str]:
    """The form as it was chosen or guessed."""
    return {"shape": shape.value, **{role.value: str(place) for role, place in places.items()}}


def _named(column: Column) -> str:
    heading = column.heading or f"Column {column.place + 1}"
    return f"{heading} (first: {column.sample})" if column.sample else heading


class ApproveForm(forms.Form):
    """Let a file into the register."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    checked = forms.BooleanField(
        label="I have checked that each of these is the right pupil",
        error_messages={"required": "Check the pupils who were not found by UPN, then say so here"},
    )

    def __init__(self, *args: Any, checks: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not checks:
            del self.fields["checked"]


class VersionForm(forms.Form):
    """Do something to a file as the page showed it."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class CodesForm(forms.Form):
    """What the codes of a file mean. A code without an answer stays out of the register."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, codes: Sequence[UnknownCode], **options: Any) -> None:
        super().__init__(*args, **options)
        self._codes = codes
        for place, code in enumerate(codes):
            self.fields[f"code-{place}"] = forms.ChoiceField(
                label=f"What does {code.raw} mean?",
                help_text=_hint(code),
                required=False,
                choices=[
                    ("", "Leave these marks out"),
                    *((one.code, f"{one.code}: {one.meaning}") for one in CODES.values()),
                ],
            )

    @property
    def questions(self) -> list[Any]:
        """One for each code."""
        return [self[f"code-{place}"] for place in range(len(self._codes))]

    def meanings(self) -> dict[str, str]:
        """The codes that were given a meaning."""
        answers = ((code.raw, self.cleaned_data[f"code-{place}"]) for place, code in enumerate(self._codes))
        return {raw: national for raw, national in answers if national}

    def clean(self) -> dict[str, Any]:
        """Something must be explained, or there is nothing to do."""
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"code-{place}") for place in range(len(self._codes))):
            raise forms.ValidationError("Choose what at least one code means, or go back to the file")
        return cleaned


def _hint(code: UnknownCode) -> str:
    often = f" Often it means {code.suggested}: {CODES[code.suggested].meaning}." if code.suggested else ""
    return f"{count_of(code.marks, 'mark')} in this file.{often}"


class AmendmentFilters(forms.Form):
    """Narrow the list of changes."""

    year = forms.TypedChoiceField(label="Year", required=False, coerce=int, empty_value=None)
    tutor = forms.TypedChoiceField(label="Tutor group", required=False, coerce=int, empty_value=None)
    on = forms.DateField(
        label="Date of the session",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, years: Any, tutors: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year"].choices = [("", "Every year"), *years]  # type: ignore[attr-defined]
        self.fields["tutor"].choices = [("", "Every tutor group"), *tutors]  # type: ignore[attr-defined]


def asked_changes(query: Mapping[str, str]) -> Asked:
    """What an address asks of the list of changes; what makes no sense in it is left out."""
    return Asked(
        year_group_id=number(query.get("year")),
        tutor_group_id=number(query.get("tutor")),
        on=_date(query.get("on", "")),
        import_id=number(query.get("file")),
    )


def number(text: str | None) -> int | None:
    """A number in an address; None for what is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
