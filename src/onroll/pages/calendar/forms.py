"""What the calendar room asks."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from onroll.actions.calendar.scope import Facts
from onroll.domain.schoolcalendar import CalendarEntry, Kind, Layer
from onroll.domain.schoolcalendar.calendarfile import EARLIEST, LATEST, NAME_LENGTH, name_problem
from onroll.domain.schoolcalendar.notes import has_weekday
from onroll.pages.calendar.words import KINDS, year_name
from onroll.pages.widgets import DateField
from onroll.queries.calendar_pages import EntrySeen, Whom
from onroll.queries.calendars import bank_holidays

LARGEST = 200 * 1024  # bytes; a calendar of many years has less than a tenth of it
_SCHOOL, _TRUST, _GROUP = "school", "trust", "group-"


class EntryForm(forms.Form):
    """One entry of the calendar. `standing` are the entries that it may not repeat."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=[(kind.value, words) for kind, words in KINDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is"},
    )
    first = DateField(
        label="What is the first day?",
        help_text="For example, 3 9 2026.",
        error_messages={"required": "Enter the first day, like 3 9 2026"},
    )
    last = DateField(label="What is the last day?", help_text="Leave empty for one day.", required=False)
    name = forms.CharField(
        label="What is it called?",
        help_text="For example, Autumn half-term. You can leave it empty.",
        required=False,
        max_length=NAME_LENGTH,
        error_messages={"max_length": f"Use at most {NAME_LENGTH} characters"},
    )
    whom = forms.ChoiceField(label="Who is it for?", error_messages={"required": "Choose who it is for"})

    def __init__(
        self,
        *args: Any,
        whom: Whom,
        standing: list[EntrySeen],
        changing: EntrySeen | None = None,
        **options: Any,
    ) -> None:
        if changing is not None:
            options.setdefault("initial", _initial(changing))
        super().__init__(*args, **options)
        choices = [(_SCHOOL, "The whole school"), *((f"{_GROUP}{pk}", name) for pk, name in whom.groups)]
        if whom.trust:
            choices.append((_TRUST, f"Every school of {whom.trust}"))
        self.fields["whom"].choices = choices  # type: ignore[attr-defined]
        self._standing = [row for row in standing if changing is None or row.id != changing.id]

    def clean_first(self) -> date | None:
        return _sensible(self.cleaned_data["first"])

    def clean_last(self) -> date | None:
        return _sensible(self.cleaned_data["last"])

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if problem := name_problem(name):
            raise ValidationError(problem)
        return name

    def clean(self) -> dict[str, Any]:
        """Look at the dates together, and at what the calendar has already."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        cleaned["last"] = cleaned["last"] or cleaned["first"]
        if cleaned["last"] < cleaned["first"]:
            self.add_error("last", "The last day must be the first day or later")
            return cleaned
        facts = self.facts()
        entry = CalendarEntry(facts.kind, facts.first, facts.last)
        if not has_weekday(entry):
            self.add_error("first", "This is a weekend, when there is no school. Enter a weekday")
        elif facts.kind is Kind.BANK_HOLIDAY and _is_known(facts):
            self.add_error("first", "This bank holiday is in the calendar already")
        elif any(_same(row, facts) for row in self._standing):
            self.add_error(
                None, "The calendar has this entry already. Change its kind, its dates or who it is for"
            )
        return cleaned

    def facts(self) -> Facts:
        """What was entered, once the form is valid."""
        given = self.cleaned_data
        whom = given["whom"]
        return Facts(
            kind=Kind(given["kind"]),
            first=given["first"],
            last=given["last"],
            name=given["name"],
            year_group_id=int(whom.removeprefix(_GROUP)) if whom.startswith(_GROUP) else None,
            for_trust=whom == _TRUST,
        )


class WithdrawForm(forms.Form):
    """Take an entry out."""

    because = forms.CharField(
        label="Why is it taken out?",
        help_text="You can leave this empty. Name no pupil.",
        required=False,
        max_length=120,
        error_messages={"max_length": "Use at most 120 characters"},
    )


class BringInForm(forms.Form):
    """A calendar file, and what is to happen to what the calendar has."""

    ADD, REPLACE = "add", "replace"
    file = forms.FileField(
        label="Which file?",
        help_text="CSV or XLSX, with the columns kind, from, to and name, and if you like year-group.",
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another"},
    )
    how = forms.ChoiceField(
        label="What happens to the calendar you have?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happens to the calendar you have"},
    )

    def __init__(self, *args: Any, year: int, **options: Any) -> None:
        options["initial"] = {"how": self.ADD}
        super().__init__(*args, **options)
        self.fields["how"].choices = [  # type: ignore[attr-defined]
            (self.ADD, "Keep it and add what is new"),
            (self.REPLACE, f"Replace the school's own entries of {year_name(year)}"),
        ]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError("This file is too large to be a calendar. Choose another")
        return file


def _initial(row: EntrySeen) -> dict[str, Any]:
    whom = f"{_GROUP}{row.year_group_id}" if row.year_group_id else _SCHOOL
    last = None if row.entry.first == row.entry.last else row.entry.last
    return {
        "kind": row.entry.kind.value,
        "first": row.entry.first,
        "last": last,
        "name": row.entry.name,
        "whom": _TRUST if row.entry.layer is Layer.TRUST else whom,
    }


def _sensible(on: date | None) -> date | None:
    if on is not None and not EARLIEST <= on.year <= LATEST:
        raise ValidationError(f"Check the year: {on.year} cannot be right")
    return on


def _same(row: EntrySeen, facts: Facts) -> bool:
    return (
        (row.entry.kind, row.entry.first, row.entry.last) == (facts.kind, facts.first, facts.last)
        and row.year_group_id == facts.year_group_id
        and (row.entry.layer is Layer.TRUST) == facts.for_trust
    )


def _is_known(facts: Facts) -> bool:
    return any(day.first == facts.first == facts.last for day in bank_holidays(facts.first.year))
