"""What the settings room asks."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from onroll.actions.school.code_map import LONGEST
from onroll.actions.school.counting import MOST_DAYS, Counting
from onroll.domain.register import CODES, NOT_TAKEN, Category
from onroll.queries.school_settings import Group, OwnCode, Settings

ILLNESS = "I"
# Codes of a session missed; the others were attended, or could not be.
_ABSENT = (Category.AUTHORISED, Category.UNAUTHORISED)
_LIKELY = ("M", "C2")
CODE_HINTS = {
    "M": "Part of the usual three.",
    "C2": "Part of the usual three. Until plans are held in Onroll, every C2 counts, plan not recorded.",
}


class NameForm(forms.Form):
    """What the school is called."""

    name = forms.CharField(
        label="What is the school called?",
        max_length=150,
        error_messages={
            "required": "Enter the school’s name",
            "max_length": "Use at most 150 characters",
        },
    )


class CountingForm(forms.Form):
    """How the school counts."""

    threshold = forms.DecimalField(
        label="At how many school days is the threshold?",
        help_text="15 is the number in the regulations and in the policy. It can have a half, like 14.5.",
        max_digits=4,
        decimal_places=1,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "required": "Enter a number of school days, like 15",
            "invalid": "Enter a number of school days, like 15",
            "max_digits": "Enter a number of school days, like 15",
            "max_whole_digits": "Enter a number of school days, like 15",
            "max_decimal_places": "Enter whole or half school days, like 15 or 14.5",
        },
    )
    health_codes = forms.MultipleChoiceField(
        label="Which codes count as missed for health reasons?",
        help_text="I (illness) always counts. The usual others are M and C2.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    appointment = forms.ChoiceField(
        label="A medical appointment (M) inside a run of illness (I):",
        help_text="For the sickness count alone. Its day is never counted there.",
        choices=[
            ("breaks", "ends the run: a new one begins with the next I"),
            ("passes", "is passed over: the run goes on"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what an appointment does"},
    )

    def __init__(self, *args: Any, settings: Settings, **options: Any) -> None:
        options["initial"] = {
            "threshold": f"{settings.threshold:.1f}".removesuffix(".0"),
            "health_codes": settings.health_codes,
            "appointment": "breaks" if settings.appointment_breaks_statutory else "passes",
        }
        super().__init__(*args, **options)
        held = {code for code in settings.health_codes if code in CODES}
        self.fields["health_codes"].choices = [  # type: ignore[attr-defined]
            (code, f"{code}: {CODES[code].meaning}") for code in _offered(held)
        ]

    def clean_threshold(self) -> Decimal:
        threshold: Decimal = self.cleaned_data["threshold"]
        if not 0 < threshold <= MOST_DAYS:
            raise ValidationError(f"Enter a number of school days from 0.5 to {MOST_DAYS}")
        if threshold * 2 % 1:
            raise ValidationError("Enter whole or half school days, like 15 or 14.5")
        return threshold

    def wanted(self) -> Counting:
        """What was chosen, once the form is valid."""
        return Counting(
            threshold=self.cleaned_data["threshold"],
            health_codes=frozenset({ILLNESS, *self.cleaned_data["health_codes"]}),
            appointment_breaks_statutory=self.cleaned_data["appointment"] == "breaks",
        )


class GroupForm(forms.Form):
    """Another name for a year group or a tutor group. `others` are the names that are taken."""

    name = forms.CharField(
        label="What is it called?",
        max_length=40,
        error_messages={"required": "Enter a name", "max_length": "Use at most 40 characters"},
    )

    def __init__(self, *args: Any, group: Group, others: list[Group], **options: Any) -> None:
        options["initial"] = {"name": group.name}
        super().__init__(*args, **options)
        self._taken = {other.name.casefold() for other in others if other.id != group.id}

    def clean_name(self) -> str:
        return _free(self.cleaned_data["name"], self._taken)


class YearGroupForm(forms.Form):
    """A new year group."""

    code = forms.CharField(
        label="What is its national curriculum year?",
        help_text="As the roll has it: 9, R or N1.",
        max_length=4,
        error_messages={
            "required": "Enter the year’s code, like 9",
            "max_length": "Use at most 4 characters",
        },
    )
    name = forms.CharField(
        label="What is it called?",
        help_text="For example, Year 9.",
        max_length=40,
        error_messages={"required": "Enter a name, like Year 9", "max_length": "Use at most 40 characters"},
    )

    def __init__(self, *args: Any, groups: list[Group], **options: Any) -> None:
        super().__init__(*args, **options)
        self._codes = {group.code for group in groups}
        self._names = {group.name.casefold() for group in groups}

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).upper()
        if code in self._codes:
            raise ValidationError("The school has this year already")
        return code

    def clean_name(self) -> str:
        return _free(self.cleaned_data["name"], self._names)


class CodeForm(forms.Form):
    """One of the school's own codes, and what it means."""

    raw = forms.CharField(
        label="What is written in the register?",
        help_text="For example, I01 or H. Capitals matter.",
        max_length=LONGEST,
        error_messages={
            "required": "Enter the code as the register has it",
            "max_length": f"Use at most {LONGEST} characters",
        },
    )
    national = forms.ChoiceField(
        label="Which national code does it stand for?",
        choices=[
            ("", "Choose a code"),
            *((code, f"{code}: {facts.meaning}") for code, facts in CODES.items()),
        ],
        error_messages={"required": "Choose the national code"},
    )

    def __init__(self, *args: Any, held: list[OwnCode], **options: Any) -> None:
        super().__init__(*args, **options)
        self._held = {code.raw for code in held}

    def clean_raw(self) -> str:
        raw = str(self.cleaned_data["raw"])
        if raw in CODES or raw == NOT_TAKEN:
            raise ValidationError(
                "This is a national code and keeps its own meaning. Enter a code of your own"
            )
        if raw in self._held:
            raise ValidationError("This code has a meaning already. Remove it first to give it another")
        return raw


def _offered(held: set[str]) -> list[str]:
    """The codes to choose from: the usual ones first, then the other absences, and whatever counts already."""
    others = [code for code, facts in CODES.items() if facts.category in _ABSENT or code in held]
    return [*_LIKELY, *(code for code in others if code not in (*_LIKELY, ILLNESS))]


def _free(name: str, taken: set[str]) -> str:
    name = " ".join(name.split())
    if name.casefold() in taken:
        raise ValidationError("Another group has this name. Enter a different one")
    return name
