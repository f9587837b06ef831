"""What the room of cases asks."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from onroll.domain.casework.moves import Move, Obstacle
from onroll.domain.permissions import Role
from onroll.pages.widgets import DateField, Select
from onroll.queries.case_team import Suggested

_BEGUN, _AHEAD = "begun", "ahead"
_LONG = forms.Textarea(attrs={"rows": 3})
_WHOSE = (("", "Everybody’s"), ("mine", "Those whose team I am on"))


class CaseFilters(forms.Form):
    """Narrow the list. Anything that cannot be read is as if it were not asked."""

    q = forms.CharField(label="Name, known as or UPN", required=False, max_length=80)
    state = forms.ChoiceField(label="State", required=False, widget=Select)
    whose = forms.ChoiceField(label="Whose", required=False, choices=_WHOSE, widget=Select)

    def __init__(self, *args: Any, states: Iterable[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["state"].choices = [("", "Every open case"), *states]  # type: ignore[attr-defined]


class OpenForm(forms.Form):
    """Open a case."""

    reason = forms.CharField(
        label="Why is a case being opened?",
        help_text="For example: away since the half-term and not well enough to come in. "
        "The family can ask to read this.",
        max_length=1000,
        widget=_LONG,
        error_messages={"required": "Enter why a case is being opened"},
    )
    need = forms.CharField(
        label="What is known of the health need? (optional)",
        help_text="Read only by those who may see medical information. A diagnosis is not needed.",
        max_length=2000,
        required=False,
        widget=_LONG,
    )
    begun = forms.ChoiceField(
        label="Has the absence begun?",
        choices=[
            (_BEGUN, "Yes, or attendance is already affected"),
            (_AHEAD, "No, it is still to come: an operation that is planned, for example"),
        ],
        initial=_BEGUN,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the absence has begun"},
    )
    expected_from = DateField(
        label="If it is still to come, from which day is the pupil expected to be away?",
        help_text="For example, 11 1 2027.",
        required=False,
    )
    opened_on = DateField(
        label="From which day does the case count?",
        help_text="Duties are counted from this day. Most often it is today.",
        error_messages={"required": "Enter the day from which the case counts, like 27 3 2026"},
    )
    team = forms.MultipleChoiceField(
        label="Who is on the case team?",
        help_text="Their duties appear on their Today page. You can change the team later.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, team: Sequence[Suggested], medical: bool, today: date, **options: Any
    ) -> None:
        options.setdefault("initial", {"opened_on": today, "team": [one.key for one in team if one.usual]})
        super().__init__(*args, **options)
        self.today = today
        self.fields["team"].choices = [(one.key, one.words) for one in team]  # type: ignore[attr-defined]
        if not medical:
            del self.fields["need"]
        if not team:
            del self.fields["team"]

    def clean_opened_on(self) -> date:
        """A case does not begin tomorrow."""
        given: date = self.cleaned_data["opened_on"]
        if given > self.today:
            raise ValidationError("Enter today or an earlier day. Where the absence is to come, say so above")
        return given

    def clean(self) -> dict[str, Any]:
        """The day of an absence to come is needed where it is said to come, and only there."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("begun") != _AHEAD:
            said["expected_from"] = None
        elif "expected_from" in said and not said["expected_from"]:
            self.add_error("expected_from", "Enter the day from which the pupil is expected to be away")
        elif said.get("expected_from") and said["expected_from"] <= self.today:
            self.add_error("expected_from", "Enter a day after today, or say that the absence has begun")
        return said

    def asked(self) -> dict[str, Any]:
        """What the action is asked for."""
        said = self.cleaned_data
        return {
            "reason": said["reason"],
            "need": said.get("need", ""),
            "opened_on": said["opened_on"],
            "expected_from": said["expected_from"],
            "team": [_member(key) for key in said["team"]] if "team" in self.fields else None,
        }


def _member(key: str) -> tuple[int, Role]:
    role, _, user_id = key.partition(":")
    return int(user_id), Role(role)


class MoveForm(forms.Form):
    """Move a case on. What is asked depends on the move and on what stands against it."""

    reason = forms.CharField(
        label="Why now?",
        help_text="The family can ask to read this.",
        max_length=1000,
        widget=_LONG,
        error_messages={"required": "Enter why the case is moved on now"},
    )
    happened_on = DateField(
        label="From which day?",
        error_messages={"required": "Enter the day from which this holds, like 27 3 2026"},
    )
    provided_by = forms.CharField(
        label="Who exactly provides education? (optional)",
        help_text="For example: the hospital school, mornings only.",
        max_length=300,
        required=False,
    )
    decides_on = DateField(
        label="By when is the next decision expected? (optional)",
        help_text="For example, 18 12 2026.",
        required=False,
    )
    because = forms.CharField(
        label="Why do you go on all the same?",
        help_text="This is kept with the move, and the Deputy Headteacher can see it.",
        max_length=1000,
        widget=_LONG,
        error_messages={"required": "Enter why you go on all the same"},
    )
    passing = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        move: Move,
        obstacles: Sequence[Obstacle],
        version: int,
        today: date,
        **options: Any,
    ) -> None:
        passing = " ".join(one.key for one in obstacles)
        options.setdefault("initial", {"happened_on": today, "passing": passing, "version": version})
        super().__init__(*args, **options)
        if move is not Move.TAKE_OVER:
            del self.fields["provided_by"]
        if move not in {Move.TAKE_OVER, Move.BACK}:
            del self.fields["decides_on"]
        if not obstacles:
            del self.fields["because"]

    def asked(self) -> dict[str, Any]:
        """What the action is asked for."""
        said = self.cleaned_data
        return {
            "reason": said["reason"],
            "happened_on": said["happened_on"],
            "provided_by": said.get("provided_by", ""),
            "decides_on": said.get("decides_on"),
            "because": said.get("because", ""),
            "passing": frozenset(said["passing"].split()),
            "seen_version": said["version"],
        }


class NeedForm(forms.Form):
    """What is known of the need, and when an absence to come is expected."""

    need = forms.CharField(
        label="What is known of the health need?",
        help_text="Read only by those who may see medical information. What stands here now is kept as a note.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    expected_from = DateField(
        label="From which day was, or is, the pupil expected to be away? (optional)",
        help_text="Only where the case was opened before any absence. For example, 11 1 2027.",
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AsOfForm(forms.Form):
    """Which day to show the case on, and with whose eyes."""

    on = DateField(
        label="Which day?",
        help_text="For example, 12 1 2027.",
        error_messages={"required": "Enter the day to show the case on, like 12 1 2027"},
    )
    known = forms.ChoiceField(
        label="With what is known when?",
        choices=[("then", "As it was known then"), ("now", "With what is known now")],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean_on(self) -> date:
        """What is to come cannot be shown."""
        given: date = self.cleaned_data["on"]
        if given > self.today:
            raise ValidationError("Enter today or a day before it")
        return given
