"""Reminders of the policy's next review, in the morning."""

import logging
from datetime import datetime

from django.utils import timezone

from onroll.actions.policy.reminding import queue_reminders
from onroll.domain.digests import FROM_HOUR
from onroll.queries.digests import places

logger = logging.getLogger("onroll.worker")


def remind_when_due(at: datetime) -> None:
    """From six in the morning; what was queued is not queued again. A school that fails holds no other up."""
    local = timezone.localtime(at)
    if local.hour < FROM_HOUR:
        return
    for place in places():
        try:
            queue_reminders(place, on=local.date(), at=at)
        except Exception as wrong:
            logger.error("school %s could not be reminded: %s", place.id, type(wrong).__name__)  # noqa: TRY400
