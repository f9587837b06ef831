"""What the packs page lists: every pack and profile on record at a school, and how each stands today."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onroll.domain.packs import Pack, Profile
from onroll.queries.packs.kept import parsed
from onroll.records.people.models import User
from onroll.records.policies.models import PackInUse


class Stands(StrEnum):
    """How a row stands on a day."""

    APPLIES = "applies"
    COMING = "coming"
    EARLIER = "earlier"  # another took its place


@dataclass(frozen=True, slots=True)
class InUse:
    """One row: a pack or profile from a day on, or its end."""

    id: int
    kind: str
    slug: str
    version: str
    title: str
    layer: str  # empty for a profile
    from_on: date
    by: str  # who put it in use; empty: Onroll itself, when the school was added
    stands: Stands
    ends: bool = False  # it says that the pack applies no more


def on_record(school_id: int, on: date) -> tuple[InUse, ...]:
    """Every row that nobody took back, the latest first. Two queries."""
    rows = list(
        PackInUse.objects.standing().filter(school_id=school_id).defer("text").order_by("-happened_on", "-id")
    )
    texts = parsed({row.digest for row in rows if row.digest})
    titles = {row.slug: texts[row.digest] for row in reversed(rows) if row.digest in texts}
    names = dict(
        User.objects.filter(pk__in={row.recorded_by_id for row in rows if row.recorded_by_id}).values_list(
            "pk", "name"
        )
    )
    begun: set[tuple[str, str]] = set()
    return tuple(_seen(row, titles.get(row.slug), names, _stands(row, on, begun)) for row in rows)


def _stands(row: PackInUse, on: date, begun: set[tuple[str, str]]) -> Stands:
    """The first row of a slug that has begun applies; those before it are earlier ones."""
    if row.happened_on > on:
        return Stands.COMING
    key = (row.kind, row.slug if row.kind == "policy" else "")
    stands = Stands.EARLIER if key in begun else Stands.APPLIES
    begun.add(key)
    return stands


def _seen(row: PackInUse, one: Pack | Profile | None, names: dict[int, str], stands: Stands) -> InUse:
    return InUse(
        id=row.pk,
        kind=row.kind,
        slug=row.slug,
        version=row.version,
        title=one.title if one else row.slug,
        layer=one.layer if isinstance(one, Pack) else "",
        from_on=row.happened_on,
        by=names.get(row.recorded_by_id or 0, ""),
        stands=stands,
        ends=not row.digest,
    )
