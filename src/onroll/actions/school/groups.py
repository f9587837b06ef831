"""Add, rename and order the year groups of a school; rename its tutor groups."""

from collections.abc import Sequence
from datetime import datetime

from onroll.actions.change import Entry, change
from onroll.actions.recounted import school_to_change
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_found
from onroll.records.schools.models import TutorGroup, YearGroup

_STALE = "Somebody renamed this group since you opened the page. Open the settings to see its name now."
_TAKEN = "The school has a group of this name already. Choose another name."
_NO_NAME = "Enter a name for the group."


def add_year_group(actor: Actor, school_id: int, *, code: str, name: str, at: datetime) -> int:
    """Add a year group after the others, by its national curriculum year code ("9", "R"); gives its id."""
    code, name = code.strip().upper(), _name(name)
    if not code or len(code) > 4:
        raise Refusal(Refused.INVALID, "Enter the year's code, like 9 or R.")
    with change(actor.id, "year-group-added", at, school_id=school_id) as entry:
        school = school_to_change(actor, school_id, Permission.SCHOOL_EDIT)
        groups = list(YearGroup.objects.filter(school=school))
        if any(group.code == code or _alike(group.name, name) for group in groups):
            raise Refusal(Refused.CONFLICT, "The school has a year group of this code or name already.")
        position = max((group.position for group in groups), default=0) + 1
        group = YearGroup.objects.create(school=school, code=code, name=name, position=position)
        entry.subject, entry.detail = f"year-group:{group.pk}", {"code": code}
        return group.pk


def rename_year_group(
    actor: Actor, school_id: int, group_id: int, *, name: str, saw: str, at: datetime
) -> None:
    """Give a year group another name. `saw` is the name that the actor was looking at."""
    with change(actor.id, "year-group-renamed", at, school_id=school_id) as entry:
        school = school_to_change(actor, school_id, Permission.SCHOOL_EDIT)
        _rename(entry, list(YearGroup.objects.filter(school=school)), group_id, name, saw)
        entry.subject = f"year-group:{group_id}"


def rename_tutor_group(
    actor: Actor, school_id: int, group_id: int, *, name: str, saw: str, at: datetime
) -> None:
    """Give a tutor group another name. `saw` is the name that the actor was looking at."""
    with change(actor.id, "tutor-group-renamed", at, school_id=school_id) as entry:
        school = school_to_change(actor, school_id, Permission.SCHOOL_EDIT)
        _rename(entry, list(TutorGroup.objects.filter(school=school)), group_id, name, saw)
        entry.subject = f"tutor-group:{group_id}"


def move_year_group(actor: Actor, school_id: int, group_id: int, *, by: int, at: datetime) -> None:
    """Move a year group up (`by` -1) or down (`by` 1) in the school's own order; at the end it stays."""
    with change(actor.id, "year-group-moved", at, school_id=school_id) as entry:
        school = school_to_change(actor, school_id, Permission.SCHOOL_EDIT)
        groups = list(YearGroup.objects.filter(school=school).order_by("position", "name"))
        place = next((n for n, group in enumerate(groups) if group.pk == group_id), None)
        if place is None:
            raise not_found()
        other = place + (1 if by > 0 else -1)
        if not 0 <= other < len(groups):
            entry.nothing_changed = True
            return
        groups[place], groups[other] = groups[other], groups[place]
        for position, group in enumerate(groups, start=1):
            if group.position != position:
                group.position = position
                group.save(update_fields=["position"])
        entry.subject, entry.detail = f"year-group:{group_id}", {"place": other + 1}


def _rename(
    entry: Entry, groups: Sequence[YearGroup] | Sequence[TutorGroup], group_id: int, name: str, saw: str
) -> None:
    name = _name(name)
    group = next((group for group in groups if group.pk == group_id), None)
    if group is None:
        raise not_found()
    if group.name != saw:
        raise Refusal(Refused.STALE, _STALE)
    if group.name == name:
        entry.nothing_changed = True
        return
    if any(_alike(other.name, name) for other in groups if other.pk != group_id):
        raise Refusal(Refused.CONFLICT, _TAKEN)
    group.name = name
    group.save(update_fields=["name"])


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 40:
        raise Refusal(Refused.INVALID, _NO_NAME)
    return name


def _alike(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
