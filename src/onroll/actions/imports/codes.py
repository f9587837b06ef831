"""Keep what a school's own codes mean nationally."""

from collections.abc import Mapping
from datetime import datetime

from onroll.actions.change import change
from onroll.actions.imports.columns import reread
from onroll.actions.imports.holding import import_to_change, subject
from onroll.domain.register import CODES, national
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.records.attendance.models import CodeMeaning

LONGEST = 12


def explain_codes(
    actor: Actor, import_id: int, *, version: int, meanings: Mapping[str, str], at: datetime
) -> None:
    """Keep meanings (as written to national code) for this file and all to come, and read this one again."""
    with change(actor.id, "codes_explained", at) as entry:
        row = import_to_change(actor, import_id, version=version)
        entry.school_id, entry.subject = row.school_id, subject(row.pk)
        for raw, code in meanings.items():
            _check(raw, code)
            CodeMeaning.objects.update_or_create(
                school_id=row.school_id, raw=raw, defaults={"national": code}
            )
        entry.detail = {
            "national": sorted(meanings.values())
        }  # what was written may be a name, from a wrong column
        reread(row, actor, at)


def _check(raw: str, code: str) -> None:
    if not raw or raw != raw.strip() or len(raw) > LONGEST or code not in CODES:
        raise Refusal(Refused.INVALID, "A code of the school's has to be given one of the national codes.")
    if national(raw, {}) is not None:
        raise Refusal(
            Refused.CONFLICT, "This is a national code already, and means what it means nationally."
        )
