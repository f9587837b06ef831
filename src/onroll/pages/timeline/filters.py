"""What a timeline is asked for: kinds and days by the address, text as it was posted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms

from onroll.domain.casework.entries import Entry
from onroll.domain.casework.tiers import Tier
from onroll.pages.parts import Link
from onroll.pages.requests import OnrollRequest
from onroll.pages.widgets import DateField, Select
from onroll.pages.wording import medium_date
from onroll.queries.case_page import AsOf
from onroll.queries.timeline import Asked

TEXT = "timeline-text"  # where the session keeps what was looked for, and on which case
_BACKWARDS = "The last day comes after the first. Enter a later date"


class Filters(forms.Form):
    """Narrow the list."""

    q = forms.CharField(label="Words in it", required=False, max_length=80)
    kind = forms.ChoiceField(
        label="Show",
        required=False,
        widget=Select,
        choices=[("", "Everything"), *((kind.value, kind.words) for kind in Entry)],
    )
    first = DateField(label="From", required=False)
    last = DateField(label="To", required=False)

    def clean(self) -> dict[str, Any]:
        """The days are in their order."""
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last") and cleaned["last"] < cleaned["first"]:
            self.add_error("last", _BACKWARDS)
        return cleaned


class PrintForm(forms.Form):
    """What is to be printed."""

    first = DateField(label="From which day?")
    last = DateField(label="To which day?")
    tiers = forms.MultipleChoiceField(
        label="What may stand on the paper?",
        help_text="Leave out what whoever gets the paper may not read.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one"},
    )

    def __init__(self, *args: Any, tiers: tuple[Tier, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["tiers"].choices = [  # type: ignore[attr-defined]
            (tier.value, tier.words.capitalize()) for tier in tiers
        ]

    def clean(self) -> dict[str, Any]:
        """The days are in their order."""
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last") and cleaned["last"] < cleaned["first"]:
            self.add_error("last", _BACKWARDS)
        return cleaned


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address and the session ask for."""

    asked: Asked
    kind: str = ""
    on: date | None = None  # the past day that is asked about

    def initial(self) -> dict[str, Any]:
        """The filter form as it stands."""
        asked = self.asked
        last = None if asked.last == self.on else asked.last
        return {"q": asked.text, "kind": self.kind, "first": asked.first, "last": last}

    def chips(self, path: str, query: Mapping[str, str]) -> list[Link]:
        """Each filter that is on, with the address without it."""
        return [
            Link(label, f"{path}?{urlencode({k: v for k, v in query.items() if k not in names})}")
            for label, names in self._on()
        ]

    def _on(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        if self.asked.text:
            yield f"“{self.asked.text}”", ("found", "page")
        if self.kind:
            yield Entry(self.kind).words, ("kind", "page")
        if self.asked.first:
            yield f"From {medium_date(self.asked.first)}", ("from", "page")
        if self.asked.last and self.asked.last != self.on:
            yield f"To {medium_date(self.asked.last)}", ("to", "page")


def wanted(request: OnrollRequest, case_id: int, past: AsOf | None) -> Wanted:
    """Read it, as it stood on a past day where one is asked about. What cannot be read is as if it were not asked."""
    query = request.GET
    kind = query.get("kind", "")
    kind = kind if kind in set(Entry) else ""
    on = past.on if past else None
    days = [day for day in (_day(query.get("to")), on) if day]
    asked = Asked(
        kinds=frozenset({Entry(kind)}) if kind else frozenset(Entry),
        text=_text(request, case_id) if query.get("found") else "",
        first=_day(query.get("from")),
        last=min(days, default=None),
        known_at=past.known_at if past else None,
    )
    return Wanted(asked, kind, on)


def address_of(request: OnrollRequest, cleaned: Mapping[str, Any], case_id: int, past: AsOf | None) -> str:
    """Keep the text in the session, and give the address of the rest."""
    query = {}
    if past is not None:
        query = {"on": past.on.isoformat(), "known": "then" if past.known_at else "now"}
    if cleaned["kind"]:
        query["kind"] = cleaned["kind"]
    for name, key in (("first", "from"), ("last", "to")):
        if cleaned[name]:
            query[key] = cleaned[name].isoformat()
    if cleaned["q"]:
        request.session[TEXT] = [case_id, cleaned["q"]]
        query["found"] = "1"
    return f"{request.path}?{urlencode(query)}"


def _text(request: OnrollRequest, case_id: int) -> str:
    """What was looked for on this case; what was looked for on another is not asked here."""
    of_case, text = request.session.get(TEXT, (0, ""))
    return str(text) if of_case == case_id else ""


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
