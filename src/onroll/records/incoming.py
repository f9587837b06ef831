"""Files on their way in, between the browser and the form that reads them: encrypted from the first byte.

They lie in a folder of their own that only Onroll may open, are gone when the answer is sent, and what a killed
process leaves is swept.
"""

import io
import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings

from onroll.records import crypto

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_PURPOSE = "incoming"
_FOLDER_MODE = 0o700


class Incoming:
    """One file while its bytes come in. `reader` gives it back, to be read from anywhere; `close` removes it."""

    def __init__(self) -> None:
        self._path = _folder() / secrets.token_hex(16)
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, crypto.OWNER_ONLY)
        self._out = os.fdopen(handle, "wb")
        self._sealer = crypto.Sealer(self._out, _PURPOSE)

    def write(self, piece: bytes) -> None:
        """Take some bytes."""
        self._sealer.write(piece)

    def reader(self) -> BinaryIO:
        """The whole file, to be read; closing it removes it."""
        self._sealer.close()
        self._out.close()
        return io.BufferedReader(_Reader(self._path, self._sealer.size), crypto.CHUNK)

    def close(self) -> None:
        """Remove it, whole or half; removing it twice is no error."""
        self._out.close()
        self._path.unlink(missing_ok=True)


def sweep(before: datetime) -> int:
    """Remove what a killed process left before a moment; return how many files."""
    left = [path for path in _folder().iterdir() if path.stat().st_mtime < before.timestamp()]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


class _Reader(io.RawIOBase):
    """Plain bytes of a sealed file. Going back begins again at its head: files of a form are small."""

    def __init__(self, path: Path, size: int) -> None:
        super().__init__()
        self._path, self._size = path, size
        self._file: BinaryIO = path.open("rb")
        self._pieces: Iterator[bytes] = iter(())
        self._waiting = memoryview(b"")
        self._place = 0
        self._begin()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        wanted = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._size}[whence] + offset
        if wanted < 0:
            raise ValueError(f"there is no place {wanted} in a file")
        if wanted < self._place:
            self._begin()
        while self._place < wanted and (piece := self._next(wanted - self._place)):
            self._place += len(piece)
        self._place = wanted
        return wanted

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer).cast("B")
        piece = self._next(len(view))
        view[: len(piece)] = piece
        self._place += len(piece)
        return len(piece)

    def close(self) -> None:
        """Close and remove the file."""
        if not self.closed:
            self._file.close()
            self._path.unlink(missing_ok=True)
        super().close()

    def _begin(self) -> None:
        self._file.seek(0)
        self._pieces = crypto.unseal(self._file, _PURPOSE)
        self._waiting = memoryview(b"")
        self._place = 0

    def _next(self, most: int) -> memoryview:
        if not self._waiting:
            self._waiting = memoryview(next(self._pieces, b""))
        piece, self._waiting = self._waiting[:most], self._waiting[most:]
        return piece


def _folder() -> Path:
    folder = Path(settings.INCOMING_DIR)
    if not folder.is_dir():
        folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    return folder
