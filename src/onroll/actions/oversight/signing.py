"""Sign the monthly check of all open cases, and take a signature back."""

from datetime import date, datetime

from onroll.actions.cases.changing import school_duty_change
from onroll.domain.duties.months import months_to_sign
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_found
from onroll.queries import owed
from onroll.queries.calendars import calendar_of
from onroll.queries.monitoring import signed_months
from onroll.records.cases.models import Case
from onroll.records.policies.models import Monitoring


def sign_month(actor: Actor, school_id: int, *, month: date, note: str, on: date, at: datetime) -> None:
    """Sign for a month, with how the school stands today. Refuses a month that is signed or has not begun."""
    with school_duty_change(actor, school_id, "month-signed", Permission.MONITOR_SIGN, on=on, at=at) as entry:
        if month not in months_to_sign(calendar_of(school_id), signed_months(school_id), on):
            raise Refusal(
                Refused.CONFLICT, "This month is signed already, or is no month with school days up to today."
            )
        row = Monitoring.objects.create(
            school_id=school_id,
            month=month,
            open_cases=Case.objects.filter(school_id=school_id, closed_on=None).count(),
            overdue=owed.to_do(school_id).filter(owed.is_overdue(on), case__isnull=False).count(),
            note=note,
            happened_on=on,
            recorded_at=at,
            recorded_by_id=actor.id,
        )
        entry.detail = {
            "month": month.isoformat()[:7], "open_cases": row.open_cases, "overdue": row.overdue,
        }  # fmt: skip


def withdraw_month(
    actor: Actor, school_id: int, monitoring_id: int, *, reason: str, on: date, at: datetime
) -> None:
    """Take a signature back; it stays on record, struck through, with the reason."""
    with school_duty_change(
        actor, school_id, "month-withdrawn", Permission.MONITOR_SIGN, on=on, at=at
    ) as entry:
        row = Monitoring.objects.filter(pk=monitoring_id, school_id=school_id).first()
        if row is None:
            raise not_found()
        if row.withdrawn_at is not None:
            raise Refusal(Refused.CONFLICT, "This signature has been taken back already.")
        row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_because = at, actor.id, reason
        row.save(update_fields=["withdrawn_at", "withdrawn_by_id", "withdrawn_because"])
        entry.detail = {"month": row.month.isoformat()[:7]}
