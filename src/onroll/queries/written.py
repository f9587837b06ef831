"""What people wrote on a case: which table keeps which kind, and one entry for whoever may read it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from onroll.domain.casework.entries import Entry, Method, Paper
from onroll.domain.casework.given import ContactGiven, DecisionGiven, DocumentGiven, Given, NoteGiven
from onroll.domain.casework.tiers import OPENS, Tier, tiers_of
from onroll.domain.vocabulary import Actor, Refusal, not_allowed, not_found
from onroll.records.cases.models import ContactMade, Decision, Document, Note

Written = ContactMade | Decision | Note | Document
MODELS: Mapping[Entry, type[Written]] = MappingProxyType({
    Entry.CONTACT: ContactMade,
    Entry.DECISION: Decision,
    Entry.NOTE: Note,
    Entry.DOCUMENT: Document,
})  # fmt: skip


def kind_of(word: str) -> Entry:
    """The kind that an address names; refused as not found when it is none that people write."""
    kind = next((kind for kind in MODELS if kind == word), None)
    if kind is None:
        raise not_found()
    return kind


def written(actor: Actor, school_id: int, case_id: int, kind: Entry, entry_id: int) -> Written:
    """One row, withdrawn or not, of a case that the caller has let the actor into.

    Refuses (not found) what is not of this case, and (not allowed) a tier that the actor may not read.
    """
    row = MODELS[kind].objects.filter(pk=entry_id, case_id=case_id).first()
    if row is None:
        raise not_found()
    if row.tier not in tiers_of(actor, school_id):
        raise tier_refused(actor, school_id, Tier(row.tier))
    return row


def tier_refused(actor: Actor, school_id: int, tier: Tier) -> Refusal:
    """The answer to somebody who may open the case and not this tier of it."""
    names = {school.id: school.name for school in actor.schools}
    return not_allowed(OPENS[tier], names.get(school_id, ""))


def given_to_correct(actor: Actor, school_id: int, case_id: int, kind: Entry, entry_id: int) -> Given:
    """What was given when an entry was written, so that it can be corrected. Refuses as `written` does."""
    return _given(written(actor, school_id, case_id, kind, entry_id))


def _given(row: Written) -> Given:
    common: dict[str, Any] = {"happened_on": row.happened_on, "tier": Tier(row.tier)}
    if isinstance(row, ContactMade):
        return ContactGiven(method=Method(row.method), **common, **_taken(row, _CONTACT))
    if isinstance(row, Decision):
        return DecisionGiven(**common, **_taken(row, _DECISION))
    if isinstance(row, Note):
        return NoteGiven(text=row.text, **common)
    return DocumentGiven(kind=Paper(row.kind), **common, **_taken(row, ("title", "author", "valid_until")))


_CONTACT = (
    "made_by_id", "made_at", "family_id", "professional_id", "with_parent", "with_pupil", "with_whom", "two_way",
    "said", "next_step", "next_on",
)  # fmt: skip
_DECISION = (
    "question", "decided", "reason", "options", "evidence", "decided_by_id", "decided_by_others",
)  # fmt: skip


def _taken(row: Written, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
