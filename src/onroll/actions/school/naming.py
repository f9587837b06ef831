"""Change what a school is called, and see that nobody overwrites what they have not seen."""

from datetime import datetime

from onroll.actions.change import change
from onroll.actions.recounted import school_to_change
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.records.schools.models import School

_STALE = "Somebody changed the school's settings since you opened the page. Open the settings to see what stands now."


def rename_school(actor: Actor, school_id: int, *, name: str, saw: int, at: datetime) -> None:
    """Give the school another name. `saw` is the version of the settings the actor was looking at."""
    name = " ".join(name.split())
    if not name:
        raise Refusal(Refused.INVALID, "Enter the school's name.")
    with change(actor.id, "school-renamed", at, school_id=school_id) as entry:
        school = fresh(school_to_change(actor, school_id, Permission.SCHOOL_EDIT), saw)
        if school.name == name:
            entry.nothing_changed = True
            return
        school.name = name
        school.version += 1
        school.save(update_fields=["name", "version"])
        entry.subject = f"school:{school.pk}"


def fresh(school: School, saw: int) -> School:
    """The school, if it still is as the actor saw it; else a refusal."""
    if school.version != saw:
        raise Refusal(Refused.STALE, _STALE)
    return school
