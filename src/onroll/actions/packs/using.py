"""The inner functions that put a pack or a profile in use. Call them inside a `change()`."""

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256

from onroll.domain.packs import Pack, PackProblems, Profile, read
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries.packs.kept import remember
from onroll.queries.packs.shipped import shipped
from onroll.records.base import need_pen
from onroll.records.policies.models import PackInUse


def use_pack(
    school_id: int, text: str, *, kind: str, from_on: date, by_id: int | None, at: datetime
) -> PackInUse:
    """Let a pack (`kind` "policy") or a profile ("authority") apply from a day on.

    Refuses a text that is not in order, is of the other kind, or has the version of one that says something else.
    A row of the same slug for the same day is taken back: the later word stands.
    """
    need_pen("PackInUse")
    found = _in_order(text, kind)
    digest = sha256(text.encode()).hexdigest()
    _same_words(school_id, kind, found, digest)
    row = PackInUse(
        school_id=school_id,
        kind=kind,
        slug=found.slug,
        version=found.version,
        text=text,
        digest=digest,
        happened_on=from_on,
        recorded_at=at,
        recorded_by_id=by_id,
    )
    _in_place_of(row)
    remember(digest, found)
    return row


def end_pack(school_id: int, slug: str, *, from_on: date, by_id: int | None, at: datetime) -> PackInUse:
    """Let a policy pack apply no more from a day on: a row without a text."""
    need_pen("PackInUse")
    row = PackInUse(
        school_id=school_id,
        kind="policy",
        slug=slug,
        happened_on=from_on,
        recorded_at=at,
        recorded_by_id=by_id,
    )
    _in_place_of(row)
    return row


def use_shipped(
    school_id: int, slugs: Iterable[str], *, from_on: date, by_id: int | None, at: datetime
) -> None:
    """Put shipped packs and profiles in use, by their slugs. A slug that is not shipped is a fault of the caller."""
    known = {one.slug: one for one in shipped()}
    for slug in slugs:
        use_pack(school_id, known[slug].text, kind=known[slug].kind, from_on=from_on, by_id=by_id, at=at)


def _in_order(text: str, kind: str) -> Pack | Profile:
    try:
        found = read(text, "pack")
    except PackProblems as wrong:
        raise Refusal(Refused.INVALID, f"This is not in order. {wrong.problems[0]}") from wrong
    if isinstance(found, Profile) is not (kind == "authority"):
        other = "a policy pack" if kind == "authority" else "an authority profile"
        raise Refusal(Refused.INVALID, f"This is {other}. Bring it in on the other page.")
    return found


def _same_words(school_id: int, kind: str, found: Pack | Profile, digest: str) -> None:
    """Findings name the version under which they were made, so one version has one text."""
    rows = PackInUse.objects.standing().filter(
        school_id=school_id, kind=kind, slug=found.slug, version=found.version
    )
    if rows.exclude(digest=digest).exists():
        raise Refusal(
            Refused.CONFLICT,
            f"Version {found.version} of “{found.title}” is on record here with other words. "
            "Give the new text a version of its own.",
        )


def _in_place_of(row: PackInUse) -> None:
    """Save a row, and take back the one that said something for the same day."""
    same = PackInUse.objects.standing().filter(
        school_id=row.school_id, kind=row.kind, happened_on=row.happened_on
    )
    last = (same.filter(slug=row.slug) if row.kind == "policy" else same).order_by("-id").first()
    if last is not None:
        last.withdrawn_at, last.withdrawn_by_id = row.recorded_at, row.recorded_by_id
        last.save(update_fields=["withdrawn_at", "withdrawn_by_id"])
    row.replaces = last
    row.save()
