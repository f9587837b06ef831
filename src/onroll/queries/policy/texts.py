"""The policy texts that a school holds: its own packs, each version as it was brought in."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from onroll.domain.packs import Pack
from onroll.queries.packs.kept import parsed
from onroll.records.policies.models import PackInUse

if TYPE_CHECKING:
    from django.db.models import QuerySet

REVIEW_MONTHS = 12
"""What is reckoned with where no text says how often the policy is reviewed."""


@dataclass(frozen=True, slots=True)
class TextKey:
    """Which text: the slug and the version of a pack."""

    slug: str
    version: str

    @classmethod
    def of(cls, slug: str, version: str) -> "TextKey | None":
        """The key of a version's row; None where its words are not held."""
        return cls(slug, version) if slug and version else None

    @property
    def value(self) -> str:
        """As a form posts it."""
        return f"{self.slug}|{self.version}"


@dataclass(frozen=True, slots=True)
class TextHeld:
    """One text to choose from, and what it says of itself."""

    key: TextKey
    title: str
    approved_on: date | None
    next_due_on: date | None


def texts(school_id: int) -> tuple[TextHeld, ...]:
    """The school's own policy texts, the newest first; those that apply from a coming day too. Two queries."""
    rows = list(_rows(school_id).order_by("-happened_on", "-id").values_list("slug", "version", "digest"))
    found = parsed(digest for _, _, digest in rows)
    seen: dict[TextKey, TextHeld] = {}
    for slug, version, digest in rows:
        pack = found.get(digest)
        if isinstance(pack, Pack) and pack.layer == "school":
            key = TextKey(slug, version)
            seen.setdefault(key, TextHeld(key, pack.title, pack.approved_on, pack.next_due_on))
    return tuple(seen.values())


def holds(school_id: int, key: TextKey) -> bool:
    """Whether the school has this text."""
    return any(one.key == key for one in texts(school_id))


def pack_of(school_id: int, key: TextKey, by: datetime | None = None) -> Pack | None:
    """A text as it was by a moment: what was published does not change when the text is brought in again."""
    rows = _rows(school_id).filter(slug=key.slug, version=key.version)
    digests = list(rows.order_by("recorded_at", "id").values_list("recorded_at", "digest"))
    if not digests:
        return None
    held = [digest for at, digest in digests if by is None or at <= by] or [digests[0][1]]
    pack = parsed(held[-1:]).get(held[-1])
    return pack if isinstance(pack, Pack) else None


def review_months(school_id: int, key: TextKey | None) -> int:
    """How often the policy is reviewed, by its own words."""
    pack = pack_of(school_id, key) if key else None
    return pack.review_months if pack else REVIEW_MONTHS


def _rows(school_id: int) -> "QuerySet[PackInUse]":
    return PackInUse.objects.filter(school_id=school_id, kind="policy").exclude(digest="")
