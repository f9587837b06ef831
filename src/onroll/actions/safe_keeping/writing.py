"""Write the file of a backup."""

import gzip
import hashlib
import json
import os
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from onroll.actions.safe_keeping.archive import FIRST_LINE, MANIFEST, PURPOSE, Head, Manifest
from onroll.records import crypto

_PART = 4 * 1024 * 1024  # bytes of JSON in one member, about: a member must say its size beforehand


class Writer:
    """Puts tables and uploads into a backup."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self.manifest = manifest
        self._tar = tar

    def table(self, label: str, columns: list[str], lines: Iterable[str]) -> None:
        """Add a table, in parts of a few megabytes. Each part begins with the names of its columns."""
        head = json.dumps(columns)
        part, size, number, rows = [head], 0, 1, 0
        for line in lines:
            part.append(line)
            rows, size = rows + 1, size + len(line)
            if size >= _PART:
                self._part(label, number, part)
                part, size, number = [head], 0, number + 1
        self._part(label, number, part)
        self.manifest.tables[label] = rows

    def upload(self, name: str, path: Path) -> None:
        """Add one upload as it is on disk; one that was deleted a moment ago is counted as gone."""
        try:
            source = path.open("rb")
        except FileNotFoundError:
            self.manifest.uploads_gone += 1
            return
        with source:
            self._add(f"uploads/{name}", source, os.fstat(source.fileno()).st_size)
        self.manifest.uploads += 1

    def _part(self, label: str, number: int, lines: list[str]) -> None:
        packed = gzip.compress("\n".join(lines).encode(), compresslevel=4, mtime=0)
        self._add(f"tables/{label}/{number:06}", BytesIO(packed), len(packed))

    def _add(self, name: str, source: BinaryIO, size: int) -> None:
        counted = _Hashing(source)
        self._tar.addfile(_member(name, size), counted)
        self.manifest.members[name] = counted.hexdigest()


@contextmanager
def writing(out: crypto.Sink, head: Head, manifest: Manifest) -> Iterator[Writer]:
    """Write a whole backup into `out`; the manifest and the seal at the end follow when the block ends well."""
    out.write(FIRST_LINE + json.dumps(asdict(head)).encode() + b"\n")
    sealer = crypto.Sealer(out, PURPOSE)
    with tarfile.open(mode="w|", fileobj=sealer, format=tarfile.PAX_FORMAT) as tar:  # type: ignore[call-overload]
        yield Writer(tar, manifest)
        text = json.dumps(asdict(manifest)).encode()
        tar.addfile(_member(MANIFEST, len(text)), BytesIO(text))
    sealer.close()


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


class _Hashing:
    """A source that sums up what is read from it."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        self._sum.update(piece)
        return piece

    def hexdigest(self) -> str:
        return self._sum.hexdigest()
