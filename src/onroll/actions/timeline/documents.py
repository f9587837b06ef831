"""Add a document to a case: judged by its content, looked at by the scanner, kept encrypted."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.conf import settings

from onroll.actions.cases.changing import case_change
from onroll.actions.change import change
from onroll.actions.imports.bringing import Weighed
from onroll.actions.timeline.scanning import Verdict, scan
from onroll.actions.timeline.writing import refuse_wrong, write
from onroll.domain.casework.filetypes import FileType, file_type
from onroll.domain.casework.given import DocumentGiven
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, not_allowed, not_found
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.records import uploads

_MEGABYTE = 1024 * 1024
_PIECE = 256 * 1024
FOUND = (
    "The virus scanner found something in this file, and it was not kept. "
    "Tell whoever looks after your computers"
)
BROKEN = "The virus scanner could not look at this file, so it was not kept. Try again in a few minutes"


@dataclass(frozen=True, slots=True)
class Added:
    """What came of a file: the entry, or why it was not kept."""

    entry_id: int | None
    problem: str = ""


def add_document(
    actor: Actor,
    seen: SchoolSeen,
    case_id: int,
    *,
    given: DocumentGiven,
    source: BinaryIO,
    form_key: str,
    on: date,
    at: datetime,
) -> Added:
    """Keep a file on a case. One that is too large, not of a kind on the list, or found ill is told back."""
    _refuse_early(actor, seen, case_id, given, on)
    judged = _judged(source)
    if isinstance(judged, str):
        return Added(None, judged)
    source.seek(0)
    verdict = scan(source.read() if settings.ONROLL_SCAN_COMMAND else b"")
    if verdict is Verdict.FOUND:
        _tell_the_ledger(actor, seen, case_id, at)
        return Added(None, FOUND)
    if verdict is Verdict.BROKEN:
        return Added(None, BROKEN)
    return Added(_kept(actor, seen, case_id, given, source, judged, verdict, form_key, on, at))


def most_megabytes() -> int:
    """How large a document may be."""
    return int(settings.ONROLL_MAX_DOCUMENT // _MEGABYTE)


def too_large_words() -> str:
    """What a form says of a file that is larger than is taken."""
    return f"The file is larger than {most_megabytes()} MB. Scan it at a lower quality, or add it in parts"


def _refuse_early(actor: Actor, seen: SchoolSeen, case_id: int, given: DocumentGiven, on: date) -> None:
    """Before the file is read: the change asks again."""
    if not actor.may(Permission.CASE_WORK, seen.id):
        raise not_allowed(Permission.CASE_WORK, seen.name)
    if not doors.cases(actor, seen.id, Permission.CASE_WORK, on=on).filter(pk=case_id).exists():
        raise not_found()
    refuse_wrong(actor, seen.id, given, on)


def _judged(source: BinaryIO) -> FileType | str:
    if source.seek(0, os.SEEK_END) > settings.ONROLL_MAX_DOCUMENT:
        return too_large_words()
    return file_type(source)


def _kept(
    actor: Actor,
    seen: SchoolSeen,
    case_id: int,
    given: DocumentGiven,
    source: BinaryIO,
    kind: FileType,
    verdict: Verdict,
    form_key: str,
    on: date,
    at: datetime,
) -> int:
    weighed = Weighed(_pieces(source))
    stored = uploads.save(weighed)
    kept = False
    try:
        with case_change(
            actor, seen.id, case_id, "document-added", Permission.CASE_WORK, on=on, at=at
        ) as doing:
            made = write(
                doing,
                actor,
                given,
                form_key=form_key,
                on=on,
                at=at,
                stored_as=stored,
                media_type=kind.media_type,
                bytes=weighed.size,
                sha256=weighed.digest.hexdigest(),
                scanned=verdict.value,
            )
        kept = not doing.entry.nothing_changed
        return made
    finally:
        if not kept:
            uploads.delete(stored)


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    source.seek(0)
    while piece := source.read(_PIECE):
        yield piece


def _tell_the_ledger(actor: Actor, seen: SchoolSeen, case_id: int, at: datetime) -> None:
    with change(actor.id, "document-refused", at, school_id=seen.id) as entry:
        entry.subject = f"case:{case_id}"
