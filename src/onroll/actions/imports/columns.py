"""Say which column of a file is what, choose again, have a file read again."""

from datetime import datetime

from onroll.actions.change import change
from onroll.actions.imports.holding import KIND, READ, READ_OF, import_to_change, move, queue, subject
from onroll.domain.register.files import ColumnMap
from onroll.domain.register.import_states import Move
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.queries.imports.heads import head_of
from onroll.records.attendance.models import ColumnMapping, Import


def confirm_columns(actor: Actor, import_id: int, *, version: int, columns: ColumnMap, at: datetime) -> None:
    """Save the columns, for this file and for the next with the same header, and have the file read."""
    with change(actor.id, "import_columns_chosen", at) as entry:
        row = import_to_change(actor, import_id, version=version)
        entry.school_id, entry.subject = row.school_id, subject(row.pk)
        fields = move(row, Move.CONFIRM)
        if not head_of(row.upload, row.size, columns).guess.complete:
            raise Refusal(Refused.INVALID, "The file cannot be read with these columns. Choose them again.")
        row.mapping = columns.to_json()
        ColumnMapping.objects.update_or_create(
            school_id=row.school_id,
            kind=KIND,
            fingerprint=row.fingerprint,
            defaults={"mapping": row.mapping, "saved_at": at},
        )
        row.save(update_fields=[*fields, *queue(row, READ, actor_id=actor.id, at=at), "mapping"])
        entry.detail = {"shape": str(columns.shape)}


def change_columns(actor: Actor, import_id: int, *, version: int, kind: str = KIND, at: datetime) -> None:
    """Take a read file back to where its columns are chosen."""
    with change(actor.id, "import_columns_reopened", at) as entry:
        row = import_to_change(actor, import_id, version=version, kind=kind)
        row.problem = ""
        row.save(update_fields=[*move(row, Move.CHANGE_COLUMNS), "problem"])
        entry.school_id, entry.subject = row.school_id, subject(row.pk)


def read_again(actor: Actor, import_id: int, *, version: int, kind: str = KIND, at: datetime) -> None:
    """Have a file read again, after the calendar, the roll or the codes were put right."""
    with change(actor.id, "import_read_again", at) as entry:
        row = import_to_change(actor, import_id, version=version, kind=kind)
        reread(row, actor, at)
        entry.school_id, entry.subject = row.school_id, subject(row.pk)


def reread(row: Import, actor: Actor, at: datetime) -> None:
    """Queue another reading of a locked import. Inner: inside the caller's change."""
    row.problem = ""
    work = READ_OF[row.kind]
    row.save(
        update_fields=[*move(row, Move.READ_AGAIN), *queue(row, work, actor_id=actor.id, at=at), "problem"]
    )
