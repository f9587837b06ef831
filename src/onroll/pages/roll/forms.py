"""What the roll room asks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from onroll.domain.roll.columns import RollMap, missing_from
from onroll.domain.roll.targets import MOST_CONTACTS, Field, Part, Target
from onroll.pages.registers.forms import BringInForm
from onroll.pages.widgets import DateField
from onroll.pages.wording import medium_date
from onroll.queries.roll.columns import RollColumn
from onroll.queries.roll.drafting import Decision
from onroll.queries.roll.questions import Candidate, Question

_NAMES = (Field.SURNAME, Field.FORENAME, Field.NAME, Field.KNOWN_AS)
_NUMBERS = (Field.UPN, Field.FORMER_UPN, Field.ADMISSION, Field.BORN_ON)
_SCHOOL = (Field.YEAR_GROUP, Field.TUTOR_GROUP, Field.SEN, Field.EHCP, Field.JOINED_ON, Field.LEFT_ON)
_SAME = "same:"


class RollFileForm(BringInForm):
    """A file of the roll."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        words = self.fields["file"].error_messages
        words["empty"] = "The file is empty. Export the roll again as CSV or XLSX"


class ColumnsForm(forms.Form):
    """Which column holds what: about the pupil, and about as many contacts as the file has."""

    def __init__(
        self, *args: Any, columns: Sequence[RollColumn], places: Mapping[Target, int], **options: Any
    ) -> None:
        options.setdefault("initial", {target.key: str(place) for target, place in places.items()})
        super().__init__(*args, **options)
        self._headings = [column.heading for column in columns]
        self.contacts = _contacts(places, self.data)
        choices = [("", "Not in this file"), *((str(at), _named(at, one)) for at, one in enumerate(columns))]
        for target in self._targets():
            label = target.words if not target.contact else target.what.words.capitalize()
            self.fields[target.key] = forms.ChoiceField(label=label, required=False, choices=choices)

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The questions, in groups with headings."""
        named = (("Name", _NAMES), ("Numbers and date of birth", _NUMBERS), ("At school", _SCHOOL))
        return [(words, [self[Target(field).key] for field in fields]) for words, fields in named]

    @property
    def contact_groups(self) -> list[tuple[str, list[Any]]]:
        """The questions about each contact."""
        return [
            (f"Contact {number}", [self[Target(part, number).key] for part in Part])
            for number in range(1, self.contacts + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """No column is two things, and a pupil can be told from the others."""
        cleaned = super().clean() or {}
        taken: dict[str, Target] = {}
        for target in self._targets():
            place = cleaned.get(target.key)
            if place and place in taken:
                self.add_error(target.key, f"This column is “{taken[place].words}” already. Choose another")
            elif place:
                taken[place] = target
        self._tell_missing(missing_from(taken.values()))
        return cleaned

    def chosen(self) -> RollMap:
        """The columns as chosen."""
        given = {target: self.cleaned_data.get(target.key) for target in self._targets()}
        return RollMap.of(self._headings, {target: int(place) for target, place in given.items() if place})

    def _tell_missing(self, missing: Iterable[str]) -> None:
        """Say at its question what is still needed; a number of any kind is asked for at the first of them."""
        names = {field.words: field for field in (Field.SURNAME, Field.FORENAME)}
        for words in missing:
            if words in names:
                self.add_error(names[words].value, f"Choose the column that holds the {words.lower()}")
            else:
                self.add_error(Field.UPN.value, f"Choose a column for {words}")

    def _targets(self) -> list[Target]:
        about_contacts = [Target(part, number) for number in range(1, self.contacts + 1) for part in Part]
        return [Target(field) for field in (*_NAMES, *_NUMBERS, *_SCHOOL)] + about_contacts


def _contacts(places: Mapping[Target, int], data: Mapping[str, Any]) -> int:
    """How many contacts to ask about: those found or chosen, and one at the least."""
    chosen = (key.split("-")[1] for key in data if key.startswith("contact-"))
    numbers = [int(text) for text in chosen if text.isascii() and text.isdigit()]
    found = max((target.contact for target in places), default=0)
    return min(max(found, 1, *numbers), MOST_CONTACTS)


def _named(place: int, column: RollColumn) -> str:
    return column.heading or f"Column {place + 1}"


class ApproveForm(forms.Form):
    """Let a roll in. It asks only what only a person can say of this file."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    whole = forms.ChoiceField(
        label="Does this file hold every pupil of the school?",
        choices=[
            ("yes", "Yes. Ask us about the pupils it does not name"),
            ("no", "No, only some of them. Ask about nobody"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the file holds every pupil of the school"},
    )
    mistyped = forms.ChoiceField(
        label="What should happen with UPNs that look mistyped?",
        help_text="Their check letter does not fit. Attendance files find a pupil by the UPN that is held here.",
        choices=[
            ("leave", "Leave these UPNs out. The pupils come in without them until they are put right"),
            ("take", "Take them as they are written"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what should happen with the UPNs that look mistyped"},
    )

    def __init__(self, *args: Any, counts: Mapping[str, Any], **options: Any) -> None:
        super().__init__(*args, **options)
        if not counts.get("missing"):
            del self.fields["whole"]
        if not counts.get("mistyped"):
            del self.fields["mistyped"]

    def answer(self, name: str, yes: str) -> bool | None:
        """Whether a question was answered in one way; None when it was not asked."""
        return self.cleaned_data[name] == yes if name in self.fields else None


class QuestionsForm(forms.Form):
    """Who each pupil of the file is. A question may stay open."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, questions: Sequence[Question], **options: Any) -> None:
        super().__init__(*args, **options)
        self._questions = questions
        for one in questions:
            self.fields[f"q{one.id}"] = forms.ChoiceField(
                label=f"Who is this? Line {one.given.line}",
                required=False,
                choices=_choices(one),
                initial=_initial(one),
                widget=forms.RadioSelect,
            )

    @property
    def asked(self) -> list[tuple[Question, Any]]:
        """Each question with its field."""
        return [(one, self[f"q{one.id}"]) for one in self._questions]

    def answers(self) -> dict[int, Decision]:
        """What was said, by the question's id."""
        given = {one.id: self.cleaned_data.get(f"q{one.id}") for one in self._questions}
        return {pk: _decision(text) for pk, text in given.items() if text}


def _choices(one: Question) -> list[tuple[str, str]]:
    same = [(f"{_SAME}{known.id}", f"The same child as {_who(known)}") for known in one.candidates]
    new = [("new", "Another child, who is new here")] if one.may_be_new else []
    return [*same, *new, ("leave-out", "Leave this line out for now")]


def _who(known: Candidate) -> str:
    born = f", born {medium_date(known.born_on)}" if known.born_on else ""
    group = f", {known.year_group}" if known.year_group else ""
    return f"{known.name}{group}{born}"


def _initial(one: Question) -> str:
    return f"{_SAME}{one.pupil_id}" if one.decision == "same" else one.decision


def _decision(text: str) -> Decision:
    what, _, pupil_id = text.partition(":")
    return Decision(what, int(pupil_id) if pupil_id else None)


class LeftForm(forms.Form):
    """A pupil has left."""

    left_on = DateField(
        label="What was the last day on roll?",
        help_text="The day before the name was taken off the admission register. For example, 17 7 2026.",
        error_messages={"required": "Enter the last day on roll, like 17 7 2026"},
    )
    reason = forms.CharField(
        label="Why did they leave?",
        help_text="For example: moved to Fenwick High School. Illness is no ground for taking a pupil off roll.",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter why the pupil left"},
    )
