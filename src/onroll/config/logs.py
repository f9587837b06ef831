"""How the log tells of a failure: what kind it was and where, never what it was about."""

import logging
import re
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


# Addresses that open something by themselves: what stands after these is a secret.
_OPENS = re.compile(r"(/(?:statement|join)/)[^/\s\"']+")


class WithoutValues(logging.Formatter):
    """Leaves out the messages of exceptions: a database quotes the row that it refused, with the child's name.

    And the secret of an address that opens something to whoever has it: Django logs the address of what it refuses.
    """

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have kept the whole text there
        said = super().format(record)
        record.exc_text = None
        return _OPENS.sub(r"\1...", said)

    def formatException(self, ei: _Raised | Any) -> str:  # noqa: N802 - the library's name
        """The chain of exceptions, the one that was raised first, first: kinds, files and lines."""
        told = []
        for one in reversed(list(_chain(ei[1]))):
            told += [type(one).__name__]
            told += [
                f"  {at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(one.__traceback__)
            ]
        return "\n".join(told)


def _chain(raised: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while raised is not None and id(raised) not in seen:
        seen.add(id(raised))
        yield raised
        raised = raised.__cause__ or raised.__context__
