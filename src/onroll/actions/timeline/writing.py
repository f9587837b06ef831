"""What every writing on a case does inside its change: check what is given, know the form again, keep the row."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from onroll.actions.cases.changing import CaseDoing
from onroll.domain.casework.entries import Entry
from onroll.domain.casework.given import ContactGiven, DecisionGiven, DocumentGiven, Given, NoteGiven
from onroll.domain.casework.tiers import tiers_of
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.queries.written import MODELS, Written, tier_refused
from onroll.records.cases.models import FamilyMember, Professional
from onroll.records.people.models import Appointment

KINDS: Mapping[type[Given], Entry] = MappingProxyType({
    ContactGiven: Entry.CONTACT,
    DecisionGiven: Entry.DECISION,
    NoteGiven: Entry.NOTE,
    DocumentGiven: Entry.DOCUMENT,
})  # fmt: skip
_GONE = "Somebody you chose is no longer to be chosen. Open the form again."


def write(
    doing: CaseDoing,
    actor: Actor,
    given: Given,
    *,
    form_key: str,
    on: date,
    at: datetime,
    replaces: Written | None = None,
    **more: Any,
) -> int:
    """Keep one entry and say its id. The same form sent again changes nothing and gives the id it made."""
    refuse_wrong(actor, doing.case.school_id, given, on)
    kind = KINDS[type(given)]
    if (made := made_by_form(kind, doing.case.pk, actor, form_key)) is not None:
        doing.nothing_to_do()
        return made
    row = MODELS[kind].objects.create(
        case=doing.case,
        recorded_at=at,
        recorded_by_id=actor.id,
        replaces_id=replaces.pk if replaces else None,
        form_key=form_key,
        **_fields(doing, actor, given),
        **more,
    )
    doing.entry.detail = {"kind": kind.value, "entry": row.pk}
    return row.pk


def made_by_form(kind: Entry, case_id: int, actor: Actor, form_key: str) -> int | None:
    """The entry that this very form made before. The case is locked: no two forms pass here at once."""
    if not form_key:
        return None
    rows = MODELS[kind].objects.filter(case_id=case_id, form_key=form_key, recorded_by_id=actor.id)
    return rows.values_list("pk", flat=True).first()


def refuse_wrong(actor: Actor, school_id: int, given: Given, on: date) -> None:
    """Refuse a tier that the actor may not read, and what the rules of `domain.casework.given` find wrong."""
    if given.tier not in tiers_of(actor, school_id):
        raise tier_refused(actor, school_id, given.tier)
    for problem in given.problems(on).values():
        raise Refusal(Refused.INVALID, f"{problem}.")


def _fields(doing: CaseDoing, actor: Actor, given: Given) -> dict[str, Any]:
    fields = asdict(given)
    if isinstance(given, ContactGiven):
        _refuse_strangers(actor, doing.case.school_id, given.made_by_id)
        fields |= _people(doing, given)
    if isinstance(given, DecisionGiven) and given.decided_by_id is not None:
        _refuse_strangers(actor, doing.case.school_id, given.decided_by_id)
    return fields


def _people(doing: CaseDoing, given: ContactGiven) -> dict[str, Any]:
    """Whether it was with a parent is what the family's own row says, never the form."""
    if given.professional_id is not None:
        theirs = Professional.objects.standing().filter(pk=given.professional_id, case_id=doing.case.pk)
        if not theirs.exists():
            raise Refusal(Refused.INVALID, _GONE)
    if given.family_id is None:
        return {}
    family = FamilyMember.objects.standing().filter(pk=given.family_id, pupil_id=doing.case.pupil_id).first()
    if family is None:
        raise Refusal(Refused.INVALID, _GONE)
    return {"with_parent": family.parental_responsibility}


def _refuse_strangers(actor: Actor, school_id: int, user_id: int) -> None:
    """Who made a contact or decided works at the school."""
    held = Appointment.objects.filter(user_id=user_id, school_id=school_id, ended_at=None)
    if user_id != actor.id and not held.exists():
        raise Refusal(Refused.INVALID, _GONE)
