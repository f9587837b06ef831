"""Make the keys of a new house."""

import os
import secrets
from pathlib import Path

NAMES = ("ONROLL_SECRET_KEY", "ONROLL_LEDGER_KEY", "ONROLL_DATA_KEYS")


def make(path: Path) -> bool:
    """Write a fresh set of keys, readable by the owner only; False and nothing written if the file is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{name}={secrets.token_urlsafe(48)}\n" for name in NAMES]
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(lines)
    return True
