"""The facts of schools themselves."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Count, Min

from onroll.domain.duties.facts import Checked, Dated, Officer, PolicyStep, SchoolFacts
from onroll.domain.schoolcalendar import SchoolCalendar
from onroll.queries.calendars import calendars_of_schools
from onroll.queries.facts.staff import away_of, staff_of
from onroll.queries.facts.when import When
from onroll.records.cases.models import Case
from onroll.records.policies import models as rows

_NO_CALENDAR = SchoolCalendar(())
Ids = Collection[int]


def school_facts(school_ids: Ids, *, on: date, known_at: datetime | None = None) -> dict[int, SchoolFacts]:
    """The facts of these schools. A school in which no policy pack applied by then is left out."""
    when = When(on, known_at)
    since = _since(school_ids, when)
    calendars = calendars_of_schools(since, known_at=known_at)
    staff = staff_of(since, away_of(since, when), when)
    officers, steps = _officers(since, when), _steps(since, when)
    briefings, (signed, months) = _briefings(since, when), _monitorings(since, when)
    guidance, linked = _guidance(since, when), _linked(since, when)
    cases = _open_cases(since, when)
    return {
        school_id: SchoolFacts(
            school_id=school_id,
            calendar=calendars[school_id].get(None) or _NO_CALENDAR,
            since=from_on,
            officer=officers.get(school_id),
            briefings=tuple(briefings[school_id]),
            monitorings=tuple(signed[school_id]),
            monitored_months=frozenset(months[school_id]),
            steps=tuple(steps[school_id]),
            guidance=tuple(guidance[school_id]),
            linked=tuple(linked[school_id]),
            open_cases=cases.get(school_id, 0),
            roles=staff[school_id].all,
            staff=staff[school_id].ids,
        )
        for school_id, from_on in since.items()
    }


def _since(school_ids: Ids, when: When) -> dict[int, date]:
    """From when any policy pack applies. What stood before a pack was told of is not asked."""
    packs = when.of(rows.PackInUse.objects.filter(school_id__in=school_ids, kind="policy"))
    return dict(packs.order_by().values_list("school_id").annotate(Min("happened_on")))


def _officers(school_ids: Ids, when: When) -> dict[int, Officer]:
    found = {}
    known = when.of(rows.AuthorityOfficer.objects.filter(school_id__in=school_ids))
    for row in known.order_by("happened_on", "id"):
        held = {
            "name": row.name, "post": row.post, "service": row.service, "contact": row.phone or row.email
        }  # fmt: skip
        missing = tuple(part for part, words in held.items() if not words.strip())
        found[row.school_id] = Officer(row.pk, row.happened_on, missing)
    return found


def _steps(school_ids: Ids, when: When) -> dict[int, list[PolicyStep]]:
    found: dict[int, list[PolicyStep]] = defaultdict(list)
    known = when.of(rows.PolicyStep.objects.filter(policy__school_id__in=school_ids))
    versions = rows.PolicyVersion.objects.as_known(when.known_at).filter(school_id__in=school_ids)
    for row in known.filter(policy__in=versions).select_related("policy").order_by("happened_on", "id"):
        found[row.policy.school_id].append(
            PolicyStep(
                id=row.pk,
                version=row.policy.version,
                step=row.step,
                on=row.happened_on,
                minuted=bool(row.minute.strip()),
                amendment_recorded=bool(row.policy.amendment.strip()),
                pack=row.policy.pack_slug,
                next_due_on=row.next_due_on,
            )
        )
    return found


def _briefings(school_ids: Ids, when: When) -> dict[int, list[Dated]]:
    found: dict[int, list[Dated]] = defaultdict(list)
    known = when.of(rows.Briefing.objects.filter(school_id__in=school_ids))
    for school_id, pk, on in known.order_by("happened_on", "id").values_list(
        "school_id", "id", "happened_on"
    ):
        found[school_id].append(Dated(pk, on))
    return found


def _monitorings(school_ids: Ids, when: When) -> tuple[dict[int, list[Dated]], dict[int, set[date]]]:
    signed: dict[int, list[Dated]] = defaultdict(list)
    months: dict[int, set[date]] = defaultdict(set)
    known = when.of(rows.Monitoring.objects.filter(school_id__in=school_ids))
    for school_id, pk, on, month in known.order_by("happened_on", "id").values_list(
        "school_id", "id", "happened_on", "month"
    ):
        signed[school_id].append(Dated(pk, on))
        months[school_id].add(month.replace(day=1))
    return signed, months


def _guidance(school_ids: Ids, when: When) -> dict[int, list[Checked]]:
    """Of each cited piece of guidance, the last look at it."""
    last: dict[tuple[int, str], Checked] = {}
    known = when.of(rows.GuidanceCheck.objects.filter(school_id__in=school_ids))
    for row in known.order_by("happened_on", "id"):
        held = row.current or bool(row.successor.strip())
        last[row.school_id, row.key] = Checked(row.pk, row.key, row.happened_on, held, current=row.current)
    return _by_school(last)


def _linked(school_ids: Ids, when: When) -> dict[int, list[Checked]]:
    """Of each linked policy, the last look at it."""
    last: dict[tuple[int, str], Checked] = {}
    known = when.of(rows.LinkedPolicy.objects.filter(school_id__in=school_ids))
    for row in known.order_by("happened_on", "id"):
        last[row.school_id, row.key] = Checked(row.pk, row.key, row.happened_on, row.held, row.review_due_on)
    return _by_school(last)


def _by_school(last: dict[tuple[int, str], Checked]) -> dict[int, list[Checked]]:
    found: dict[int, list[Checked]] = defaultdict(list)
    for (school_id, _), checked in last.items():
        found[school_id].append(checked)
    return found


def _open_cases(school_ids: Ids, when: When) -> dict[int, int]:
    """How many cases are open now; for the past, how many of them had been opened by then."""
    open_ones = Case.objects.filter(school_id__in=school_ids, closed_on=None, opened_on__lte=when.on)
    return dict(open_ones.order_by().values_list("school_id").annotate(Count("pk")))
