"""The file of a backup: two clear lines, then an encrypted tar. ADR 4 describes it.

The clear lines say which keys are needed and nothing of the school. Whatever is wrong with a file is
refused before anything is touched.
"""

from dataclasses import dataclass, field

from django.conf import settings

from onroll.domain.vocabulary import Refusal, Refused
from onroll.records import crypto

FIRST_LINE = b"ONROLL-BACKUP 1\n"
MANIFEST = "manifest.json"
PURPOSE = "backup"


@dataclass(frozen=True, slots=True)
class Head:
    """What can be read without a key."""

    made_at: str
    version: str  # of Onroll
    ledger_key: str
    data_keys: list[str]  # newest first; the first encrypts the file


@dataclass(slots=True)
class Manifest:
    """What the file holds. Written last, so that a file without it is known to be cut off."""

    made_at: str
    version: str
    database: str
    migrations: dict[str, list[str]]
    ledger_rows: int
    ledger_mac: str
    tables: dict[str, int] = field(default_factory=dict)  # rows
    uploads: int = 0
    uploads_gone: int = 0  # deleted while the backup was made
    members: dict[str, str] = field(default_factory=dict)  # SHA-256

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(self.tables.values())


def this_house(made_at: str, version: str) -> Head:
    """The clear head of a backup made here."""
    keys = [crypto.key_check(key) for key in settings.ONROLL_DATA_KEYS]
    return Head(made_at, version, crypto.key_check(settings.ONROLL_LEDGER_KEY), keys)


def unusable(words: str) -> Refusal:
    """The file is no backup, or damaged, or of another house; the words say what to do."""
    return Refusal(Refused.INVALID, words)
