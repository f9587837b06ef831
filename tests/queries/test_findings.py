"""Findings as people read them: in the order of the packs, as at the day asked about, and for the past."""

from datetime import UTC, date, datetime, timedelta

import pytest

from onroll.actions.change import change
from onroll.actions.duties.refresh import refresh_cases, refresh_school
from onroll.domain.permissions import Permission, Role
from onroll.queries import doors, findings
from onroll.queries.packs import stack_of
from onroll.records.base import pen
from onroll.records.cases.models import ContactMade
from onroll.records.duties.models import Snooze
from onroll.records.schools.models import CalendarDay
from tests.support import cast
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db
MONDAY, TODAY = date(2026, 11, 9), date(2026, 11, 23)
OPENED = datetime(2026, 11, 9, 9, tzinfo=UTC)
LATER = cast.NOW + timedelta(days=2)


@pytest.fixture
def school():
    return with_policy(cast.a_school())


@pytest.fixture
def leader(school):
    return cast.a_person(school, Role.PROGRESS_LEADER, name="Kit Ashe")


@pytest.fixture
def case(school, leader):
    case = cast.a_case(cast.a_pupil(school), at=OPENED)
    with change(None, "swept", OPENED):
        refresh_cases([case.pk], on=MONDAY, at=OPENED)
        refresh_school(school.pk, on=MONDAY, at=OPENED)
    return case


@pytest.fixture
def seen(school, leader):
    return doors.school(cast.actor(leader), school.urn, Permission.CASE_SEE)


def one(found, duty):
    return next(finding for finding in found if finding.duty == duty)


def test_they_stand_in_the_order_of_the_packs_with_the_packs_words(case, seen, leader):
    found = findings.findings_of_case(seen, case.pk, MONDAY)
    assert [finding.duty for finding in found] == [
        "responsibilities-understood", "kept-on-roll", "parents-first-contact",
    ]  # fmt: skip
    spoken = one(found, "parents-first-contact")
    pack = stack_of(seen.id, MONDAY).pack(spoken.pack)
    assert (spoken.title, spoken.section) == (pack.duty(spoken.duty).title, pack.duty(spoken.duty).section)
    assert (spoken.holder, spoken.holder_words) == (Role.PROGRESS_LEADER, "Progress Leader")
    assert (spoken.held_by_id, spoken.held_by_name) == (leader.pk, "Kit Ashe")


def test_a_date_that_has_passed_is_overdue_before_any_sweep(case, seen):
    for on, status in ((date(2026, 11, 11), "due"), (date(2026, 11, 12), "overdue")):
        assert one(findings.findings_of_case(seen, case.pk, on), "parents-first-contact").status == status


def test_what_is_put_off_says_until_when(case, seen, school):
    spoken = one(findings.findings_of_case(seen, case.pk, MONDAY), "parents-first-contact")
    with pen():
        Snooze.objects.create(
            school=school, case=case, pack=spoken.pack, duty=spoken.duty, until_on=date(2026, 11, 13), reason="Away.",
            happened_on=MONDAY, recorded_at=OPENED,
        )  # fmt: skip
    until = [
        one(findings.findings_of_case(seen, case.pk, date(2026, 11, on)), spoken.duty).snoozed_until
        for on in (12, 13)
    ]
    assert until == [date(2026, 11, 13), None]


def test_the_schools_own_duties_are_apart(case, seen):
    found = findings.findings_of_school(seen, MONDAY)
    assert {"la-officer-known", "monitored", "policy-reviewed", "linked-policies"} <= {
        each.duty for each in found
    }
    assert all(each.case_id is None for each in found)


def test_another_schools_case_has_none(case, leader):
    other = cast.a_school("Oak Lane School")
    there = doors.school(
        cast.actor(cast.a_person(other, Role.PROGRESS_LEADER)), other.urn, Permission.CASE_SEE
    )
    assert findings.findings_of_case(there, case.pk, MONDAY) == ()
    assert findings.past(there, case.pk, MONDAY, None) == ()


def test_the_past_is_judged_by_what_was_known_then_or_is_known_now(case, seen, leader, school):
    with pen():
        CalendarDay.objects.update(recorded_at=OPENED)
        school.packs.update(recorded_at=OPENED)
        leader.appointments.update(began_at=OPENED)
        ContactMade.objects.create(
            case=case, made_by=leader, method="phone", with_parent=True, happened_on=date(2026, 11, 10),
            recorded_at=LATER,
        )  # fmt: skip
    then = findings.past(seen, case.pk, date(2026, 11, 12), cast.NOW)
    now = findings.past(seen, case.pk, date(2026, 11, 12), None)
    assert one(then, "parents-first-contact").status == "overdue"
    assert one(now, "parents-first-contact").status == "met"
    assert {each.id for each in (*then, *now)} == {0}
    assert one(then, "parents-first-contact").held_by_name == "Kit Ashe"


def test_duties_without_an_evaluator_are_told_apart(seen):
    missing = {duty.id for _, duty in findings.unrecorded(stack_of(seen.id, MONDAY))}
    assert "welfare-checks" in missing
    assert "parents-first-contact" not in missing


def test_a_case_costs_three_queries(case, seen, django_assert_num_queries):
    with django_assert_num_queries(3):
        findings.findings_of_case(seen, case.pk, TODAY)
