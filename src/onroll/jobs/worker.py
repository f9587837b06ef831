"""The worker: takes queued work, one piece at a time, and does the house's routines when they are due."""

import logging
import signal
import time
from types import FrameType

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from onroll.actions import queue
from onroll.domain.vocabulary import Refusal
from onroll.jobs import tasks  # noqa: F401 - importing it registers the jobs
from onroll.jobs.registry import JOBS
from onroll.jobs.routines import ROUTINES

logger = logging.getLogger("onroll.worker")
REST = 5.0  # seconds before a database that cannot be reached is asked again
PAUSE = 0.5  # seconds between looks into an empty queue
BEAT = 1.0  # seconds between progress reports, at the least


class Reporter:
    """Writes progress at most once a second, so that reporting never slows the work."""

    def __init__(self, work_id: int) -> None:
        self.work_id = work_id
        self.last = 0.0

    def __call__(self, done: int, total: int, note: str = "") -> None:
        if time.monotonic() - self.last >= BEAT:
            self.last = time.monotonic()
            queue.report(self.work_id, done=done, total=total, note=note, at=timezone.now())


def work_once() -> bool:
    """Do one piece of work if there is one; False when the queue is empty."""
    taken = queue.take(timezone.now())
    if taken is None:
        return False
    state, note = "done", ""
    try:
        JOBS[taken.kind](taken.subject_id or 0, Reporter(taken.id))
    except Refusal as refusal:
        state, note = "failed", refusal.message
    except Exception as wrong:
        # The type only: a message may quote a value, and a traceback's frames may hold a child's record.
        logger.error("work %s (%s) failed: %s", taken.id, taken.kind, type(wrong).__name__)  # noqa: TRY400
        state, note = "failed", "Something went wrong on our side. Nothing was half-written. Try again."
    queue.finish(taken.id, state=state, note=note, at=timezone.now())
    return True


def do_routines() -> None:
    """Do what is due: reaping, sealing looks, exporting the ledger's head."""
    for name, every, routine in ROUTINES:
        if queue.due(name, every, timezone.now()):
            try:
                routine(timezone.now())
            except Exception as wrong:
                logger.error("routine %s failed: %s", name, type(wrong).__name__)  # noqa: TRY400


class Worker:
    """Runs until it is told to stop; finishes the piece it has in hand."""

    def __init__(self) -> None:
        self.stopping = False

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def run(self) -> None:
        """Work, then rest, until SIGTERM or SIGINT."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        while not self.stopping:
            try:
                close_old_connections()
                do_routines()
                rested = not work_once()
            except DatabaseError as wrong:  # the database restarts: wait for it, and name no value
                logger.error("the queue cannot be reached: %s", type(wrong).__name__)  # noqa: TRY400
                time.sleep(REST)
            else:
                if rested:
                    time.sleep(PAUSE)
