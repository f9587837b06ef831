"""Uploads of a backup on their way into the store: beside it first, in it when everything else is there."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from onroll.records import uploads
from onroll.records.crypto import OWNER_ONLY
from onroll.records.files import sync_folder


class Staging:
    """Files that are not in the store yet. They are encrypted, and stay as they are."""

    def __init__(self) -> None:
        self._store = Path(settings.UPLOAD_DIR)
        self._beside = self._store / ".restoring"  # the same disk: into place is a rename
        self._before = self._store / ".before"
        self._names: list[str] = []
        self._moved: list[str] = []

    def begin(self) -> None:
        """Make the folders, and clear what an interrupted restore left."""
        self.end()
        for folder in (self._beside, self._before):
            folder.mkdir(parents=True, mode=0o700)

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """Take in one file; raises ValueError for what is no name of an upload."""
        path = self._beside / uploads.path_of(name).name
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as out:
            out.writelines(pieces)
            out.flush()
            os.fsync(out.fileno())
        self._names.append(name)

    def move(self) -> None:
        """Put every file in its place, keeping what stood there."""
        for name in self._names:
            if (self._store / name).exists():
                (self._store / name).replace(self._before / name)
            self._moved.append(name)
            (self._beside / name).replace(self._store / name)
        sync_folder(self._store)

    def undo(self) -> None:
        """Put everything back as it was."""
        for name in self._moved:
            (self._store / name).unlink(missing_ok=True)
            if (self._before / name).exists():
                (self._before / name).replace(self._store / name)
        self.end()

    def keep_only_these(self) -> None:
        """Remove the files of the house that was replaced."""
        for name in set(uploads.names()) - set(self._names):
            uploads.delete(name)

    def end(self) -> None:
        """Remove the folders."""
        shutil.rmtree(self._beside, ignore_errors=True)
        shutil.rmtree(self._before, ignore_errors=True)


@contextmanager
def staging() -> Iterator[Staging]:
    """Files added and moved inside are in the store when the block ends well; otherwise the store is as before."""
    files = Staging()
    files.begin()
    try:
        yield files
    except BaseException:
        files.undo()
        raise
    files.keep_only_these()
    files.end()
