"""How the worker takes, reports on and ends queued work. Not changes: the ledger tells of what the work did."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from onroll.records.work.models import Routine, Work

SILENT_FOR = timedelta(minutes=2)  # a running piece of work that says nothing for so long has lost its worker
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Taken:
    """A piece of work that this worker, and no other, has taken."""

    id: int
    kind: str
    subject_id: int | None


def take(at: datetime) -> Taken | None:
    """Take the oldest waiting work, or None. Several workers may ask at once; each piece goes to one."""
    while True:
        work = Work.objects.filter(state="waiting").order_by("id").first()
        if work is None:
            return None
        taken = Work.objects.filter(pk=work.pk, state="waiting").update(
            state="running", started_at=at, heartbeat_at=at, attempts=F("attempts") + 1, done=0, total=0
        )
        if taken:
            return Taken(work.pk, work.kind, work.subject_id)


def report(work_id: int, *, done: int, total: int, note: str, at: datetime) -> None:
    """Say how far a running piece of work is."""
    Work.objects.filter(pk=work_id).update(done=done, total=total, note=note[:200], heartbeat_at=at)


def finish(work_id: int, *, state: str, note: str, at: datetime) -> None:
    """End a piece of work as done or failed. `note` must name no child and carry no data."""
    Work.objects.filter(pk=work_id).update(state=state, note=note[:200], finished_at=at)


def reap(at: datetime) -> int:
    """Put work whose worker died back into the queue, or give it up after three attempts."""
    silent = Work.objects.filter(state="running", heartbeat_at__lt=at - SILENT_FOR)
    given_up = silent.filter(attempts__gte=ATTEMPTS).update(
        state="failed", finished_at=at, note="Stopped three times without finishing. Tell your administrator."
    )
    return given_up + silent.update(state="waiting", note="Started again after an interruption")


def due(name: str, every: timedelta, at: datetime) -> bool:
    """Claim a routine if it is due; True for exactly one of several workers."""
    with transaction.atomic():
        routine, _ = Routine.objects.get_or_create(name=name)
        if routine.last_at is not None and at - routine.last_at < every:
            return False
        return bool(Routine.objects.filter(pk=name, last_at=routine.last_at).update(last_at=at))
