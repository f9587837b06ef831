"""Findings as people read them: what each duty of a case, or of the school, comes to, who holds it, and why.

These ask nobody who they are: call them behind a door.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from onroll.domain.duties.evaluate import EVALUATORS
from onroll.domain.duties.finding import Looked, Status, status_on
from onroll.domain.packs.pack import Duty, Pack
from onroll.domain.permissions import Role
from onroll.queries.doors import SchoolSeen
from onroll.queries.judged import Fresh, judged_cases
from onroll.queries.packs import Stack, stack_of
from onroll.records.cases.models import Case
from onroll.records.duties.models import Finding, Snooze
from onroll.records.people.models import User


@dataclass(frozen=True, slots=True)
class FindingSeen:
    """One finding. `status` is as it stands on the day asked about, whether or not a sweep has come by."""

    id: int  # 0 for one that was worked out for the past and is not stored
    case_id: int | None
    pack: str
    version: str
    duty: str
    paragraph: str
    title: str
    section: str
    status: Status
    due_on: date | None
    holder: Role
    holder_words: str
    held_by_id: int | None
    held_by_name: str
    reason: str
    looked_at: tuple[Looked, ...]
    snoozed_until: date | None = None


def findings_of_case(
    seen: SchoolSeen, case_id: int, on: date, stack: Stack | None = None
) -> tuple[FindingSeen, ...]:
    """What every duty of one case comes to, in the order of the packs. Three queries, two where the stack is given."""
    return _standing(seen.id, case_id, on, stack)


def findings_of_school(seen: SchoolSeen, on: date) -> tuple[FindingSeen, ...]:
    """What every duty of the school itself comes to, in the order of the packs. Three queries."""
    return _standing(seen.id, None, on)


def past(seen: SchoolSeen, case_id: int, on: date, known_at: datetime | None) -> tuple[FindingSeen, ...]:
    """What the duties of a case came to on a day, worked out again from what was known at a moment.

    `known_at` None asks with what is known now. Empty when the case was not on record by then.
    """
    if not Case.objects.filter(pk=case_id, school_id=seen.id).exists():
        return ()
    return worked_out(seen.id, case_id, on, known_at)


def worked_out(school_id: int, case_id: int, on: date, known_at: datetime | None) -> tuple[FindingSeen, ...]:
    """The same for a case that is known to be the school's."""
    fresh = list(judged_cases([case_id], on=on, known_at=known_at))
    stack, names = stack_of(school_id, on, known_at), _names(one.held_by_id for one in fresh)
    return tuple(_from_fresh(one, stack, names) for one in fresh)


def school_of_case(case_id: int) -> int | None:
    """The school of a case, for the console."""
    return Case.objects.filter(pk=case_id).values_list("school_id", flat=True).first()


def unrecorded(stack: Stack) -> tuple[tuple[Pack, Duty], ...]:
    """The duties that Onroll cannot judge yet: "not yet recorded in Onroll"."""
    return tuple(
        (pack, duty) for pack in stack.packs for duty in pack.duties if duty.evaluator not in EVALUATORS
    )


def _standing(
    school_id: int, case_id: int | None, on: date, stack: Stack | None = None
) -> tuple[FindingSeen, ...]:
    of: dict[str, Any] = {"school_id": school_id, "case_id": case_id}
    rows = Finding.objects.filter(until_at=None, **of)
    stack = stack or stack_of(school_id, on)
    snoozed = _snoozed(of, on)
    found = [
        seen_of(row, stack, on, snoozed.get((row["pack"], row["duty"]))) for row in rows.values(*COLUMNS)
    ]
    return tuple(sorted(found, key=_places(stack)))


def _snoozed(of: Mapping[str, Any], on: date) -> Mapping[tuple[str, str], date]:
    """Until when each finding that is put off on the day is put off."""
    rows = Snooze.objects.standing().filter(happened_on__lte=on, until_on__gt=on, **of)
    order = rows.order_by("happened_on", "id")
    return {(pack, duty): until_on for pack, duty, until_on in order.values_list("pack", "duty", "until_on")}


def _places(stack: Stack) -> Any:
    """A key by which findings stand in the order of the packs."""
    order = [(pack.slug, duty.id) for pack in stack.packs for duty in pack.duties]
    places = {key: place for place, key in enumerate(order)}
    return lambda one: (places.get((one.pack, one.duty), len(order)), one.id)


# What `seen_of` needs of a row.
COLUMNS = (
    "id", "case_id", "pack", "version", "duty", "paragraph", "status", "due_on", "holder", "held_by_id",
    "held_by__name", "reason", "looked_at",
)  # fmt: skip


def seen_of(row: Mapping[str, Any], stack: Stack, on: date, snoozed_until: date | None) -> FindingSeen:
    """A finding from the COLUMNS of its row, in the words of the packs."""
    holder = Role(row["holder"])
    title, section, holder_words = _words(stack, row["pack"], row["duty"], holder)
    return FindingSeen(
        id=row["id"],
        case_id=row["case_id"],
        pack=row["pack"],
        version=row["version"],
        duty=row["duty"],
        paragraph=row["paragraph"],
        title=title,
        section=section,
        status=status_on(Status(row["status"]), row["due_on"], on),
        due_on=row["due_on"],
        holder=holder,
        holder_words=holder_words,
        held_by_id=row["held_by_id"],
        held_by_name=row["held_by__name"] or "",
        reason=row["reason"],
        looked_at=_looked(row["looked_at"]),
        snoozed_until=snoozed_until,
    )


def _from_fresh(one: Fresh, stack: Stack, names: Mapping[int, str]) -> FindingSeen:
    found = one.finding
    title, section, holder_words = _words(stack, found.pack, found.duty, found.holder)
    return FindingSeen(
        id=0,
        case_id=one.case_id,
        pack=found.pack,
        version=found.version,
        duty=found.duty,
        paragraph=found.paragraph,
        title=title,
        section=section,
        status=found.status,
        due_on=found.due_on,
        holder=found.holder,
        holder_words=holder_words,
        held_by_id=one.held_by_id,
        held_by_name=names.get(one.held_by_id or 0, ""),
        reason=found.reason,
        looked_at=found.looked_at,
    )


def _words(stack: Stack, slug: str, duty_id: str, holder: Role) -> tuple[str, str, str]:
    """Title, section and holder in the words of the pack; of a pack that applies no more, the bare id."""
    pack, duty = stack.pack(slug), stack.duty(slug, duty_id)
    if pack is None or duty is None:
        return duty_id, "", stack.role(holder)
    return duty.title, duty.section, duty.holder_title or stack.role(holder)


def _looked(pairs: Sequence[Sequence[Any]]) -> tuple[Looked, ...]:
    return tuple(Looked(str(kind), int(pk)) for kind, pk in pairs)


def _names(user_ids: Iterable[int | None]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in={one for one in user_ids if one}).values_list("pk", "name"))
