"""Queue work for the worker, inside the change that asks for it."""

from datetime import datetime

from onroll.records.base import need_pen
from onroll.records.work.models import Work


def enqueue(
    kind: str, *, subject_id: int | None, school_id: int | None, actor_id: int | None, at: datetime
) -> int:
    """Queue one piece of work and return its id. It starts only if the surrounding change commits."""
    need_pen("Work")
    work = Work.objects.create(
        kind=kind, subject_id=subject_id, school_id=school_id, actor_id=actor_id, queued_at=at
    )
    return work.pk
