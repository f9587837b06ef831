"""Tell the Deputy Headteacher that a proposal may be off-rolling. The e-mail names no child."""

from datetime import datetime

from django.conf import settings

from onroll.actions.outbox.queueing import queue_message
from onroll.domain.outbox import Kind
from onroll.domain.permissions import Role
from onroll.records.cases.models import Case
from onroll.records.people.models import Appointment

_BODY = """A proposal that a pupil with an open case leaves the roll needs your look: the ground is a parent's notice.

Open the roll page of the case:
{base}/s/{urn}/cases/{case_id}/roll/

Onroll names no child in an e-mail.
"""


def tell_deputy_heads(case: Case, proposal_id: int, *, at: datetime) -> None:
    """Queue word of it to each Deputy Headteacher of the school, once a proposal. Inner function."""
    posts = Appointment.objects.filter(school_id=case.school_id, role=Role.DEPUTY_HEAD, ended_at=None)
    for user_id, urn in posts.values_list("user_id", "school__urn").distinct():
        queue_message(
            school_id=case.school_id,
            kind=Kind.ESCALATION,
            key=f"off-rolling:{proposal_id}:{user_id}",
            subject="A proposal in Onroll needs your look",
            body=_BODY.format(base=settings.ONROLL_BASE_URL.rstrip("/"), urn=urn, case_id=case.pk),
            to_id=user_id,
            pupil_id=case.pupil_id,
            at=at,
        )
