"""The policy register of a demonstration school, and how its cases stood in the weeks before. Everybody is invented."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

from onroll.domain.duties.finding import status_on
from onroll.domain.packs import Pack
from onroll.domain.permissions import Role
from onroll.domain.policy.dates import next_due
from onroll.queries.judged import judged_cases
from onroll.queries.packs import stack_of
from onroll.records.cases.models import Case
from onroll.records.duties.models import Tally
from onroll.records.people.models import Appointment
from onroll.records.policies.models import (
    AuthorityOfficer,
    Briefing,
    GuidanceCheck,
    LinkedPolicy,
    Monitoring,
    PolicyStep,
    PolicyVersion,
)
from onroll.records.schools.models import School

Moment = Callable[[date], datetime]
_WEEK = timedelta(days=7)


def keep_register(school: School, began: date, *, on: date, moment: Moment) -> None:
    """Write what a school like this would have on record by `on`: most of it done, some of it not.

    `began`: when Onroll came into use here; what is older was entered that day. Call inside a change.
    """
    pack = stack_of(school.pk, on).packs[0]
    staff = {
        post.role: post.user_id
        for post in Appointment.objects.filter(school=school).order_by("-pk").iterator()
    }
    clerk, deputy = staff.get(Role.CLERK.value), staff.get(Role.DEPUTY_HEAD.value)
    _versions(school, pack, began, clerk, moment)
    first_days = began + timedelta(days=33)
    if first_days > on:
        return
    kept = {"happened_on": first_days, "recorded_at": moment(first_days), "school": school}
    by_deputy, by_clerk = kept | {"recorded_by_id": deputy}, kept | {"recorded_by_id": clerk}
    AuthorityOfficer.objects.create(
        **by_deputy,
        name="Tamsin Oakley",
        post="Team manager",
        service="Medical needs service, Invented County",
        phone="01632 960555",
        email="medical.needs@invented.example",
    )
    briefing = Briefing.objects.create(
        **by_deputy, given_by="Esther Cole", covered="What an adjustment is, and who decides.", others=41
    )
    briefing.attended.set(set(staff.values()))
    for guidance in pack.guidance[:-1]:
        GuidanceCheck.objects.create(**by_deputy, key=guidance.key, current=True)
    for linked in pack.linked[:2]:
        LinkedPolicy.objects.create(
            **by_clerk,
            key=linked.key,
            held=True,
            dated_on=began - timedelta(days=200),
            review_due_on=began + timedelta(days=165),
        )
    _signed(school, began, on, deputy, moment)


def keep_trend(school: School, began: date, *, on: date) -> None:
    """Keep how the school's cases stood at each week's end since `began`, judged anew from what was known then."""
    cases = list(Case.objects.filter(school=school).values_list("pk", "opened_on", "closed_on"))
    day = began + _WEEK - timedelta(days=1)
    while day < on:
        open_then = [pk for pk, opened, closed in cases if opened <= day and (closed is None or closed > day)]
        counts = Counter(
            status_on(one.finding.status, one.finding.due_on, day).value
            for one in judged_cases(open_then, on=day)
        )
        Tally.objects.create(school=school, on=day, open_cases=len(open_then), counts=dict(counts))
        day += _WEEK


def _versions(school: School, pack: Pack, began: date, by_id: int | None, moment: Moment) -> None:
    """This year's version and last year's, approved and published, as the clerk entered them at the start."""
    approved_on = pack.approved_on or began
    kept = {"recorded_at": moment(began), "recorded_by_id": by_id}
    for version, day, amendment in (
        (str(approved_on.year - 1), next_due(approved_on, -12), "First version under this name."),
        (pack.version, approved_on, "An abbreviation is written out. Nothing else changes."),
    ):
        row = PolicyVersion.objects.create(
            school=school,
            version=version,
            amendment=amendment,
            pack_slug=pack.slug if version == pack.version else "",
            pack_version=pack.version if version == pack.version else "",
            happened_on=day,
            **kept,
        )
        PolicyStep.objects.create(
            policy=row, step="reviewed", happened_on=day - timedelta(days=20), note="", **kept
        )
        PolicyStep.objects.create(
            policy=row,
            step="approved",
            happened_on=day,
            meeting_on=day,
            minute=f"FGB {day:%Y}/07",
            next_due_on=next_due(day, 12),
            **kept,
        )
        PolicyStep.objects.create(policy=row, step="published", happened_on=day + timedelta(days=4), **kept)


def _signed(school: School, began: date, on: date, by_id: int | None, moment: Moment) -> None:
    """The monthly check, signed for every month but the last that is over: something is left to do."""
    month = next_due(began.replace(day=1), 1)
    while next_due(month, 2) <= on:
        signed_on = next_due(month, 1) - timedelta(days=1)
        Monitoring.objects.create(
            school=school,
            month=month,
            open_cases=Case.objects.filter(school=school, opened_on__lte=signed_on).count(),
            overdue=0,
            note="Every case was gone through with the Progress Leaders.",
            happened_on=signed_on,
            recorded_at=moment(signed_on),
            recorded_by_id=by_id,
        )
        month = next_due(month, 1)
