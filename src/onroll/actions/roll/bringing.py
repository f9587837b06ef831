"""Bring a roll file in: kept encrypted, its top understood, and straight on to reading where its columns are known."""

from collections.abc import Iterable
from datetime import datetime

from onroll.actions.change import change
from onroll.actions.imports.bringing import Brought, Weighed
from onroll.actions.imports.holding import ROLL, ROLL_READ, import_to_change, move, queue, subject
from onroll.domain.permissions import Permission
from onroll.domain.register.import_states import ImportState, Move
from onroll.domain.roll.columns import RollMap
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_allowed
from onroll.queries.doors import SchoolSeen
from onroll.queries.roll.heads import AT_ONCE, RollHead, head_of
from onroll.queries.tables import TableProblem
from onroll.records import uploads
from onroll.records.attendance.models import ColumnMapping, Import

_NAME = 200


def bring_roll(
    actor: Actor, seen: SchoolSeen, *, file_name: str, source: Iterable[bytes], at: datetime
) -> Brought:
    """Keep a file and make an import of it. A file that is no table is told back, and nothing is kept.

    Where the school chose the columns of such a file before, it is ready to be read: `reading.read_small_now`.
    Refuses what is larger than settings.ONROLL_MAX_UPLOAD.
    """
    if not actor.may(Permission.ROLL_IMPORT, seen.id):
        raise not_allowed(Permission.ROLL_IMPORT, seen.name)
    weighed = Weighed(source)
    upload = uploads.save(weighed)
    kept = False
    try:
        head = head_of(upload, weighed.size)
        import_id = _record(actor, seen, file_name, upload, weighed, head, at)
        kept = True
    except TableProblem as problem:
        where = f" See line {problem.line} of the file." if problem.line else ""
        return Brought(None, f"{problem.message}{where}")
    finally:
        if not kept:
            uploads.delete(upload)
    return Brought(import_id)


def choose_columns(actor: Actor, import_id: int, *, version: int, columns: RollMap, at: datetime) -> None:
    """Save the columns, for this file and for the next with the same header, and have the file read."""
    with change(actor.id, "import_columns_chosen", at) as entry:
        row = import_to_change(actor, import_id, version=version, kind=ROLL)
        entry.school_id, entry.subject = row.school_id, subject(row.pk)
        fields = move(row, Move.CONFIRM)
        head = head_of(row.upload, row.size, columns)
        if head.guess.layout is None:
            raise Refusal(Refused.INVALID, "The file cannot be read with these columns. Choose them again.")
        row.mapping = columns.to_json()
        ColumnMapping.objects.update_or_create(
            school_id=row.school_id,
            kind=ROLL,
            fingerprint=row.fingerprint,
            defaults={"mapping": row.mapping, "saved_at": at},
        )
        row.save(update_fields=[*fields, *_have_read(row, head, actor, at), "mapping"])
        entry.detail = {"columns": len(columns.columns)}


def _record(
    actor: Actor,
    seen: SchoolSeen,
    file_name: str,
    upload: str,
    weighed: Weighed,
    head: RollHead,
    at: datetime,
) -> int:
    with change(actor.id, "import_brought", at, school_id=seen.id) as entry:
        fingerprint = head.guess.header.fingerprint if head.guess.header else ""
        saved = _saved_map(seen.id, fingerprint, upload, weighed.size)
        row = Import.objects.create(
            school_id=seen.id,
            kind=ROLL,
            state=ImportState.READING if saved else ImportState.MAPPING,
            file_name=file_name[-_NAME:],
            size=weighed.size,
            sha256=weighed.digest.hexdigest(),
            upload=upload,
            fingerprint=fingerprint,
            mapping=(saved or head.guess.column_map).to_json(),
            uploaded_by_id=actor.id,
            uploaded_at=at,
        )
        if saved:
            row.save(update_fields=_have_read(row, head, actor, at))
        entry.subject = subject(row.pk)
        entry.detail = {"bytes": weighed.size, "columns_known": bool(saved)}
        return row.pk


def _saved_map(school_id: int, fingerprint: str, upload: str, size: int) -> RollMap | None:
    """The columns that the school chose for a file with the same header, if they fit this one."""
    kept = (
        ColumnMapping.objects.filter(school_id=school_id, kind=ROLL, fingerprint=fingerprint)
        .values_list("mapping", flat=True)
        .first()
    )
    if kept is None:
        return None
    saved = RollMap.from_json(kept)
    return saved if head_of(upload, size, saved).guess.layout is not None else None


def _have_read(row: Import, head: RollHead, actor: Actor, at: datetime) -> list[str]:
    """Queue the reading of a large file; a small one is read by whoever asked for it. Says which field changed."""
    if row.size <= AT_ONCE and not head.is_workbook:
        row.work_id = None
        return ["work_id"]
    return queue(row, ROLL_READ, actor_id=actor.id, at=at)
