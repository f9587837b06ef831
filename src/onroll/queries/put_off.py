"""Duties that were put off: by whom, until when and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Window

from onroll.domain.names import shown_name
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_allowed, not_found
from onroll.queries import owed
from onroll.queries.doors import SchoolSeen, looked
from onroll.queries.duties_today import ROW, ToDo, to_do_of
from onroll.queries.packs import Stack, stack_of
from onroll.records.duties.models import Finding, Snooze
from onroll.records.people.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class PutOff:
    """One thing that was put off, as the finding stands now."""

    snooze_id: int
    to_do: ToDo
    reason: str
    by: str
    on: date


def put_off(
    actor: Actor, seen: SchoolSeen, *, first: int, size: int, on: date, at: datetime
) -> tuple[list[PutOff], int]:
    """What is put off beyond today within the actor's reach, the longest overdue first, and how many. Logs the look."""
    rows = owed.within_reach(owed.to_do(seen.id), actor, seen.id, on)
    found, number = put_off_of(rows, stack_of(seen.id, on), seen.id, first=first, size=size, on=on)
    shown = {one.to_do.pupil_id for one in found if one.to_do.pupil_id}
    looked(actor, seen, page="put-off", pupil_ids=sorted(shown), at=at)
    return found, number


def put_off_of(
    rows: "QuerySet[Finding]", stack: Stack, school_id: int, *, first: int, size: int, on: date
) -> tuple[list[PutOff], int]:
    """Of these findings, those that are put off, a page of them, and how many there are. Two queries."""
    off = rows.filter(owed.is_put_off(on)).order_by("due_on", "pk").annotate(in_all=Window(Count("pk")))
    found = list(off.values(*ROW, "in_all")[first : first + size])
    words = _words(school_id, {row["case_id"] for row in found}, on)
    shown = []
    for row in found:
        said = words.get((row["case_id"], row["pack"], row["duty"]))
        if said is not None:
            to_do = to_do_of(row, stack, on, put_off_until=said.until_on)
            shown.append(PutOff(said.pk, to_do, said.reason, said.by or "", said.happened_on))  # type: ignore[attr-defined]
    return shown, found[0]["in_all"] if found else 0


def _words(school_id: int, case_ids: set[int | None], on: date) -> dict[tuple[int | None, str, str], Snooze]:
    """The word that put each off, by case, pack and duty; None stands for the school's own duties."""
    by = User.objects.filter(pk=OuterRef("recorded_by_id")).values("name")
    rows = Snooze.objects.standing().filter(school_id=school_id, until_on__gt=on)
    of_cases = rows.filter(case_id__in=[one for one in case_ids if one])
    wanted = of_cases | rows.filter(case=None) if None in case_ids else of_cases
    named = wanted.annotate(by=Subquery(by)).order_by("pk")
    return {(one.case_id, one.pack, one.duty): one for one in named}


@dataclass(frozen=True, slots=True)
class PutOffWord:
    """What somebody put off, in one line of Oversight."""

    snooze_id: int
    case_id: int | None
    pupil_id: int | None
    child: str
    title: str
    until_on: date
    reason: str
    by: str


def put_off_words(
    actor: Actor, school_id: int, stack: Stack, *, most: int, on: date
) -> tuple[tuple[PutOffWord, ...], int]:
    """The words that put off what is still to do within reach, the latest first, and how many. One query."""
    still = owed.within_reach(owed.to_do(school_id), actor, school_id, on).filter(
        pack=OuterRef("pack"), duty=OuterRef("duty")
    )
    of_case, of_school = still.filter(case_id=OuterRef("case_id")), still.filter(case=None)
    rows = Snooze.objects.standing().filter(school_id=school_id, until_on__gt=on)
    rows = rows.filter(Exists(of_case) | (Q(case=None) & Exists(of_school)))
    by = User.objects.filter(pk=OuterRef("recorded_by_id")).values("name")
    found = list(
        rows.order_by("-pk").annotate(by=Subquery(by), in_all=Window(Count("pk"))).values(*_WORD)[:most]
    )
    return tuple(_word(row, stack) for row in found), found[0]["in_all"] if found else 0


_WORD = (
    "pk", "case_id", "case__pupil_id", "case__pupil__forename", "case__pupil__surname", "case__pupil__known_as",
    "pack", "duty", "until_on", "reason", "by", "in_all",
)  # fmt: skip


def _word(row: Mapping[str, Any], stack: Stack) -> PutOffWord:
    duty = stack.duty(row["pack"], row["duty"])
    names = (row["case__pupil__forename"], row["case__pupil__surname"], row["case__pupil__known_as"])
    return PutOffWord(
        snooze_id=row["pk"],
        case_id=row["case_id"],
        pupil_id=row["case__pupil_id"],
        child=shown_name(*names) if row["case_id"] else "",
        title=duty.title if duty else row["duty"],
        until_on=row["until_on"],
        reason=row["reason"],
        by=row["by"] or "",
    )


def to_put_off(actor: Actor, seen: SchoolSeen, finding_id: int, *, on: date, at: datetime) -> ToDo:
    """The thing that somebody is about to put off, with the look logged; refused when there is nothing to put off."""
    found = Finding.objects.filter(pk=finding_id, school_id=seen.id).values("case_id", "pack", "duty").first()
    rows = owed.within_reach(owed.to_do(seen.id), actor, seen.id, on)
    row = rows.filter(Q(**found)).values(*ROW).first() if found else None
    if row is None:
        if found is None or not _knows_of(actor, seen, found["case_id"], on):
            raise not_found()
        raise Refusal(Refused.CONFLICT, "This is done, or no longer asked for. There is nothing to put off.")
    needed = Permission.CASE_WORK if row["case_id"] else Permission.POLICY_EDIT
    if not actor.may(needed, seen.id):
        raise not_allowed(needed, seen.name)
    to_do = to_do_of(row, stack_of(seen.id, on), on)
    looked(actor, seen, page="put-off-form", pupil_ids=[to_do.pupil_id] if to_do.pupil_id else [], at=at)
    return to_do


def _knows_of(actor: Actor, seen: SchoolSeen, case_id: int | None, on: date) -> bool:
    rows = Finding.objects.filter(Q(case_id=case_id), school_id=seen.id)
    return owed.within_reach(rows, actor, seen.id, on).exists()
