"""What the forms that write on a case ask. Their rules are those of `domain.casework.given`."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms

from onroll.domain.casework.entries import METHODS, Method
from onroll.domain.casework.given import ContactGiven, DecisionGiven, Given, NoteGiven, reason_problem
from onroll.domain.casework.tiers import Tier
from onroll.pages.widgets import DateField, Select
from onroll.queries.circle import Colleague
from onroll.queries.whom import OTHER, PARENT, PUPIL, Whom, first_parent

_LONG = 4000
_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Offered:
    """What a form may offer to this person on this case."""

    on: date  # today
    me: int
    tiers: tuple[Tier, ...]
    people: tuple[Whom, ...] = ()
    staff: tuple[Colleague, ...] = field(default=())


def area(label: str, hint: str = "", *, rows: int = 3, required: bool = False) -> forms.CharField:
    """A question that is answered in some words. Whether it must be answered is the rules' to say."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=hint, max_length=_LONG, widget=widget, required=required, strip=True
    )


class WritingForm(forms.Form):
    """What every entry is asked: the day, and who may read it. `form_key` knows the same form again."""

    folded: tuple[str, ...] = ()  # fields that most people leave as they are
    form_key = forms.CharField(widget=forms.HiddenInput, required=False)
    happened_on = DateField(label="Which day was it?", help_text="For example, 27 3 2026.")
    tier = forms.ChoiceField(label="Who may read this?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, offered: Offered, **options: Any) -> None:
        initial = options.get("initial") or {}
        first = {"happened_on": offered.on, "tier": Tier.EDUCATION, "form_key": secrets.token_hex(16)}
        options["initial"] = {**first, **initial}
        super().__init__(*args, **options)
        self.offered = offered
        self.fields["tier"].choices = [  # type: ignore[attr-defined]
            (tier.value, tier.words.capitalize()) for tier in offered.tiers
        ]

    @property
    def tier_hints(self) -> dict[str, str]:
        """What belongs into each tier."""
        return {tier.value: tier.hint for tier in self.offered.tiers}

    @property
    def has_choice_of_tier(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.offered.tiers) > 1

    @property
    def is_unfolded(self) -> bool:
        """Whether something in the fold must be looked at."""
        return any(name in self.errors for name in self.folded) if self.is_bound else False

    def clean_form_key(self) -> str:
        """A key of ours, or none: then the form is not known again."""
        key: str = self.cleaned_data["form_key"]
        return key if _KEY.fullmatch(key) else ""

    def clean(self) -> dict[str, Any]:
        """Show what the rules find, each at its question; a field that has an error already keeps it."""
        cleaned = super().clean() or {}
        if "happened_on" in cleaned and "tier" in cleaned:
            for name, problem in self.given().problems(self.offered.on).items():
                if name not in self.errors:
                    self.add_error(name, problem)
        return cleaned

    def given(self) -> Given:
        """What was given, as the action takes it."""
        raise NotImplementedError

    def common(self) -> dict[str, Any]:
        """The day and the tier."""
        return {"happened_on": self.cleaned_data["happened_on"], "tier": Tier(self.cleaned_data["tier"])}


_REACHED, _NOT_REACHED = "yes", "no"


class ContactForm(WritingForm):
    """The quick log: who, how, what was said. The rest is folded, and right as it stands for most calls."""

    folded = ("with_whom", "with_pupil", "happened_on", "made_at", "made_by", "tier")
    who = forms.ChoiceField(label="Who was it with?", widget=Select)
    method = forms.ChoiceField(
        label="How?",
        widget=Select,
        choices=[(method.value, facts.words) for method, facts in METHODS.items()],
        initial=Method.PHONE,
    )
    two_way = forms.ChoiceField(
        label="Did you reach them?",
        widget=forms.RadioSelect,
        choices=[(_REACHED, "Yes"), (_NOT_REACHED, "No answer")],
        initial=_REACHED,
    )
    said = area("What was said?", "A few words are enough. The family can ask to read this.")
    next_step = forms.CharField(label="What happens next? (optional)", max_length=400, required=False)
    next_on = DateField(label="By which day? (optional)", required=False)
    with_whom = forms.CharField(
        label="Their name, if they are not in the list", max_length=160, required=False
    )
    with_pupil = forms.BooleanField(label="The pupil took part too", required=False)
    made_at = forms.TimeField(
        label="At what time? (optional)",
        help_text="For example, 14:30.",
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H%M"],
        error_messages={"invalid": "Enter a time like 14:30"},
        widget=forms.TimeInput(format="%H:%M"),
    )
    made_by = forms.TypedChoiceField(label="Who made the contact?", coerce=int, widget=Select)

    def __init__(self, *args: Any, offered: Offered, wanted: str = "", **options: Any) -> None:
        people = {one.key: one for one in offered.people}
        first = {"who": _wanted(people, offered.people, wanted), "made_by": offered.me}
        options["initial"] = {**first, **(options.get("initial") or {})}
        super().__init__(*args, offered=offered, **options)
        self.people = people
        self.fields["who"].choices = [(key, one.label) for key, one in people.items()]  # type: ignore[attr-defined]
        self.fields["made_by"].choices = list(_staff(offered))  # type: ignore[attr-defined]

    @property
    def fold_words(self) -> str:
        """What the fold says when it is closed: what stands in it, where that is what the form began with."""
        as_begun = not self.is_bound and self.initial["happened_on"] == self.offered.on
        mine = self.initial["made_by"] == self.offered.me and self.initial["tier"] == Tier.EDUCATION
        if as_begun and mine:
            return "Today, made by you, for everybody on the case: change this"
        return "When, who made it, and who may read it"

    def clean(self) -> dict[str, Any]:
        """Somebody who is not in the list has a name."""
        if self.cleaned_data.get("who") == OTHER and not self.cleaned_data.get("with_whom"):
            self.add_error("with_whom", "Enter who it was with")
            self.add_error("who", "Choose who it was with, or enter their name below")
        return super().clean()

    def given(self) -> ContactGiven:
        """The contact. Whoever is chosen is looked up in what was offered, and again by the action."""
        cleaned = self.cleaned_data
        whom = self.people.get(cleaned.get("who", ""), Whom("", ""))
        return ContactGiven(
            method=Method(cleaned.get("method") or Method.PHONE),
            made_by_id=cleaned.get("made_by") or self.offered.me,
            made_at=cleaned.get("made_at"),
            family_id=whom.family_id,
            professional_id=whom.professional_id,
            with_parent=whom.is_parent,
            with_pupil=whom.key == PUPIL or bool(cleaned.get("with_pupil")),
            with_whom=whom.name or cleaned.get("with_whom", ""),
            two_way=cleaned.get("two_way") == _REACHED,
            said=cleaned.get("said", ""),
            next_step=cleaned.get("next_step", ""),
            next_on=cleaned.get("next_on"),
            **self.common(),
        )


def initial_of_contact(given: ContactGiven, people: tuple[Whom, ...]) -> dict[str, Any]:
    """A contact as its form shows it, to be corrected."""
    return {
        "method": given.method,
        "who": _who(given, people),
        "with_whom": given.with_whom,
        "with_pupil": given.with_pupil,
        "two_way": _REACHED if given.two_way else _NOT_REACHED,
        "said": given.said,
        "next_step": given.next_step,
        "next_on": given.next_on,
        "made_at": given.made_at,
        "made_by": given.made_by_id,
    }


class DecisionForm(WritingForm):
    """A question that was decided."""

    question = area("What was the question?", "For example: shall lessons begin at home this week?", rows=2)
    options = area("What else was looked at? (optional)", rows=2)
    evidence = area("What was it based on? (optional)", "Letters, conversations, attendance.", rows=2)
    decided = area("What was decided?", rows=2)
    reason = area("Why?")
    decided_by = forms.TypedChoiceField(
        label="Who decided?", coerce=int, required=False, empty_value=None, widget=Select
    )
    decided_by_others = forms.CharField(
        label="Who else decided? (optional)",
        help_text="For example: the family, the consultant’s team, the local authority.",
        max_length=400,
        required=False,
    )

    def __init__(self, *args: Any, offered: Offered, **options: Any) -> None:
        options["initial"] = {"decided_by": offered.me, **(options.get("initial") or {})}
        super().__init__(*args, offered=offered, **options)
        self.fields["decided_by"].choices = [  # type: ignore[attr-defined]
            *_staff(offered), ("", "Nobody of this school")
        ]  # fmt: skip

    def given(self) -> DecisionGiven:
        """The decision."""
        cleaned = self.cleaned_data
        texts = ("question", "options", "evidence", "decided", "reason", "decided_by_others")
        return DecisionGiven(
            decided_by_id=cleaned.get("decided_by"),
            **{name: cleaned.get(name, "") for name in texts},
            **self.common(),
        )


class NoteForm(WritingForm):
    """Something worth keeping."""

    text = area("What do you want to keep?", "The family can ask to read this.", rows=5)

    def given(self) -> NoteGiven:
        """The note."""
        return NoteGiven(text=self.cleaned_data.get("text", ""), **self.common())


class WithdrawForm(forms.Form):
    """Take an entry back."""

    reason = forms.CharField(
        label="Why is this entry withdrawn?",
        help_text="For example: it was written on the wrong child’s case. It stays beside the entry.",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": reason_problem("")},
    )

    def clean_reason(self) -> str:
        """Some words, not a sign."""
        reason: str = self.cleaned_data["reason"]
        if problem := reason_problem(reason):
            raise forms.ValidationError(problem)
        return reason


def _wanted(people: dict[str, Whom], offered: tuple[Whom, ...], wanted: str) -> str:
    """Whom the form names at first: whom the address asks for, or the parent who is rung first."""
    if wanted in (PUPIL, OTHER) and wanted in people:
        return wanted
    return first_parent(offered).key


def _who(given: ContactGiven, people: tuple[Whom, ...]) -> str:
    for one in people:
        if given.family_id and given.family_id == one.family_id:
            return one.key
        if given.professional_id and given.professional_id == one.professional_id:
            return one.key
        if given.with_whom and given.with_whom == one.name:
            return one.key
    if given.with_parent:
        return PARENT
    return PUPIL if given.with_pupil and not given.with_whom else OTHER


def _staff(offered: Offered) -> Iterable[tuple[int, str]]:
    """Colleagues with their roles; whoever is asking comes first."""
    mine = sorted(offered.staff, key=lambda one: one.id != offered.me)
    return ((one.id, one.words) for one in mine)
