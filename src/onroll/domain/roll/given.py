"""What a file says of a pupil, and what of it cannot be used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, Self

from onroll.domain.register.pupil_match import Named
from onroll.domain.roll.times import Dates


class NoteKind(StrEnum):
    """How much of a line a note takes away. The value is stored."""

    LEFT_OUT = "left-out"  # the line is not used
    LOOK = "look"  # the line is used; this cell of it is not, or only once a person has said so


class Note(NamedTuple):
    """Something about a line that a person must see. It quotes no name."""

    kind: NoteKind
    line: int
    column: str
    reason: str
    who: Named = Named()
    """Whom the line means, where it is not used: that pupil is in the file all the same."""
    times: int = 1
    """For how many lines it stands."""


@dataclass(frozen=True, slots=True)
class ContactGiven:
    """A contact as a file gives it; None and empty texts say nothing."""

    name: str
    relationship: str = ""
    responsibility: bool | None = None
    lives_with: bool | None = None
    phone: str = ""
    email: str = ""
    priority: int | None = None


@dataclass(frozen=True, slots=True)
class PupilGiven:
    """A pupil as a file gives them; None and empty texts say nothing.

    `sen` is N, K or E; `emptied` names facts of which the file says that there is none ("known-as").
    """

    line: int
    surname: str
    forename: str
    upn: str = ""
    upn_mistyped: bool = False  # its check letter is wrong: taken only when a person says so
    former_upn: str = ""
    admission: str = ""
    known_as: str = ""
    born_on: date | None = None
    year_group: str = ""
    tutor_group: str = ""
    sen: str = ""
    ehcp: bool | None = None
    dates: tuple[Dates, ...] = ()
    contacts: tuple[ContactGiven, ...] = ()
    emptied: frozenset[str] = field(default_factory=frozenset)

    @property
    def named(self) -> Named:
        """Who the pupil is, as the index of known pupils asks for it."""
        return Named(self.upn, self.admission, self.surname, self.forename, self.born_on)

    def to_json(self) -> dict[str, Any]:
        """Plain values to keep; `from_json` gives an equal pupil back."""
        return {
            **{name: getattr(self, name) for name in _PLAIN},
            "born_on": _text(self.born_on),
            "dates": [[_text(joined), _text(left)] for joined, left in self.dates],
            "contacts": [[getattr(one, name) for name in _CONTACT] for one in self.contacts],
            "emptied": sorted(self.emptied),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The pupil that was kept."""
        return cls(
            **{name: kept[name] for name in _PLAIN},
            born_on=_date(kept["born_on"]),
            dates=tuple(Dates(_date(joined), _date(left)) for joined, left in kept["dates"]),
            contacts=tuple(ContactGiven(*values) for values in kept["contacts"]),
            emptied=frozenset(kept["emptied"]),
        )


_PLAIN = (
    *("line", "surname", "forename", "upn", "upn_mistyped", "former_upn", "admission", "known_as"),
    *("year_group", "tutor_group", "sen", "ehcp"),
)
_CONTACT = ("name", "relationship", "responsibility", "lives_with", "phone", "email", "priority")


def _text(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
