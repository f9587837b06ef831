"""Correct or withdraw what was written. The row stays, with who took it back, when and why."""

from datetime import date, datetime
from typing import cast

from onroll.actions.cases.changing import CaseDoing, case_change
from onroll.actions.timeline.writing import KINDS, made_by_form, write
from onroll.domain.casework.entries import Entry
from onroll.domain.casework.given import Given, reason_problem
from onroll.domain.casework.taking_back import may_take_back
from onroll.domain.casework.tiers import Tier
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_allowed
from onroll.queries.written import Written, written
from onroll.records.cases.models import Document

CORRECTED = "Corrected"
_FILE = ("stored_as", "media_type", "bytes", "sha256", "scanned")


def withdraw(
    actor: Actor,
    school_id: int,
    case_id: int,
    kind: Entry,
    entry_id: int,
    *,
    reason: str,
    on: date,
    at: datetime,
) -> None:
    """Take an entry back, with the reason. Withdrawn twice by the same person, it is withdrawn once.

    Refuses another's entry to those who do not lead cases, and (STALE) what somebody else took back before.
    """
    with case_change(
        actor, school_id, case_id, "entry-withdrawn", Permission.CASE_WORK, on=on, at=at, closed_too=True
    ) as doing:
        if problem := reason_problem(reason):
            raise Refusal(Refused.INVALID, f"{problem}.")
        row = written(actor, school_id, case_id, kind, entry_id)
        if row.withdrawn_at is not None and row.withdrawn_by_id == actor.id:
            doing.nothing_to_do()
            return
        _take_back(doing, actor, row, reason.strip(), at)
        doing.entry.detail = {"kind": kind.value, "entry": entry_id}


def correct(
    actor: Actor,
    school_id: int,
    case_id: int,
    entry_id: int,
    *,
    given: Given,
    form_key: str,
    on: date,
    at: datetime,
) -> int:
    """Take an entry back and record another in its place; say the new id. A document keeps its file.

    Corrected into a closer tier, what stood before is held as closely: it says the same, struck through.
    """
    with case_change(
        actor, school_id, case_id, "entry-corrected", Permission.CASE_WORK, on=on, at=at, closed_too=True
    ) as doing:
        kind = KINDS[type(given)]
        if (made := made_by_form(kind, case_id, actor, form_key)) is not None:
            doing.nothing_to_do()
            return made
        row = written(actor, school_id, case_id, kind, entry_id)
        _take_back(doing, actor, row, CORRECTED, at)
        file = {name: getattr(row, name) for name in _FILE} if isinstance(row, Document) else {}
        made = write(doing, actor, given, form_key=form_key, on=on, at=at, replaces=row, **file)
        _hold_as_closely(row, given.tier)
        doing.entry.detail |= {"instead_of": entry_id}
        return made


def _hold_as_closely(row: Written, tier: Tier) -> None:
    """Move an entry, and all that it stands in the place of, into a tier, unless they are in a closer one."""
    before: Written | None = row
    while before is not None:
        closer = tier.closer(Tier(before.tier)).value
        if closer != before.tier:
            before.tier = closer
            before.save(update_fields=["tier"])
        before = cast("Written | None", before.replaces)


def _take_back(doing: CaseDoing, actor: Actor, row: Written, reason: str, at: datetime) -> None:
    if row.withdrawn_at is not None:
        raise Refusal(
            Refused.STALE, "Somebody took this entry back while your page was open. Nothing was changed."
        )
    tier, school_id = Tier(row.tier), doing.case.school_id
    if not may_take_back(actor, school_id, recorded_by_id=row.recorded_by_id, tier=tier):
        raise not_allowed(Permission.CASE_MOVE)
    row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_because = at, actor.id, reason
    row.save(update_fields=["withdrawn_at", "withdrawn_by_id", "withdrawn_because"])
