"""Uploads that nothing needs any more: half-written ones, and those whose change never came about."""

from datetime import datetime, timedelta

from onroll.records import incoming, uploads
from onroll.records.attendance.models import Import
from onroll.records.cases.models import Document

_LEFT_ALONE = timedelta(days=1)  # longer than anybody needs between saving a file and naming it
# Where the name of an upload stands. A document that was withdrawn keeps its file.
_NAMED_BY = ((Import, "upload"), (Document, "stored_as"))


def tidy_uploads(at: datetime) -> int:
    """Remove files of the store that are older than a day and that no record names; return how many."""
    before = at - _LEFT_ALONE
    named = {name for model, field in _NAMED_BY for name in model.objects.values_list(field, flat=True)}
    left = [
        name
        for name in uploads.names()
        if name not in named and uploads.path_of(name).stat().st_mtime < before.timestamp()
    ]
    for name in left:
        uploads.delete(name)
    return len(left) + uploads.sweep(before) + incoming.sweep(before)
