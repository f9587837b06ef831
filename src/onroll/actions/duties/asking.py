"""Ask for a school's findings to be made again by the worker, where a change touches many cases."""

from datetime import datetime

from onroll.actions.work import enqueue
from onroll.records.base import need_pen
from onroll.records.duties.models import Finding
from onroll.records.work.models import Work

REFRESH_SCHOOL = "refresh-school"


def ask_refresh(school_id: int, *, by_id: int | None, at: datetime) -> None:
    """Queue it inside the change that calls for it, unless it waits already or the school has no findings."""
    need_pen("Work")
    waits = Work.objects.filter(kind=REFRESH_SCHOOL, subject_id=school_id, state="waiting")
    if not waits.exists() and Finding.objects.filter(school_id=school_id, until_at=None).exists():
        enqueue(REFRESH_SCHOOL, subject_id=school_id, school_id=school_id, actor_id=by_id, at=at)
