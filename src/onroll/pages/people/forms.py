"""The forms of the people room."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django import forms

from onroll.domain.people import Grant, roles_problem, widens
from onroll.domain.permissions import ROLES, Role
from onroll.queries.passwords import password_problems

EVERY = "every"
ROLE_HINTS = {role.value: facts.description for role, facts in ROLES.items()}
_BY_YEAR_GROUP = tuple(role for role, facts in ROLES.items() if facts.by_year_group)


class RolesForm(forms.Form):
    """Which roles, and for roles that can be narrowed, which year groups. `grants()` gives what was chosen."""

    def __init__(self, *args: Any, year_groups: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["roles"] = forms.MultipleChoiceField(
            label="Which roles?",
            choices=[(role.value, facts.title) for role, facts in ROLES.items()],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Choose at least one role"},
        )
        groups = [(EVERY, "Every year group"), *((str(pk), name) for pk, name in year_groups)]
        for role in _BY_YEAR_GROUP:
            self.fields[_groups_of(role)] = forms.MultipleChoiceField(
                label=f"{ROLES[role].title}: which pupils?",
                help_text=f"Only if you chose {ROLES[role].title} above.",
                choices=groups,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Whoever is given a role that can be narrowed is told how far it reaches: nothing is left to a default."""
        cleaned = super().clean() or {}
        for role in _BY_YEAR_GROUP:
            chosen = cleaned.get(_groups_of(role), [])
            if role.value not in cleaned.get("roles", []):
                continue
            if not chosen:
                self.add_error(
                    _groups_of(role), f"Choose year groups for the {ROLES[role].title}, or every year group"
                )
            elif EVERY in chosen and len(chosen) > 1:
                self.add_error(_groups_of(role), "Choose every year group, or some of them, not both")
        return cleaned

    def grants(self) -> tuple[Grant, ...]:
        """The roles that were chosen, in the order of the role table."""
        chosen = [role for role in ROLES if role.value in self.cleaned_data["roles"]]
        return tuple(Grant(role, self._groups(role)) for role in chosen)

    def group_fields(self) -> list[forms.BoundField]:
        """The questions about year groups, for the template."""
        return [self[_groups_of(role)] for role in _BY_YEAR_GROUP]

    def _groups(self, role: Role) -> frozenset[int]:
        chosen = self.cleaned_data.get(_groups_of(role), []) if role in _BY_YEAR_GROUP else []
        return frozenset(int(group) for group in chosen if group != EVERY)


class InviteForm(RolesForm):
    """Whom to invite. `problem_of` says why an address cannot be invited."""

    name = forms.CharField(
        label="What is their name?",
        help_text="As colleagues know them, like Sam Reed.",
        max_length=120,
        error_messages={"required": "Enter their name"},
    )
    email = forms.EmailField(
        label="What is their e-mail address?",
        help_text="Their own address at work. They will sign in with it.",
        max_length=254,
        error_messages={
            "required": "Enter their e-mail address",
            "invalid": "Enter an e-mail address, like name@school.example",
        },
    )

    def __init__(self, *args: Any, problem_of: Callable[[str], str | None], **options: Any) -> None:
        super().__init__(*args, **options)
        self.problem_of = problem_of
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.fields["email"].widget.attrs["autocomplete"] = "off"

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if problem := self.problem_of(email):
            raise forms.ValidationError(problem)
        return email


class ChangeRolesForm(RolesForm):
    """Which roles somebody holds from now on. It opens with those held now."""

    def __init__(
        self, *args: Any, held: Collection[Grant], own: bool, administrators: int, **options: Any
    ) -> None:
        initial: dict[str, list[str]] = {"roles": [grant.role.value for grant in held]}
        for grant in held:
            initial[_groups_of(grant.role)] = [str(pk) for pk in grant.year_group_ids] or [EVERY]
        super().__init__(*args, initial=initial, **options)
        self.held = held
        self.own, self.administrators = own, administrators

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        problem = roles_problem(
            before={grant.role for grant in self.held},
            after={Role(role) for role in cleaned.get("roles", [])},
            own=self.own,
            administrators=self.administrators,
            widened=not self.errors and widens(self.held, self.grants()),
        )
        if problem and cleaned.get("roles"):
            self.add_error("roles", problem)
        return cleaned


class JoinForm(forms.Form):
    """A new person's password, asked for twice and held to the house's rules."""

    password = forms.CharField(
        label="Choose a password",
        help_text=(
            "At least 12 characters. Three or four words that do not belong together are easy to remember."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        error_messages={"required": "Enter a password"},
    )
    again = forms.CharField(
        label="Enter the password again",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        error_messages={"required": "Enter the password a second time"},
    )

    def __init__(self, *args: Any, name: str, email: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.name, self.email = name, email

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if problems := password_problems(password, name=self.name, email=self.email):
            raise forms.ValidationError(problems)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        both = cleaned.get("password"), cleaned.get("again")
        if all(both) and both[0] != both[1]:
            self.add_error("again", "The two passwords differ. Enter the same password twice")
        return cleaned


def _groups_of(role: Role) -> str:
    return f"groups_{role.value}"
