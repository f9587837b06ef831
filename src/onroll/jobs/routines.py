"""What the house does by itself, and how often."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from onroll.actions import ledger, queue
from onroll.actions.imports import closing
from onroll.actions.outbox import sending
from onroll.actions.safe_keeping import tidying
from onroll.jobs import reminding, sweeping, writing

# name, how often, what
ROUTINES: tuple[tuple[str, timedelta, Callable[[datetime], Any]], ...] = (
    ("reap", timedelta(minutes=1), queue.reap),
    ("seal-looks", timedelta(minutes=5), ledger.seal_looks),
    ("send-outbox", timedelta(seconds=20), sending.send_waiting),
    # Asks every ten minutes whether today's round is done: soon after midnight, and soon after a start, it is.
    ("sweep", timedelta(minutes=10), sweeping.sweep_when_due),
    ("sweep-alarm", timedelta(hours=1), sweeping.alarm_when_old),
    ("write-digests", timedelta(minutes=15), writing.write_when_due),
    ("policy-reminders", timedelta(hours=1), reminding.remind_when_due),
    # Each hour into the day's file: a head that could not be written is tried again soon.
    ("export-head", timedelta(hours=1), ledger.export_head),
    ("tidy-uploads", timedelta(days=1), tidying.tidy_uploads),
    ("clear-imports", timedelta(hours=6), closing.clear_old),
)
