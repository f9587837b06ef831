"""The timeline of a case: one list of everything that happened, for whoever may read it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from onroll.domain.casework.entries import Entry
from onroll.domain.casework.tiers import Tier, tiers_of
from onroll.domain.names import folded
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, not_found
from onroll.queries import doors
from onroll.queries.case_head import CaseHead, head_of
from onroll.queries.doors import SchoolSeen
from onroll.queries.timeline.register import register_lines
from onroll.queries.timeline.rows import Row, rows_of
from onroll.queries.timeline.telling import Line, TakenBack, told
from onroll.queries.written import MODELS, tier_refused

__all__ = ["PAGE", "Asked", "EntrySeen", "Line", "TakenBack", "Timeline", "entry", "timeline"]
PAGE = 25


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked to see. `known_at`: as it was known at a moment; `tiers`: no others than these."""

    kinds: frozenset[Entry] = frozenset(Entry)
    text: str = ""
    first: date | None = None
    last: date | None = None
    known_at: datetime | None = None
    tiers: frozenset[Tier] = frozenset(Tier)
    withdrawn_too: bool = True


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of it."""

    head: CaseHead
    lines: tuple[Line, ...]
    total: int
    tiers: tuple[Tier, ...]  # that stand in it
    kept_back: tuple[tuple[Tier, int], ...] = field(
        default=()
    )  # entries of other tiers, of what was asked for


def timeline(
    actor: Actor,
    seen: SchoolSeen,
    case_id: int,
    asked: Asked,
    *,
    page: str,
    at: datetime,
    first: int = 0,
    size: int | None = PAGE,
) -> Timeline:
    """The latest first, from line `first` on; the look is logged. Six queries, whatever the case holds.

    What stands in a tier that the actor may not read is counted and not shown. Marks are as they are now, even
    where the past is asked for.
    """
    case = doors.case(actor, seen, case_id, Permission.CASE_SEE, page=page, at=at)
    may_read = tiers_of(actor, seen.id)
    rows = rows_of(case_id, asked.kinds, first=asked.first, last=asked.last, known_at=asked.known_at)
    shown = {tier for tier in may_read if tier in asked.tiers}
    medical = Tier.MEDICAL in shown
    # Only what is shown is put into words, unless a text is looked for: opening texts is most of the work.
    kept: list[Row | Line] = [row for row in rows if row.tier in shown and _wanted(row, asked)]
    if Entry.REGISTER in asked.kinds and Tier.EDUCATION in shown:
        last = timezone.localdate(asked.known_at or at)
        kept += [line for line in register_lines(case, seen, last) if _within(line.on, asked)]
    words = folded(asked.text).split()
    if words:
        kept = [line for line in (_line(one, medical) for one in kept) if line.holds(words)]
    kept.sort(key=_place, reverse=True)
    part = kept[first:] if size is None else kept[first : first + size]
    return Timeline(
        head_of(case),
        tuple(_line(one, medical) for one in part),
        len(kept),
        tuple(tier for tier in may_read if tier in shown),
        _counted(row for row in rows if row.tier not in shown and _wanted(row, asked)),
    )


@dataclass(frozen=True, slots=True)
class EntrySeen:
    """One entry whole, with what came of it."""

    head: CaseHead
    line: Line
    replaced_by: int | None  # the entry that stands in its place


def entry(
    actor: Actor, seen: SchoolSeen, case_id: int, kind: Entry, entry_id: int, *, page: str, at: datetime
) -> EntrySeen:
    """One entry that somebody wrote. Refuses (not allowed) a tier that the actor may not read."""
    case = doors.case(actor, seen, case_id, Permission.CASE_SEE, page=page, at=at)
    row = next(iter(rows_of(case_id, [kind], entry_id=entry_id)), None)
    if row is None:
        raise not_found()
    tiers = tiers_of(actor, seen.id)
    if row.tier not in tiers:
        raise tier_refused(actor, seen.id, Tier(row.tier))
    after = MODELS[kind].objects.filter(replaces_id=entry_id).values_list("pk", flat=True).first()
    return EntrySeen(head_of(case), told(row, medical=Tier.MEDICAL in tiers), after)


def _wanted(row: Row, asked: Asked) -> bool:
    return asked.withdrawn_too or row.withdrawn_at is None


def _within(on: date, asked: Asked) -> bool:
    return (asked.first is None or on >= asked.first) and (asked.last is None or on <= asked.last)


def _line(one: Row | Line, medical: bool) -> Line:
    return told(one, medical=medical) if isinstance(one, Row) else one


def _place(one: Row | Line) -> tuple[date, float, int, int]:
    """Within a day by when it was recorded; what the register says comes before what anybody did about it."""
    return one.on, one.at.timestamp() if one.at else 0.0, _RANKS[Entry(one.kind)], one.id


# Of what was recorded at one moment, a step stands before what follows from it.
_RANKS = {
    kind: rank
    for rank, kind in enumerate(
        (Entry.REGISTER, Entry.MOVE, Entry.ARRANGEMENT, Entry.STATEMENT, Entry.CONTACT, Entry.DECISION,
         Entry.NOTE, Entry.DOCUMENT)
    )
}  # fmt: skip


def _counted(rows: Iterable[Row]) -> tuple[tuple[Tier, int], ...]:
    counts = Counter(row.tier for row in rows)
    return tuple((tier, counts[tier]) for tier in Tier if counts[tier])
