"""The findings that stand, beside those that are worked out now: what has ended, and what is new."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from onroll.queries.judged import Fresh
from onroll.records.duties.models import Finding

Key = tuple[int, int | None, str, str]  # school, case, pack, duty
_KEY = ("school_id", "case_id", "pack", "duty")
_SAID = (
    "version", "paragraph", "status", "due_on", "holder", "held_by_id", "reason", "looked_at", "rule_version",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """A finding that stands: its row, and what it says."""

    id: int
    said: tuple[Any, ...]


@dataclass(slots=True)
class Compared:
    """What a refresh has to write."""

    ended: list[Kept] = field(default_factory=list)
    new: list[Fresh] = field(default_factory=list)
    school_ids: set[int] = field(default_factory=set)  # of which any finding differs


def standing_of_cases(case_ids: Collection[int]) -> dict[Key, Kept]:
    """Every standing finding of these cases. One query."""
    return _standing(case_id__in=case_ids)


def standing_of_schools(school_ids: Collection[int]) -> dict[Key, Kept]:
    """Every standing finding about these schools themselves. One query."""
    return _standing(school_id__in=school_ids, case=None)


def compared(kept: dict[Key, Kept], fresh: Iterable[Fresh]) -> Compared:
    """What differs. `kept` is used up."""
    found = Compared()
    for one in fresh:
        old = kept.pop(_key(one), None)
        if old is None or old.said != said(one):
            found.new.append(one)
            if old is not None:
                found.ended.append(old)
            found.school_ids.add(one.school_id)
    found.ended += kept.values()
    found.school_ids |= {school_id for school_id, _, _, _ in kept}
    return found


def said(one: Fresh) -> tuple[Any, ...]:
    """What a finding says, in the order of the stored columns."""
    finding = one.finding
    return (
        finding.version,
        finding.paragraph,
        finding.status.value,
        finding.due_on,
        finding.holder.value,
        one.held_by_id,
        finding.reason,
        [[looked.kind, looked.id] for looked in finding.looked_at],
        finding.rule_version,
    )


# What `said` and `_key` speak of, as the columns of Finding.
FIELDS = ("school", "case", "pack", "duty", *_SAID[:5], "held_by", *_SAID[6:])


def row_of(one: Fresh) -> tuple[Any, ...]:
    """The values of FIELDS."""
    return (*_key(one), *said(one))


def _key(one: Fresh) -> Key:
    return one.school_id, one.case_id, one.finding.pack, one.finding.duty


def _standing(**of: Any) -> dict[Key, Kept]:
    rows = Finding.objects.filter(until_at=None, **of).values_list("pk", *_KEY, *_SAID)
    width = 1 + len(_KEY)
    return {(row[1], row[2], row[3], row[4]): Kept(row[0], row[width:]) for row in rows}
