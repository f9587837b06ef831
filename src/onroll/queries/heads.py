"""The head of the ledger: how many rows it has and the last one's signature, and the heads written down."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from onroll.records.crypto import key_check
from onroll.records.ledger import chain
from onroll.records.ledger.models import LedgerRow

_FORMAT = "onroll-ledger-head-1"


class UnreadableHead(ValueError):
    """A file is not there, or is no head as `onroll export-head` writes it."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where the ledger ended at a moment. `key` tells which ledger key signed it, and nothing of the key."""

    rows: int
    mac: str
    at: datetime
    key: str

    def as_json(self) -> str:
        """The text of a saved head."""
        fields = {
            "format": _FORMAT,
            "rows": self.rows,
            "mac": self.mac,
            "at": self.at.isoformat(),
            "key": self.key,
        }
        return json.dumps(fields, indent=2) + "\n"


def current(at: datetime) -> Head:
    """The head of the ledger now."""
    number, mac = LedgerRow.objects.order_by("-number").values_list("number", "mac").first() or (
        0,
        chain.START,
    )
    return Head(number, mac, at, this_key())


def this_key() -> str:
    """The sign of the ledger key in use."""
    return key_check(settings.ONROLL_LEDGER_KEY)


def is_in_ledger(head: Head) -> bool:
    """Say whether the ledger still has the row that a saved head ended with, under the same signature."""
    if head.rows == 0:
        return True
    return LedgerRow.objects.filter(number=head.rows, mac=head.mac).exists()


def read(path: Path) -> Head:
    """Read a saved head; raises UnreadableHead, saying why in words."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as wrong:
        raise UnreadableHead(f"{path} cannot be opened: {wrong.strerror}.") from wrong
    except ValueError as wrong:
        raise UnreadableHead(f"{path} is not a saved head: it is not JSON.") from wrong
    if not isinstance(found, dict) or found.get("format") != _FORMAT:
        raise UnreadableHead(f"{path} is not a saved head: it does not say {_FORMAT}.")
    try:
        return _head(found)
    except (KeyError, TypeError, ValueError) as wrong:
        raise UnreadableHead(f"{path} is not a whole head: a field is missing or wrong.") from wrong


def _head(found: Mapping[str, Any]) -> Head:
    head = Head(int(found["rows"]), str(found["mac"]), datetime.fromisoformat(found["at"]), str(found["key"]))
    if head.rows < 0 or head.at.tzinfo is None:
        raise ValueError
    return head


def saved() -> list[tuple[Path, Head]]:
    """Every readable head in settings.HEADS_DIR, the one with the most rows last."""
    found = []
    for path in sorted(Path(settings.HEADS_DIR).glob("*.json")):
        try:
            found.append((path, read(path)))
        except UnreadableHead:
            continue
    return sorted(found, key=lambda pair: (pair[1].rows, pair[1].at))


def newest() -> tuple[Path, Head] | None:
    """The saved head with the most rows: a ledger that was cut off cannot hide behind a younger one."""
    return next(reversed(saved()), None)
