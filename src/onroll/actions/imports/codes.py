"""Keep what a school's own codes mean nationally."""

from collections.abc import Mapping
from datetime import datetime

from onroll.actions.change import change
from onroll.actions.imports.columns import reread
from onroll.actions.imports.holding import import_to_change, subject
from onroll.domain.permissions import Permission
from onroll.domain.register import CODES, national
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_allowed, not_found
from onroll.queries.doors import SchoolSeen
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
        entry.detail = {"meanings": dict(meanings)}
        reread(row, actor, at)


def forget_code(actor: Actor, seen: SchoolSeen, meaning_id: int, *, at: datetime) -> None:
    """Forget one meaning: from the next file on the code is unknown. Registers stay as they are."""
    if not actor.may(Permission.REGISTER_IMPORT, seen.id):
        raise not_allowed(Permission.REGISTER_IMPORT, seen.name)
    with change(actor.id, "code_forgotten", at, school_id=seen.id) as entry:
        row = CodeMeaning.objects.select_for_update().filter(pk=meaning_id, school_id=seen.id).first()
        if row is None:
            raise not_found()
        entry.subject, entry.detail = f"code-meaning:{row.pk}", {"raw": row.raw, "national": row.national}
        row.delete()


def _check(raw: str, code: str) -> None:
    if not raw or raw != raw.strip() or len(raw) > LONGEST or code not in CODES:
        raise Refusal(Refused.INVALID, "A code of the school's has to be given one of the national codes.")
    if national(raw, {}) is not None:
        raise Refusal(
            Refused.CONFLICT, "This is a national code already, and means what it means nationally."
        )
