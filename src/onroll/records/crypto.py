"""Encryption at rest: short texts as Fernet tokens, files as AES-GCM in chunks.

Keys come from settings.ONROLL_DATA_KEYS, newest first; the newest encrypts, all of them decrypt, so a key
can be rotated while old rows are rewritten. Each purpose derives its own key, so that a token from one
column means nothing in another, and each file derives its own from a salt at its head.
"""

import base64
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

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
OWNER_ONLY = 0o600
_MAGIC = b"ONR1"
_SALT = 16
_TAG = 16


class CannotDecrypt(RuntimeError):
    """None of the configured data keys opens this: the keys changed, or the bytes did."""

    def __init__(self) -> None:
        super().__init__(
            "Stored data cannot be decrypted. Check ONROLL_DATA_KEYS against docs/how-to/deploy.md."
        )


def _derive(key: str, purpose: str, salt: bytes | None = None) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=salt, info=f"onroll:{purpose}".encode()).derive(key.encode())


def key_check(key: str) -> str:
    """A short sign by which the same key is known again; tells nothing of the key itself."""
    return _derive(key, "key-check").hex()[:32]


# ---------------------------------------------------------------- short texts
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


def renewed(token: str, purpose: str) -> str:
    """The same text under the newest key; the very same token when it is under that key already."""
    keys = tuple(settings.ONROLL_DATA_KEYS)
    try:
        _box(keys[:1], purpose).decrypt(token.encode())
    except InvalidToken:
        try:
            return _box(keys, purpose).rotate(token.encode()).decode()
        except InvalidToken as wrong:
            raise CannotDecrypt from wrong
    return token


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


# ---------------------------------------------------------------- files
class Sink(Protocol):
    """Anything that bytes can be written into."""

    def write(self, piece: bytes, /) -> int: ...


class Sealer:
    """Encrypts what is written to it into `out`; the file is whole only after `close`.

    Each chunk is bound to the file's salt, its index and whether it is the last: chunks cannot be swapped,
    dropped, taken from another file or cut off unnoticed. Pieces may have any size.
    """

    def __init__(self, out: Sink, purpose: str = "file") -> None:
        salt = os.urandom(_SALT)
        self.size = 0  # plain bytes taken so far
        self._out = out
        self._key = AESGCM(_derive(settings.ONROLL_DATA_KEYS[0], purpose, salt))
        self._index = 0
        self._waiting = bytearray()
        out.write(_MAGIC + salt)

    def write(self, piece: bytes) -> int:
        """Take some bytes; whole chunks go out, the rest waits."""
        self.size += len(piece)
        self._waiting += piece
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(piece)

    def close(self) -> None:
        """Write the last chunk. `out` stays open; flushing it is its owner's to do."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        self._out.write(self._key.encrypt(_nonce(self._index), chunk, _place(last=last)))
        self._index += 1


def unseal(source: BinaryIO, purpose: str = "file") -> Iterator[bytes]:
    """Yield the plain chunks of what a Sealer wrote, from where `source` stands to its end.

    Raises CannotDecrypt as soon as the key or the bytes are wrong: what came before is right, but a reader
    must not act on it until the end was reached.
    """
    head = source.read(len(_MAGIC) + _SALT)
    if len(head) < len(_MAGIC) + _SALT or not head.startswith(_MAGIC):
        raise CannotDecrypt
    sealed, following = source.read(CHUNK + _TAG), source.read(CHUNK + _TAG)
    key = _fitting_key(head[len(_MAGIC) :], purpose, sealed, last=not following)
    index = 0
    while True:
        yield _open(key, index, sealed, last=not following)
        if not following:
            return
        index, sealed, following = index + 1, following, source.read(CHUNK + _TAG)


def write_encrypted(source: Iterator[bytes], target: Path) -> int:
    """Encrypt a stream into a new file that only its owner may read; return the plain size in bytes.

    Raises FileExistsError when the file is there. On any error the half-written file stays for the caller.
    """
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as out:
        sealer = Sealer(out)
        for piece in source:
            sealer.write(piece)
        sealer.close()
        out.flush()
        os.fsync(out.fileno())
    return sealer.size


def read_encrypted(source: Path) -> Iterator[bytes]:
    """Yield the plain chunks of a file; raises CannotDecrypt when the key or the bytes are wrong."""
    with source.open("rb") as file:
        yield from unseal(file)


def is_under_newest_key(source: Path) -> bool:
    """Say whether the newest data key encrypted a file; reads its first chunk only."""
    with source.open("rb") as file:
        salt = file.read(len(_MAGIC) + _SALT)[len(_MAGIC) :]
        sealed, following = file.read(CHUNK + _TAG), file.read(1)
    key = AESGCM(_derive(settings.ONROLL_DATA_KEYS[0], "file", salt))
    try:
        _open(key, 0, sealed, last=not following)
    except CannotDecrypt:
        return False
    return True


def _fitting_key(salt: bytes, purpose: str, first: bytes, *, last: bool) -> AESGCM:
    for secret in settings.ONROLL_DATA_KEYS:
        key = AESGCM(_derive(secret, purpose, salt))
        try:
            _open(key, 0, first, last=last)
        except CannotDecrypt:
            continue
        return key
    raise CannotDecrypt


def _open(key: AESGCM, index: int, sealed: bytes, *, last: bool) -> bytes:
    try:
        return key.decrypt(_nonce(index), sealed, _place(last=last))
    except InvalidTag as wrong:
        raise CannotDecrypt from wrong


def _nonce(index: int) -> bytes:
    return index.to_bytes(12, "big")  # unique because the key is: one salt, one file


def _place(*, last: bool) -> bytes:
    return b"last" if last else b"more"
