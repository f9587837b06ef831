"""Make a backup: everything as it stands at one moment, in one file, while people go on working."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.db import connection

from onroll.actions.change import change
from onroll.actions.ledger import seal_looks
from onroll.actions.safe_keeping import tables, versions
from onroll.actions.safe_keeping.archive import Head, Manifest, this_house
from onroll.actions.safe_keeping.writing import writing
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries import heads
from onroll.records import uploads
from onroll.records.crypto import Sink
from onroll.records.files import whole_file
from onroll.records.snapshot import snapshot


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that is whole and on disk."""

    path: Path
    rows: int
    uploads: int
    uploads_gone: int  # deleted while it was made
    size: int  # bytes
    sha256: str


def backup(target: Path, *, at: datetime, replace: bool = False, note: Callable[[str], None] = print) -> Made:
    """Write the whole house into one encrypted file that only its owner may read.

    The file is there whole or not at all. Refuses (CONFLICT) when it is there already, unless `replace`.
    `note` is told the name of each table. The ledger says when it began and when it was made.
    """
    if target.exists() and not replace:
        raise Refusal(Refused.CONFLICT, f"{target} is there already. Choose another name, or say --force.")
    if not target.parent.is_dir():
        raise Refusal(Refused.INVALID, f"There is no folder {target.parent}. Make it first.")
    seal_looks(at)
    with change(None, "backup-begun", at):
        pass
    with whole_file(target) as out:
        counted = _Counting(out)
        manifest = _write(counted, at, note)
    made = Made(
        target, manifest.rows, manifest.uploads, manifest.uploads_gone, counted.size, counted.sum.hexdigest()
    )
    with change(None, "backup-made", at) as entry:
        entry.detail = {"rows": made.rows, "uploads": made.uploads, "bytes": made.size, "sha256": made.sha256}
    return made


def _write(out: Sink, at: datetime, note: Callable[[str], None]) -> Manifest:
    with snapshot():
        manifest = _manifest(at)
        head: Head = this_house(manifest.made_at, manifest.version)
        with writing(out, head, manifest) as backup:
            for label, model in tables.kept(apps).items():
                note(label)
                backup.table(label, tables.columns(model), tables.rows(model))
            note("uploads")
            for name in uploads.names():
                backup.upload(name, uploads.path_of(name))
    return manifest


def _manifest(at: datetime) -> Manifest:
    head = heads.current(at)
    return Manifest(
        made_at=at.isoformat(),
        version=versions.onroll(),
        database=connection.vendor,
        migrations=versions.applied(),
        ledger_rows=head.rows,
        ledger_mac=head.mac,
    )


class _Counting:
    """A file that knows its size and sum."""

    def __init__(self, out: Sink) -> None:
        self.size = 0
        self.sum = hashlib.sha256()
        self._out = out

    def write(self, piece: bytes, /) -> int:
        self.size += len(piece)
        self.sum.update(piece)
        return self._out.write(piece)
