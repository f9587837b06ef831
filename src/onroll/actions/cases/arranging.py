"""Who provides education from a day on. Call inside a change of the case."""

from datetime import date, datetime

from onroll.domain.casework.responsibility import AUTHORITY
from onroll.domain.casework.states import State
from onroll.domain.duties.facts import Provider
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal, Refused
from onroll.records.base import need_pen
from onroll.records.cases.models import Arrangement, Case


def arrange(
    case: Case,
    provider: Provider,
    *,
    from_on: date,
    by_id: int | None,
    at: datetime,
    provided_by: str = "",
    checks_role: Role | None = Role.SAFEGUARDING_LEAD,
    decides: str = "",
    decides_on: date | None = None,
) -> Arrangement:
    """Record an arrangement that stands from `from_on` on; the earlier ones stay as they were.

    `decides` is a role or AUTHORITY; left out, it is who usually does: the authority once it has been asked.
    """
    need_pen("Arrangement")
    if from_on < case.opened_on:
        raise Refusal(
            Refused.INVALID, "This is before the case was opened. Enter a day since then, or the day itself."
        )
    return Arrangement.objects.create(
        case=case,
        provider=provider.value,
        provided_by=provided_by,
        checks_role=checks_role.value if checks_role else "",
        decides=decides or _usually(case, provider),
        decides_on=decides_on,
        happened_on=from_on,
        recorded_at=at,
        recorded_by_id=by_id,
    )


def arrangement_of(case_id: int) -> Arrangement | None:
    """The arrangement that was recorded to begin last."""
    return Arrangement.objects.standing().filter(case_id=case_id).order_by("happened_on", "id").last()


def _usually(case: Case, provider: Provider) -> str:
    asked = provider is Provider.AUTHORITY or case.state == State.REFERRED.value
    return AUTHORITY if asked else Role.PROGRESS_LEADER.value
