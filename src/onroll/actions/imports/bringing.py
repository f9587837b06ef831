"""Bring a file in: kept encrypted, its top understood, and straight on to reading where its columns are known."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from onroll.actions.change import change
from onroll.actions.imports.holding import KIND, READ, queue, subject
from onroll.domain.permissions import Permission
from onroll.domain.register.files import ColumnMap, Guess
from onroll.domain.register.import_states import ImportState
from onroll.domain.vocabulary import Actor, not_allowed
from onroll.queries.doors import SchoolSeen
from onroll.queries.imports.heads import head_of
from onroll.queries.tables import TableProblem
from onroll.records import uploads
from onroll.records.attendance.models import ColumnMapping, Import

_NAME = 200


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a file: the import, or why it is no register that can be read."""

    import_id: int | None
    problem: str = ""


@dataclass(slots=True)
class Weighed:
    """A stream on its way into the store."""

    source: Iterable[bytes]
    size: int = 0
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.source:
            self.size += len(piece)
            self.digest.update(piece)
            yield piece


def bring(
    actor: Actor, seen: SchoolSeen, *, file_name: str, source: Iterable[bytes], at: datetime
) -> Brought:
    """Keep a file and make an import of it. A file that is no table is told back, and nothing is kept.

    Refuses what is larger than settings.ONROLL_MAX_UPLOAD.
    """
    if not actor.may(Permission.REGISTER_IMPORT, seen.id):
        raise not_allowed(Permission.REGISTER_IMPORT, seen.name)
    weighed = Weighed(source)
    upload = uploads.save(weighed)
    kept = False
    try:
        head = head_of(upload, weighed.size)
        import_id = _record(actor, seen, file_name, upload, weighed, head.guess, at)
        kept = True
    except TableProblem as problem:
        where = f" See line {problem.line} of the file." if problem.line else ""
        return Brought(None, f"{problem.message}{where}")
    finally:
        if not kept:
            uploads.delete(upload)
    return Brought(import_id)


def _record(
    actor: Actor,
    seen: SchoolSeen,
    file_name: str,
    upload: str,
    weighed: Weighed,
    guess: Guess,
    at: datetime,
) -> int:
    with change(actor.id, "import_brought", at, school_id=seen.id) as entry:
        saved = _saved_map(seen.id, guess, upload, weighed.size)
        known = saved or guess.column_map
        row = Import.objects.create(
            school_id=seen.id,
            kind=KIND,
            state=ImportState.READING if saved else ImportState.MAPPING,
            file_name=file_name[-_NAME:],
            size=weighed.size,
            sha256=weighed.digest.hexdigest(),
            upload=upload,
            fingerprint=guess.fingerprint,
            mapping=known.to_json() if known else None,
            uploaded_by_id=actor.id,
            uploaded_at=at,
        )
        if saved:
            row.save(update_fields=queue(row, READ, actor_id=actor.id, at=at))
        entry.subject = subject(row.pk)
        entry.detail = {"bytes": weighed.size, "columns_known": bool(saved)}
        return row.pk


def _saved_map(school_id: int, guess: Guess, upload: str, size: int) -> ColumnMap | None:
    """The columns that the school chose for a file with the same header, if they fit this one."""
    kept = (
        ColumnMapping.objects.filter(school_id=school_id, kind=KIND, fingerprint=guess.fingerprint)
        .values_list("mapping", flat=True)
        .first()
    )
    if kept is None or guess.header is None:
        return None
    saved = ColumnMap.from_json(kept)
    return saved if head_of(upload, size, saved).guess.complete else None
