"""Rolling findings forward: each night for everybody, and for one school when a change asks for it."""

import logging
from datetime import date, datetime

from django.utils import timezone

from onroll.actions.duties.alarm import tell_of_old_sweep
from onroll.actions.duties.asking import REFRESH_SCHOOL
from onroll.actions.duties.sweep import Swept, keep_sweep, sweep_school
from onroll.jobs.registry import Progress, job
from onroll.queries import stale, sweeps

logger = logging.getLogger("onroll.worker")


@job(REFRESH_SCHOOL)
def refresh_school_findings(school_id: int, progress: Progress) -> None:
    """Judge one school again, as at today."""
    now = timezone.now()
    on = timezone.localdate(now)
    keep_sweep([sweep_school(school_id, on=on, at=now, tell=progress)], on=on, at=now)


def sweep_when_due(at: datetime) -> None:
    """The nightly round: soon after midnight, and soon after a start that finds it undone."""
    on = timezone.localdate(at)
    if sweeps.unswept_on(on):
        sweep_all(on=on, at=at)


def alarm_when_old(at: datetime) -> None:
    """Tell the administrators of a school whose last round is older than 26 hours, once a day. Tries first."""
    sweep_when_due(at)
    for school_id in sweeps.old_sweeps(at):
        tell_of_old_sweep(school_id, at=at)


def sweep_all(*, on: date, at: datetime) -> list[Swept]:
    """Roll every school forward to a day; returns what became of each that could be swept.

    What cannot be judged in one school is logged and holds no other school up: that school's sweep grows old,
    and the administrator is told.
    """
    counted, outdated = sweeps.open_cases(), set[int]()
    for batch in stale.batches():
        try:
            outdated |= stale.outdated(batch, on)
        except Exception as wrong:
            logger.error("a batch could not be judged: %s", type(wrong).__name__)  # noqa: TRY400
            outdated |= batch.school_ids
    done = []
    for school_id, cases in counted.items():
        if school_id not in outdated:
            done.append(Swept(school_id, cases, 0))
            continue
        try:
            done.append(sweep_school(school_id, on=on, at=at))
        except Exception as wrong:
            logger.error("school %s could not be swept: %s", school_id, type(wrong).__name__)  # noqa: TRY400
    keep_sweep(done, on=on, at=at)
    return done
