"""An authenticator app, written from RFC 6238 and not from the library that it tests."""

import base64
import hashlib
import hmac
import struct
import time


def code_of(secret: str, *, at: float | None = None) -> str:
    """The six figures that an app with this secret shows at a moment, now unless told.

    Now is never the last moments of a code: it would have changed before it was read.
    """
    if at is None and (left := 30 - time.time() % 30) < 4:
        time.sleep(left)
    counter = int(time.time() if at is None else at) // 30
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", counter), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"
