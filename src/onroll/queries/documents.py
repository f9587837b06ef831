"""A document of a case, opened to be taken away."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from onroll.domain.casework.entries import Entry
from onroll.domain.casework.filetypes import TAKEN
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, not_found
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.queries.written import written
from onroll.records import uploads
from onroll.records.cases.models import Document


@dataclass(frozen=True, slots=True)
class Opened:
    """The file, decrypted as it is read. Its name says nothing of a child."""

    file_name: str
    media_type: str
    size: int  # bytes
    pieces: Iterator[bytes]


def open_document(actor: Actor, seen: SchoolSeen, case_id: int, entry_id: int, *, at: datetime) -> Opened:
    """Let somebody who may read its tier take a document away, withdrawn or not; logged as a look of its own."""
    doors.case(actor, seen, case_id, Permission.CASE_SEE, page="document", at=at)
    row = written(actor, seen.id, case_id, Entry.DOCUMENT, entry_id)
    if not isinstance(row, Document):
        raise not_found()
    ending = next(kind.ending for kind in TAKEN if kind.media_type == row.media_type)
    return Opened(f"document-{row.pk}.{ending}", row.media_type, row.bytes, uploads.read(row.stored_as))
