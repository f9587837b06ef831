"""Bring a backup back: everything is checked first, and then all of it comes in or nothing does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.apps import apps as current
from django.apps.registry import Apps
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from onroll.actions.change import change
from onroll.actions.safe_keeping import emptying, reading, tables, versions
from onroll.actions.safe_keeping.archive import Head, Manifest, this_house, unusable
from onroll.actions.safe_keeping.staging import Staging, staging
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries import heads
from onroll.records.base import pen

Note = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back."""

    made_at: datetime
    rows: int
    uploads: int
    uploads_gone: int  # were deleted while the backup was made
    heads_set_aside: int  # saved heads that know rows which the backup has not


def examine(path: Path, *, without_old_keys: bool = False, note: Note = print) -> Manifest:
    """Read a backup to its end and check keys, sums and versions; refuses what cannot be restored here.

    Touches nothing. `without_old_keys` lets a backup in whose older data keys are not here: what was not yet
    under its newest key then stays closed.
    """
    _check_keys(reading.read_head(path), without_old_keys=without_old_keys)
    note("Reading the backup to its end.")
    manifest = reading.read_manifest(path)
    versions.refuse_if_younger(manifest)
    return manifest


def restore(
    path: Path, manifest: Manifest, *, at: datetime, replace: bool = False, note: Note = print
) -> Restored:
    """Bring back a backup that `examine` found right, in one transaction; the ledger says so at its end.

    Refuses (CONFLICT) a house that is not empty, unless `replace`: then everything in it is lost. A backup of
    an older Onroll comes into an empty house only, which is taken back to that time first and forward after.
    """
    held = emptying.what_is_here()
    if held and not replace:
        raise Refusal(Refused.CONFLICT, f"This house is not empty: it has {held}. Nothing was changed.")
    older = versions.is_older(manifest)
    if held and older:
        raise Refusal(
            Refused.CONFLICT,
            "The backup was made by an older Onroll: it can come into an empty house only. Nothing was changed.",
        )
    try:
        (_restore_older if older else _restore_same)(path, manifest, at, note)
    except DatabaseError as wrong:
        raise unusable("The database refused a row of the backup. Everything is as it was.") from wrong
    return Restored(
        datetime.fromisoformat(manifest.made_at),
        manifest.rows,
        manifest.uploads,
        manifest.uploads_gone,
        _set_heads_aside(at),
    )


def _restore_same(path: Path, manifest: Manifest, at: datetime, note: Note) -> None:
    with staging() as files, change(None, "restored", at) as entry:
        lost = emptying.wipe(current)
        _load(path, manifest, current, files, note)
        entry.detail = _detail(manifest) | lost
        files.move()


def _restore_older(path: Path, manifest: Manifest, at: datetime, note: Note) -> None:
    note("Taking the empty house back to the time of the backup.")
    apps = versions.go_back_to(manifest.migrations)
    try:
        with staging() as files, transaction.atomic(durable=True), pen():
            emptying.wipe(apps)
            _load(path, manifest, apps, files, note)
            files.move()
    finally:
        note("Bringing the house up to date.")
        versions.go_forward()
    with change(None, "restored", at) as entry:
        entry.detail = _detail(manifest)


def _detail(manifest: Manifest) -> dict[str, object]:
    return {"backup": manifest.made_at, "rows": manifest.ledger_rows, "version": manifest.version}


def _load(path: Path, manifest: Manifest, apps: Apps, files: Staging, note: Note) -> None:
    models = tables.kept(apps)
    counts = dict.fromkeys(manifest.tables, 0)
    for member in reading.members(path):
        kind, _, rest = member.name.partition("/")
        if kind == "tables":
            label = rest.rpartition("/")[0]
            if rest.endswith("/000001"):
                note(label)
            names, lines = reading.lines_of(member)
            if lines:
                counts[label] += tables.insert(models[label], names, lines)
        elif kind == "uploads":
            files.add(rest, member.pieces)
    if counts != manifest.tables:  # somebody changed the file since it was examined
        raise unusable("The backup was altered while it was read. Everything is as it was.")
    emptying.count_on(apps)


def _check_keys(head: Head, *, without_old_keys: bool) -> None:
    here = this_house(head.made_at, head.version)
    if head.ledger_key != here.ledger_key:
        raise unusable(_OTHER_KEYS.format(name="ONROLL_LEDGER_KEY"))
    newest, *older = head.data_keys
    if newest not in here.data_keys:
        raise unusable(_OTHER_KEYS.format(name="ONROLL_DATA_KEYS"))
    if not without_old_keys and not set(older) <= set(here.data_keys):
        raise unusable(
            "This backup was made under other keys: an older key of ONROLL_DATA_KEYS then is not here. Put it back "
            "at the end of ONROLL_DATA_KEYS; or, if `onroll rotate-keys` had ended before the backup was made, say "
            "--without-old-keys. Nothing was changed."
        )


_OTHER_KEYS = (
    "This backup was made under other keys: {name} here is not the key it was made with. Set the keys of the "
    "house that made it (they are kept apart from backups; see docs/how-to/back-up.md). Nothing was changed."
)


def _set_heads_aside(at: datetime) -> int:
    """Move saved heads that the restored ledger does not have: it is shorter than they remember, and says why."""
    lost = [path for path, head in heads.saved() if not heads.is_in_ledger(head)]
    folder = Path(settings.HEADS_DIR) / f"before-restore-{timezone.localtime(at):%Y-%m-%d-%H%M%S}"
    for path in lost:
        folder.mkdir(parents=True, exist_ok=True)
        path.replace(folder / path.name)
    return len(lost)
