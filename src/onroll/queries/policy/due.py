"""When the next review of a school's policy is due, and who keeps it."""

from dataclasses import dataclass
from datetime import date

from onroll.domain.packs.pack import Pack
from onroll.domain.permissions import Role
from onroll.queries.packs import stack_of
from onroll.queries.policy.kept import register
from onroll.records.people.models import Appointment

_DUTIES = ("policy-reviewed", "policy-approved")
_ROLES = frozenset({Role.DEPUTY_HEAD, Role.CLERK})  # where the pack names nobody


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """The next review, and the people who see to it and to its approval."""

    on: date
    title: str
    keepers: tuple[int, ...]


def review_due(school_id: int, on: date) -> ReviewDue | None:
    """The next review by the register, or else by the policy's own words. None: no policy, or no date."""
    own = next((pack for pack in stack_of(school_id, on).packs if pack.layer == "school"), None)
    if own is None:
        return None
    due_on = register(school_id).next_due_on or own.next_due_on
    return ReviewDue(due_on, own.title, _keepers(school_id, own)) if due_on else None


def _keepers(school_id: int, pack: Pack) -> tuple[int, ...]:
    roles = {duty.holder for duty in pack.duties if duty.evaluator in _DUTIES} or _ROLES
    here = Appointment.objects.filter(
        school_id=school_id, ended_at=None, user__is_active=True, role__in=[role.value for role in roles]
    )
    return tuple(here.order_by("user_id").values_list("user_id", flat=True).distinct())
