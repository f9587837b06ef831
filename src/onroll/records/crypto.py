"""Encryption at rest: short texts as Fernet tokens, files as AES-GCM in chunks.

Keys come from settings.ONROLL_DATA_KEYS, newest first; the newest encrypts, all of them decrypt, so a key
can be rotated while old rows are rewritten. Each purpose derives its own key, so that a token from one
column means nothing in another.
"""

import base64
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    TextField = models.TextField[str, str]
else:
    TextField = models.TextField

CHUNK = 64 * 1024
_MAGIC = b"ONR1"


class CannotDecrypt(RuntimeError):
    """None of the configured data keys opens this: the keys changed, or the bytes did."""

    def __init__(self) -> None:
        super().__init__(
            "Stored data cannot be decrypted. Check ONROLL_DATA_KEYS against docs/how-to/deploy.md."
        )


def _derive(key: str, purpose: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=f"onroll:{purpose}".encode()).derive(key.encode())


@lru_cache(maxsize=64)
def _box(keys: tuple[str, ...], purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derive(key, purpose))) for key in keys])


def encrypt(text: str, purpose: str) -> str:
    """Encrypt a short text for one purpose (a column, say)."""
    return _box(tuple(settings.ONROLL_DATA_KEYS), purpose).encrypt(text.encode()).decode()


def decrypt(token: str, purpose: str) -> str:
    """Undo `encrypt`; raises CannotDecrypt when no key fits."""
    try:
        return _box(tuple(settings.ONROLL_DATA_KEYS), purpose).decrypt(token.encode()).decode()
    except InvalidToken as wrong:
        raise CannotDecrypt from wrong


class EncryptedTextField(TextField):
    """Text that is encrypted in the database. Cannot be searched or sorted; empty stays empty."""

    def __init__(self, *args: Any, purpose: str = "", **options: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "purpose": self.purpose}

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return encrypt(text, self.purpose) if text else text

    def from_db_value(self, value: Any, _expression: object, _connection: object) -> Any:
        return decrypt(value, self.purpose) if value else value


def write_encrypted(source: Iterator[bytes], target: Path) -> int:
    """Encrypt a stream into a new file and return the plain size in bytes.

    Each chunk is bound to the file's nonce, its index and whether it is the last: chunks cannot be
    swapped, dropped or cut off unnoticed. Chunks of the source may have any size.
    """
    key = AESGCM(_derive(settings.ONROLL_DATA_KEYS[0], "file"))
    nonce = os.urandom(8)
    size = 0
    with target.open("xb") as out:
        out.write(_MAGIC + nonce)
        for index, (chunk, last) in enumerate(_sized(source)):
            size += len(chunk)
            out.write(key.encrypt(nonce + index.to_bytes(4, "big"), chunk, b"last" if last else b"more"))
        out.flush()
        os.fsync(out.fileno())
    return size


def read_encrypted(source: Path) -> Iterator[bytes]:
    """Yield the plain chunks of a file; raises CannotDecrypt when the key or the bytes are wrong."""
    with source.open("rb") as file:
        head = file.read(len(_MAGIC) + 8)
        if len(head) < len(_MAGIC) + 8 or not head.startswith(_MAGIC):
            raise CannotDecrypt
        nonce = head[len(_MAGIC) :]
        first = file.read(CHUNK + 16)
        key = _fitting_key(nonce, first, last=len(first) < CHUNK + 16 or _at_end(file))
        index, sealed = 0, first
        while sealed:
            following = file.read(CHUNK + 16)
            yield _open(key, nonce, index, sealed, last=not following)
            index, sealed = index + 1, following


def _sized(source: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    buffer = bytearray()
    for piece in source:
        buffer += piece
        while len(buffer) > CHUNK:
            yield bytes(buffer[:CHUNK]), False
            del buffer[:CHUNK]
    yield bytes(buffer), True


def _at_end(file: BinaryIO) -> bool:
    more = file.read(1)
    if more:
        file.seek(-1, os.SEEK_CUR)
    return not more


def _fitting_key(nonce: bytes, first: bytes, *, last: bool) -> AESGCM:
    for secret in settings.ONROLL_DATA_KEYS:
        key = AESGCM(_derive(secret, "file"))
        try:
            _open(key, nonce, 0, first, last=last)
        except CannotDecrypt:
            continue
        return key
    raise CannotDecrypt


def _open(key: AESGCM, nonce: bytes, index: int, sealed: bytes, *, last: bool) -> bytes:
    try:
        return key.decrypt(nonce + index.to_bytes(4, "big"), sealed, b"last" if last else b"more")
    except InvalidTag as wrong:
        raise CannotDecrypt from wrong
