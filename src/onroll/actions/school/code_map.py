"""The school's own attendance codes and what each means nationally.

The map is used when a file is read. Marks that are already in keep the national code they came in with.
"""

from datetime import datetime

from onroll.actions.change import change
from onroll.actions.recounted import school_to_change
from onroll.domain.permissions import Permission
from onroll.domain.register import CODES, NOT_TAKEN
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_found
from onroll.records.attendance.models import CodeMeaning

LONGEST = 12


def add_code(actor: Actor, school_id: int, *, raw: str, national: str, at: datetime) -> None:
    """Say what one of the school's own codes means. A national code keeps its own meaning."""
    raw = raw.strip()
    if not raw or len(raw) > LONGEST:
        raise Refusal(Refused.INVALID, f"Enter the school's code, up to {LONGEST} characters.")
    if raw in CODES or raw == NOT_TAKEN:
        raise Refusal(Refused.INVALID, "This is a national code and keeps its own meaning.")
    if national not in CODES:
        raise Refusal(Refused.INVALID, "Choose one of the national codes.")
    with change(actor.id, "code-meaning-added", at, school_id=school_id) as entry:
        school = school_to_change(actor, school_id, Permission.SCHOOL_EDIT)
        if CodeMeaning.objects.filter(school=school, raw=raw).exists():
            raise Refusal(
                Refused.CONFLICT,
                "The school's code has a meaning already. Remove it first to give it another.",
            )
        meaning = CodeMeaning.objects.create(school=school, raw=raw, national=national)
        entry.subject, entry.detail = f"code-meaning:{meaning.pk}", {"national": national}


def remove_code(actor: Actor, school_id: int, meaning_id: int, *, at: datetime) -> None:
    """Forget what one of the school's own codes means; files that use it will have it as unknown."""
    with change(actor.id, "code-meaning-removed", at, school_id=school_id) as entry:
        school = school_to_change(actor, school_id, Permission.SCHOOL_EDIT)
        meaning: CodeMeaning | None = CodeMeaning.objects.filter(school=school, pk=meaning_id).first()
        if meaning is None:
            raise not_found()
        entry.subject = f"code-meaning:{meaning.pk}"
        entry.detail = {
            "national": meaning.national
        }  # not the raw code: from a wrong column it may be a name
        meaning.delete()
