"""An upload as a file that can be read and rewound, without ever lying on the disk in plain."""

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from onroll.records import uploads

_AHEAD = 1 << 18


class _Unsealed(io.RawIOBase):
    """The plain bytes of an upload. Going back starts again at the front, which costs little: readers go forward."""

    def __init__(self, name: str, size: int, watch: Callable[[int], None]) -> None:
        self._name, self._size, self._watch = name, size, watch
        self._pieces: Iterator[bytes] = uploads.read(name)
        self._piece = b""
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        wanted = max(base + offset, 0)
        if wanted < self._at:
            self._pieces, self._piece, self._at = uploads.read(self._name), b"", 0
        while self._at < wanted and self._fill():
            self._take(wanted - self._at)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: "io.WriteableBuffer") -> int:  # type: ignore[name-defined]
        if not self._fill():
            return 0
        view = memoryview(buffer)
        taken = self._take(len(view))
        view[: len(taken)] = taken
        self._watch(self._at)
        return len(taken)

    def _fill(self) -> bool:
        while not self._piece:
            piece = next(self._pieces, None)
            if piece is None:
                return False
            self._piece = piece
        return True

    def _take(self, most: int) -> bytes:
        taken, self._piece = self._piece[:most], self._piece[most:]
        self._at += len(taken)
        return taken


def opened(name: str, size: int, watch: Callable[[int], None] = lambda _: None) -> BinaryIO:
    """The upload of this name and plain size; `watch` hears how far it has been read, in bytes."""
    return io.BufferedReader(_Unsealed(name, size, watch), _AHEAD)


def beginning(name: str, most: int) -> bytes:
    """The first bytes of an upload."""
    found = bytearray()
    for piece in uploads.read(name):
        found += piece
        if len(found) >= most:
            break
    return bytes(found[:most])
