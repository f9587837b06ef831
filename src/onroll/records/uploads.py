"""Files that people bring, encrypted on disk under names that say nothing.

A file is there whole or not at all; it is never changed, only deleted.
"""

import re
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NewType

from django.conf import settings

from onroll.domain.vocabulary import Refusal, Refused
from onroll.records import crypto
from onroll.records.files import sync_folder

UploadName = NewType("UploadName", str)
_NAME = re.compile(r"[0-9a-f]{32}")
_UNFINISHED = ".part"
_MEGABYTE = 1024 * 1024


def save(source: Iterable[bytes]) -> UploadName:
    """Encrypt a stream into the store and return the name to keep.

    Refuses (INVALID) what is larger than settings.ONROLL_MAX_UPLOAD bytes. Nothing stays behind when the
    source fails. Save before the change that names the file; delete it when that change fails.
    """
    folder = _folder()
    name = UploadName(secrets.token_hex(16))
    unfinished = folder / f"{name}{_UNFINISHED}"
    try:
        crypto.write_encrypted(_capped(source), unfinished)
        unfinished.replace(folder / name)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(folder)
    return name


def read(name: str) -> Iterator[bytes]:
    """Yield the plain bytes in pieces of at most crypto.CHUNK.

    Refuses (CONFLICT) when the file is no longer kept; raises CannotDecrypt when keys or bytes are wrong,
    which may be after the first pieces.
    """
    path = path_of(name)
    if not path.is_file():
        raise Refusal(Refused.CONFLICT, "The file is no longer kept. Bring it in again.")
    yield from crypto.read_encrypted(path)


def delete(name: str) -> None:
    """Remove a file; removing what is gone already is no error."""
    path_of(name).unlink(missing_ok=True)


def names() -> list[UploadName]:
    """Every file of the store that is whole, in order of name."""
    return sorted(UploadName(path.name) for path in _folder().iterdir() if _NAME.fullmatch(path.name))


def path_of(name: str) -> Path:
    """Where the encrypted file of this name is; raises ValueError for what is no name of ours."""
    if not _NAME.fullmatch(name):
        raise ValueError("This is not the name of an upload.")
    return _folder() / name


def sweep(before: datetime) -> int:
    """Remove what a killed process left half-written before a moment; return how many files."""
    left = [path for path in _folder().glob(f"*{_UNFINISHED}") if path.stat().st_mtime < before.timestamp()]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _capped(source: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in source:
        size += len(piece)
        if size > settings.ONROLL_MAX_UPLOAD:
            raise Refusal(
                Refused.INVALID,
                f"The file is larger than {settings.ONROLL_MAX_UPLOAD // _MEGABYTE} MB. "
                "Export it in parts, one school year or one term at a time.",
            )
        yield piece


def _folder() -> Path:
    folder = Path(settings.UPLOAD_DIR)
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
