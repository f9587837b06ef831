"""How the system is: what ran when, what waits, what failed, how much room is used. Nothing of any pupil."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Q

from onroll.domain.outbox import MAY_BE_TRIED_AGAIN
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, not_allowed, not_found
from onroll.queries import heads, seals
from onroll.queries.heads import Head
from onroll.queries.seals import Unsealed
from onroll.queries.sweeps import SweepSeen, oldest_sweep
from onroll.records import uploads
from onroll.records.ledger.models import LedgerRow
from onroll.records.outbox.models import Message
from onroll.records.work.models import Routine, Work

# After how long each thing is said to need a look.
WORKER_SILENT = timedelta(minutes=5)
HEAD_OLD = timedelta(hours=26)
LOOKS_OLD = timedelta(minutes=30)
MAIL_LATE = timedelta(hours=1)
BACKUP_OLD = timedelta(days=2)
_FAILED_SINCE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Failed:
    """Work of one kind that failed within a week."""

    kind: str
    times: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Backup:
    """The last backup that was made."""

    at: datetime
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """The outbox of all schools."""

    waiting: int
    late: int  # of them, due for more than an hour
    stopped: int  # within a week, for a reason that somebody can mend


@dataclass(frozen=True, slots=True)
class Health:
    """How the system is at a moment."""

    at: datetime
    worker_at: datetime | None  # the worker's last sign of life
    waiting: int
    running: int
    oldest_waiting_at: datetime | None
    failed: list[Failed]
    ledger_rows: int
    head: Head | None  # the newest one saved in the data folder
    head_fits: bool  # the ledger still has the row that it ended with
    unsealed: Unsealed
    backup: Backup | None
    sweep: SweepSeen  # the oldest of any school
    mail: Mail
    database: str  # "SQLite" or "PostgreSQL"
    database_size: int  # bytes
    uploads: int
    uploads_size: int  # bytes

    @property
    def worker_is_silent(self) -> bool:
        return self.worker_at is None or self.at - self.worker_at > WORKER_SILENT

    @property
    def head_is_old(self) -> bool:
        return self.head is None or self.at - self.head.at > HEAD_OLD

    @property
    def looks_wait(self) -> bool:
        oldest = self.unsealed.oldest_at
        return oldest is not None and self.at - oldest > LOOKS_OLD

    @property
    def sweep_is_old(self) -> bool:
        return self.sweep.is_old(self.at)

    @property
    def backup_is_old(self) -> bool:
        return self.backup is None or self.at - self.backup.at > BACKUP_OLD


def health(actor: Actor, at: datetime) -> Health:
    """How the system is; refuses whoever may not see it at any school. A fixed number of queries."""
    if not actor.schools:
        raise not_found()
    if not any(actor.may(Permission.SYSTEM_SEE, school.id) for school in actor.schools):
        raise not_allowed(Permission.SYSTEM_SEE, actor.schools[0].name)
    known = heads.newest()
    waiting = Work.objects.filter(state="waiting")
    sizes = [uploads.path_of(name).stat().st_size for name in uploads.names()]
    return Health(
        at=at,
        worker_at=Routine.objects.aggregate(last=Max("last_at"))["last"],
        waiting=waiting.count(),
        running=Work.objects.filter(state="running").count(),
        oldest_waiting_at=waiting.order_by("pk").values_list("queued_at", flat=True).first(),
        failed=_failed(at),
        ledger_rows=heads.current(at).rows,
        head=known[1] if known else None,
        head_fits=heads.is_in_ledger(known[1]) if known else True,
        unsealed=seals.unsealed(),
        backup=_backup(),
        sweep=oldest_sweep(),
        mail=_mail(at),
        database={"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor],
        database_size=_database_size(),
        uploads=len(sizes),
        uploads_size=sum(sizes),
    )


def _failed(at: datetime) -> list[Failed]:
    rows = (
        Work.objects.filter(state="failed", finished_at__gte=at - _FAILED_SINCE)
        .values_list("kind")
        .annotate(Count("pk"), Max("finished_at"))
        .order_by("kind")
    )
    return [Failed(*row) for row in rows]


def _mail(at: datetime) -> Mail:
    waits = Q(sent_at=None, stopped_at=None)
    mend = Q(
        stopped_at__gte=at - _FAILED_SINCE, stopped_because__in=[one.value for one in MAY_BE_TRIED_AGAIN]
    )
    found = Message.objects.aggregate(
        waiting=Count("pk", filter=waits),
        late=Count("pk", filter=waits & Q(queued_at__lt=at - MAIL_LATE, send_after__lt=at)),
        stopped=Count("pk", filter=mend),
    )
    return Mail(**found)


def _backup() -> Backup | None:
    row = LedgerRow.objects.filter(verb="backup-made").order_by("-number").first()
    return Backup(row.at, int(json.loads(row.detail)["bytes"])) if row else None


def _database_size() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    path = Path(settings.DATABASES["default"]["NAME"])
    beside = [path, path.with_name(f"{path.name}-wal")]
    return sum(one.stat().st_size for one in beside if one.is_file())
