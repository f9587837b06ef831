"""The hook for a virus scanner: a command of the school's own that looks at a file before it is kept.

It is asked through settings.ONROLL_SCAN_COMMAND and reads the file from its standard input, or from {path}. The
file is handed over in memory: it never lies readable on the disk. Of our environment the command sees its
search path only, not the keys.
"""

import logging
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from django.conf import settings

logger = logging.getLogger("onroll.scan")
SECONDS = 60
PATH = "{path}"
_CLEAN, _FOUND = 0, 1


class Verdict(StrEnum):
    """What came of a scan. The first two are stored with the document."""

    NOT_SCANNED = "not-scanned"  # no scanner is set up
    CLEAN = "clean"
    FOUND = "found"
    BROKEN = "broken"  # the scanner could not say


def scan(content: bytes) -> Verdict:
    """Let the scanner look at a file's bytes."""
    command = list(settings.ONROLL_SCAN_COMMAND)
    if not command:
        return Verdict.NOT_SCANNED
    try:
        code = _by_path(command, content) if _wants_path(command) else _by_input(command, content)
    except (OSError, subprocess.TimeoutExpired) as wrong:
        logger.error("The scan command could not be run: %s", type(wrong).__name__)  # noqa: TRY400 - no trace is needed
        return Verdict.BROKEN
    if code not in (_CLEAN, _FOUND):
        logger.error("The scan command answered %s, which is neither clean nor found", code)
        return Verdict.BROKEN
    return Verdict.CLEAN if code == _CLEAN else Verdict.FOUND


def _wants_path(command: list[str]) -> bool:
    return any(PATH in word for word in command)


def _by_input(command: list[str], content: bytes) -> int:
    return _run(command, input=content)


def _by_path(command: list[str], content: bytes) -> int:
    with _in_memory(content) as handle:
        words = [word.replace(PATH, f"/proc/self/fd/{handle}") for word in command]
        return _run(words, pass_fds=(handle,), stdin=subprocess.DEVNULL)


def _run(command: list[str], **how: object) -> int:
    done = subprocess.run(  # type: ignore[call-overload]  # noqa: S603 - the command is the administrator's own
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=SECONDS,
        check=False,
        env={"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"},
        **how,
    )
    return int(done.returncode)


@contextmanager
def _in_memory(content: bytes) -> Iterator[int]:
    """A file that has a path while the block runs, and no place on any disk. Linux only."""
    handle = os.memfd_create("document")
    try:
        with os.fdopen(os.dup(handle), "wb") as out:
            out.write(content)
        os.lseek(handle, 0, os.SEEK_SET)
        yield handle
    finally:
        os.close(handle)
