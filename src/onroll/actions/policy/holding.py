"""What every change of the register asks first."""

from datetime import date

from onroll.domain.vocabulary import Refusal, Refused, not_found
from onroll.records.policies.models import PolicyVersion


def version_to_change(school_id: int, version_id: int) -> PolicyVersion:
    """A standing version of this school; the school's own row is locked, so that nobody else changes it."""
    row = PolicyVersion.objects.filter(school_id=school_id, pk=version_id, withdrawn_at=None).first()
    if row is None:
        raise not_found()
    return row


def not_in_future(day: date | None, on: date) -> None:
    """Refuse a day that has not come."""
    if day is not None and day > on:
        raise Refusal(Refused.INVALID, "This day is still to come. Record it when it has happened.")
