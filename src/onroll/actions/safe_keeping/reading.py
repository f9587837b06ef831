"""Read the file of a backup, trusting nothing in it before it was checked."""

import gzip
import hashlib
import json
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from onroll.actions.safe_keeping.archive import FIRST_LINE, MANIFEST, PURPOSE, Head, Manifest, unusable
from onroll.records import crypto

_LINE_LIMIT = 64 * 1024


@dataclass(frozen=True, slots=True)
class Member:
    """One member of the file: read its pieces before asking for the next."""

    name: str
    pieces: Iterator[bytes]


def read_head(path: Path) -> Head:
    """Read what needs no key."""
    with _opened(path) as file:
        return _head(file)


def read_manifest(path: Path) -> Manifest:
    """Read the whole file, check every sum, and return what it holds."""
    sums: dict[str, str] = {}
    manifest: Manifest | None = None
    for member in members(path):
        if manifest is not None:
            raise unusable(_DAMAGED)
        if member.name == MANIFEST:
            manifest = _manifest(b"".join(member.pieces))
            continue
        total = hashlib.sha256()
        for piece in member.pieces:
            total.update(piece)
        sums[member.name] = total.hexdigest()
    if manifest is None or sums != manifest.members:
        raise unusable(_DAMAGED)
    return manifest


def members(path: Path) -> Iterator[Member]:
    """Yield the members in the order in which they were written; refuses where the file is damaged."""
    with _opened(path) as file:
        _head(file)
        plain = crypto.unseal(file, PURPOSE)
        with _whole(), tarfile.open(mode="r|", fileobj=_Pieces(plain)) as tar:  # type: ignore[call-overload]
            for one in tar:
                source = tar.extractfile(one)
                if source is None:
                    raise unusable(_DAMAGED)
                yield Member(one.name, _pieces_of(source))
            for _ in plain:  # to the last chunk: only that one proves that nothing was cut off
                pass


def _pieces_of(source: IO[bytes]) -> Iterator[bytes]:
    with _whole():
        while piece := source.read(crypto.CHUNK):
            yield piece


@contextmanager
def _whole() -> Iterator[None]:
    try:
        yield
    except (crypto.CannotDecrypt, tarfile.TarError, EOFError) as wrong:
        raise unusable(_DAMAGED) from wrong


def lines_of(member: Member) -> tuple[list[str], list[str]]:
    """The column names and the rows of one part of a table."""
    try:
        head, *lines = gzip.decompress(b"".join(member.pieces)).decode().split("\n")
        return json.loads(head), lines
    except (OSError, EOFError, zlib.error, ValueError) as wrong:
        raise unusable(_DAMAGED) from wrong


_DAMAGED = (
    "The backup is damaged or cut off, or was altered: it cannot be read to its end as it was written. "
    "Nothing was changed here. Use another copy of it, or an older backup."
)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        file = path.open("rb")
    except OSError as wrong:
        raise unusable(f"{path} cannot be opened: {wrong.strerror}.") from wrong
    with file:
        yield file


def _head(file: BinaryIO) -> Head:
    if file.read(len(FIRST_LINE)) != FIRST_LINE:
        raise unusable("This file is not a backup made by `onroll backup`.")
    try:
        return Head(**json.loads(file.readline(_LINE_LIMIT)))
    except (TypeError, ValueError) as wrong:
        raise unusable(_DAMAGED) from wrong


def _manifest(text: bytes) -> Manifest:
    try:
        return Manifest(**json.loads(text))
    except (TypeError, ValueError) as wrong:
        raise unusable(_DAMAGED) from wrong


class _Pieces:
    """Pieces of any size as a file to read from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""

    def read(self, size: int) -> bytes:
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._left = piece
        taken, self._left = self._left[:size], self._left[size:]
        return taken
