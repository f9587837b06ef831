"""E-mails about what is due, each morning: summaries to those who want them, word of what is long overdue."""

import logging
from datetime import datetime

from django.utils import timezone

from onroll.actions.outbox.digests import queue_digests, queue_escalation
from onroll.domain.digests import FROM_HOUR, LATEST_HOUR
from onroll.queries.digests import places
from onroll.queries.sweeps import unswept_on

logger = logging.getLogger("onroll.worker")


def write_when_due(at: datetime) -> None:
    """From six in the morning, once the night's round is done; what was queued is not queued again.

    From nine without it too: a date that has passed counts as overdue, sweep or no sweep. A school that cannot be
    written about holds no other up.
    """
    local = timezone.localtime(at)
    if local.hour < FROM_HOUR or (local.hour < LATEST_HOUR and unswept_on(local.date())):
        return
    for place in places():
        try:
            queue_digests(place, on=local.date(), at=at)
            queue_escalation(place, on=local.date(), at=at)
        except Exception as wrong:
            logger.error("school %s could not be written to: %s", place.id, type(wrong).__name__)  # noqa: TRY400
