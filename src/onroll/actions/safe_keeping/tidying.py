"""Uploads that nothing needs any more: half-written ones, and those whose change never came about."""

from datetime import datetime, timedelta

from onroll.records import uploads
from onroll.records.attendance.models import Import

_LEFT_ALONE = timedelta(days=1)  # longer than anybody needs between saving a file and naming it


def tidy_uploads(at: datetime) -> int:
    """Remove files of the store that are older than a day and that no import names; return how many."""
    before = at - _LEFT_ALONE
    named = set(Import.objects.exclude(upload="").values_list("upload", flat=True))
    left = [
        name
        for name in uploads.names()
        if name not in named and uploads.path_of(name).stat().st_mtime < before.timestamp()
    ]
    for name in left:
        uploads.delete(name)
    return len(left) + uploads.sweep(before)
