"""What the room of the circle asks."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from onroll.domain.casework.family import MayBeTold, ProfessionalGiven, RelativeGiven
from onroll.domain.permissions import ROLES, Role
from onroll.pages.widgets import DateField, Select
from onroll.queries.circle import Colleague, ProfessionalSeen, Relative

_LONG = forms.Textarea(attrs={"rows": 3})
_NOBODY = ("", "Nobody")


class MemberForm(forms.Form):
    """Put somebody on the team."""

    who = forms.ChoiceField(
        label="Who joins the team, and in which role?",
        help_text="Colleagues in the roles that they hold here. An administrator can give somebody a role.",
        widget=Select,
        error_messages={"required": "Choose a colleague", "invalid_choice": "Choose a colleague of the list"},
    )
    deputy = forms.TypedChoiceField(
        label="Who stands in when they are away? (optional)",
        required=False,
        coerce=int,
        empty_value=None,
        widget=Select,
    )
    from_on = DateField(
        label="From which day?",
        error_messages={"required": "Enter the day on which it begins, like 27 3 2026"},
    )

    def __init__(self, *args: Any, people: Iterable[Colleague], today: date, **options: Any) -> None:
        options.setdefault("initial", {"from_on": today})
        super().__init__(*args, **options)
        people = list(people)
        members = [
            (f"{role.value}:{one.id}", f"{one.name}, {ROLES[role].title}")
            for one in people
            for role in one.roles
        ]
        self.fields["who"].choices = [("", "Choose"), *members]  # type: ignore[attr-defined]
        self.fields["deputy"].choices = [_NOBODY, *((one.id, one.words) for one in people)]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """What the action is asked."""
        role, _, user_id = self.cleaned_data["who"].partition(":")
        return {
            "user_id": int(user_id),
            "role": Role(role),
            "deputy_id": self.cleaned_data["deputy"],
            "from_on": self.cleaned_data["from_on"],
        }


class DeputyForm(forms.Form):
    """Say who stands in."""

    deputy = forms.TypedChoiceField(
        label="Who stands in when they are away?",
        required=False,
        coerce=int,
        empty_value=None,
        widget=Select,
    )

    def __init__(self, *args: Any, people: Iterable[Colleague], but: int, **options: Any) -> None:
        super().__init__(*args, **options)
        others = [(one.id, one.words) for one in people if one.id != but]
        self.fields["deputy"].choices = [_NOBODY, *others]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """End a time on the team."""

    last_on = DateField(
        label="What was, or is, their last day on the team?",
        error_messages={"required": "Enter the last day, like 27 3 2026"},
    )


class WhyForm(forms.Form):
    """Why something is taken out or taken back."""

    because = forms.CharField(
        label="Why?",
        help_text="What was recorded stays on record, with your reason.",
        max_length=500,
        widget=_LONG,
        error_messages={"required": "Enter why"},
    )


class RelativeForm(forms.Form):
    """A parent, carer or other relative."""

    name = forms.CharField(label="Name", max_length=160, error_messages={"required": "Enter a name"})
    relationship = forms.CharField(
        label="Who are they to the pupil? (optional)",
        help_text="For example: mother.",
        max_length=40,
        required=False,
    )
    parental_responsibility = forms.BooleanField(label="Has parental responsibility", required=False)
    lives_with_pupil = forms.BooleanField(label="The pupil lives with them", required=False)
    phone = forms.CharField(
        label="Telephone (optional)",
        max_length=40,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label="E-mail (optional)",
        required=False,
        error_messages={"invalid": "Enter an e-mail address, like name@example.org"},
    )
    address = forms.CharField(
        label="Address, if not the pupil’s (optional)", max_length=400, required=False, widget=_LONG
    )
    how_to_reach = forms.CharField(
        label="How are they best reached? (optional)",
        help_text="For example: after 5, by text message first.",
        max_length=400,
        required=False,
        widget=_LONG,
    )
    interpreter = forms.CharField(
        label="Is an interpreter needed? Into which language? (optional)", max_length=60, required=False
    )
    priority = forms.IntegerField(
        label="In which place are they rung?",
        min_value=1,
        max_value=20,
        initial=1,
        error_messages={"required": "Enter a number: 1 is rung first"},
    )
    may_be_told = forms.ChoiceField(
        label="What may they be told?",
        help_text="Where parents live apart, somebody may have to be told less.",
        choices=[(one.value, one.words) for one in MayBeTold],
        initial=MayBeTold.EVERYTHING.value,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what this person may be told"},
    )
    may_be_told_because = forms.CharField(
        label="If not everything, why?", max_length=500, required=False, widget=_LONG
    )
    do_not_contact = forms.BooleanField(label="Do not contact this person", required=False)
    do_not_contact_because = forms.CharField(
        label="If they must not be contacted, why?", max_length=500, required=False, widget=_LONG
    )

    def clean(self) -> dict[str, Any]:
        """Show beside its field what the rule says."""
        data = super().clean() or {}
        for name, words in RelativeGiven(**{"name": "", **data}).problems().items():
            if name not in self.errors:
                self.add_error(name, words)
        return data

    def given(self) -> RelativeGiven:
        """What the action is given."""
        return RelativeGiven(**self.cleaned_data)

    @classmethod
    def of(cls, one: Relative) -> dict[str, Any]:
        """What is held, to begin with."""
        return {name: getattr(one, name) for name in cls.base_fields}


class ProfessionalForm(forms.Form):
    """Somebody outside the school who works with the child."""

    agency = forms.CharField(
        label="Which agency or service?",
        help_text="For example: Children’s community nursing.",
        max_length=120,
        error_messages={"required": "Enter the agency or service"},
    )
    name = forms.CharField(label="Name (optional)", max_length=160, required=False)
    role = forms.CharField(
        label="What do they do? (optional)",
        help_text="Read only by those who may see medical information.",
        max_length=200,
        required=False,
    )
    phone = forms.CharField(
        label="Telephone (optional)",
        max_length=40,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label="E-mail (optional)",
        required=False,
        error_messages={"invalid": "Enter an e-mail address, like name@example.org"},
    )

    def __init__(self, *args: Any, medical: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not medical:
            del self.fields["role"]

    def given(self) -> ProfessionalGiven:
        """What the action is given; a role that the writer may not see stays as it is."""
        return ProfessionalGiven(**{"role": None, **self.cleaned_data})

    @classmethod
    def of(cls, one: ProfessionalSeen) -> dict[str, Any]:
        """What is held, to begin with."""
        return {name: getattr(one, name) for name in cls.base_fields}
