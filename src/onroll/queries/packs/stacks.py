"""The packs that apply at schools on a day."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from onroll.domain.packs import Pack, Profile
from onroll.domain.packs.stack import Stack
from onroll.queries.packs.kept import parsed
from onroll.records.policies.models import PackInUse

_LAYERS = {"school": 0, "nation": 1}


class Begun(NamedTuple):
    """A row of PackInUse that had begun, as far as stacks need it."""

    school_id: int
    kind: str
    slug: str
    digest: str


def stack_of(school_id: int, on: date, known_at: datetime | None = None) -> Stack:
    """What applies at one school on a day, by what is known now or was known at a moment. One query."""
    return stacks_of([school_id], on, known_at)[school_id]


def stacks_of(school_ids: Iterable[int], on: date, known_at: datetime | None = None) -> dict[int, Stack]:
    """The same for several schools, each of which has an entry. One query, once this process knows the texts."""
    ids = set(school_ids)
    rows = in_use(ids, on, known_at)
    texts = parsed(row.digest for row in rows)
    mine: dict[int, list[Pack | Profile]] = {school_id: [] for school_id in ids}
    for row in rows:
        if row.digest in texts:
            mine[row.school_id].append(texts[row.digest])
    return {school_id: _stacked(found) for school_id, found in mine.items()}


def in_use(school_ids: Iterable[int], on: date, known_at: datetime | None = None) -> list[Begun]:
    """The row that applies for each slug (of an authority: the one profile); nothing where it was ended."""
    rows = (
        PackInUse.objects.as_known(known_at)
        .filter(school_id__in=school_ids, happened_on__lte=on)
        .order_by("happened_on", "id")
        .values_list("school_id", "kind", "slug", "digest")
    )
    latest: dict[tuple[int, str, str], Begun] = {}
    for row in map(Begun._make, rows):
        latest[row.school_id, row.kind, row.slug if row.kind == "policy" else ""] = row
    return [row for row in latest.values() if row.digest]


def _stacked(found: Iterable[Pack | Profile]) -> Stack:
    packs: list[Pack] = []
    authority = None
    for one in found:
        if isinstance(one, Profile):
            authority = one
        else:
            packs.append(one)
    return Stack(tuple(sorted(packs, key=lambda pack: _LAYERS.get(pack.layer, 0))), authority)
