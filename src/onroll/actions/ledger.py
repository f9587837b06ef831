"""What the ledger does for itself: it seals looks, and writes its head down where it can be kept elsewhere."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from onroll.actions.change import change
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries import heads
from onroll.queries.heads import Head, UnreadableHead
from onroll.queries.seals import sealed_to
from onroll.records.files import whole_file
from onroll.records.ledger import chain
from onroll.records.ledger.models import Look

# A look younger than this may have an elder brother still on its way into the table.
SETTLES_IN = timedelta(minutes=2)
BATCH = 5_000  # looks under one seal


def seal_looks(at: datetime) -> int:
    """Seal every look that is older than two minutes, in order and without a gap; return how many.

    One ledger row seals up to 5,000. Safe to run twice at once: one of the two finds nothing left.
    """
    total = 0
    while sealed := _seal_batch(at):
        total += sealed
    return total


def _seal_batch(at: datetime) -> int:
    first = sealed_to() + 1
    looks = _settled(first, at - SETTLES_IN)  # read before the chain is locked: looks never change
    if not looks:
        return 0
    with change(None, "looks-sealed", at) as entry:
        chain.lock()
        if sealed_to() + 1 != first:
            entry.nothing_changed = True
            return 0
        digest = chain.looks_digest(looks)
        entry.detail = {"first": first, "last": looks[-1].pk, "count": len(looks), "digest": digest}
    return len(looks)


def _settled(first: int, before: datetime) -> list[Look]:
    # One statement, one view: between two, a young look could come in front of an older one still unseen.
    looks = list(Look.objects.filter(pk__gte=first).order_by("pk")[:BATCH])
    young = next((place for place, look in enumerate(looks) if look.at > before), len(looks))
    return looks[:young]


def export_head(at: datetime, target: Path | None = None) -> tuple[Path, Head]:
    """Write the ledger's head down, in settings.HEADS_DIR under the day's name or at `target`.

    Refuses (CONFLICT), and writes nothing, when the newest head saved before or the one at `target` is no
    longer in the ledger: a cut-off ledger must not cover its tracks. Seals the settled looks first.
    """
    seal_looks(at)
    path = target or Path(settings.HEADS_DIR) / f"{timezone.localdate(at):%Y-%m-%d}.json"
    head = heads.current(at)
    if known := heads.newest():
        _refuse_if_lost(*known)
    if path.exists():
        _refuse_if_lost(path, _head_at(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path, mode=0o644) as out:  # no secret: it is there to be taken elsewhere
        out.write(head.as_json().encode())
    return path, head


def _refuse_if_lost(path: Path, known: Head) -> None:
    if not heads.is_in_ledger(known):
        raise Refusal(
            Refused.CONFLICT,
            f"The ledger no longer has row {known.rows} as {path.name} knows it: rows were altered or cut off. "
            "Run onroll verify-ledger.",
        )


def _head_at(path: Path) -> Head:
    try:
        return heads.read(path)
    except UnreadableHead as wrong:
        raise Refusal(
            Refused.CONFLICT, f"{path.name} is there already and is no saved head. Choose another name."
        ) from wrong
