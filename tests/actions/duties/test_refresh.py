"""Findings are made again in the transaction of what changed; only those that changed are written."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onroll.actions.cases.changing import case_change, school_duty_change
from onroll.actions.change import change
from onroll.actions.duties.refresh import refresh_cases, refresh_school
from onroll.domain.permissions import Permission, Role
from onroll.domain.vocabulary import Refusal
from onroll.records.base import NoPen
from onroll.records.cases.models import ContactMade
from onroll.records.duties.models import Finding
from onroll.records.ledger.models import LedgerRow
from onroll.records.policies.models import AuthorityOfficer
from tests.support import cast, duties

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 11, 10)
LATER = cast.NOW + timedelta(days=1)


@pytest.fixture
def school():
    school = cast.a_school()
    duties.began(school)
    return school


@pytest.fixture
def leader(school):
    return cast.a_person(school, Role.PROGRESS_LEADER)


@pytest.fixture
def case(school, leader, monkeypatch):
    duties.use(monkeypatch, duties.a_pack())
    return cast.a_case(cast.a_pupil(school))


def refresh(*cases, on=TODAY, at=cast.NOW):
    with change(None, "swept", at):
        return refresh_cases([one.pk for one in cases], on=on, at=at)


def refresh_of(school, on=TODAY, at=cast.NOW):
    with change(None, "swept", at):
        return refresh_school(school.pk, on=on, at=at)


def record_contact(case, leader, *, on=TODAY, at=cast.NOW):
    """The shortest action there is: what every action of a case looks like."""
    with case_change(
        cast.actor(leader), case.school_id, case.pk, "contact-recorded", Permission.CASE_WORK, on=on, at=at
    ) as doing:
        ContactMade.objects.create(
            case=doing.case, made_by=leader, method="phone", with_parent=True, happened_on=on, recorded_at=at
        )


def test_every_duty_of_the_packs_gets_its_finding(case, leader):
    assert refresh(case).changed == 3
    assert duties.standing(case) == {
        "parents-first-contact": "due", "responsibilities-understood": "due", "kept-on-roll": "met",
    }  # fmt: skip
    row = Finding.objects.get(duty="parents-first-contact")
    assert (row.pack, row.version, row.paragraph, row.holder) == ("ours", "1", "3.a", "progress-leader")
    assert (row.due_on, row.held_by, row.found_on) == (date(2026, 11, 11), leader, TODAY)


def test_an_action_makes_the_findings_of_its_case_again_before_it_commits(case, leader):
    refresh(case)
    record_contact(case, leader, at=LATER)
    assert duties.standing(case)["parents-first-contact"] == "met"
    old, new = Finding.objects.filter(duty="parents-first-contact").order_by("pk")
    assert (old.status, old.until_at, new.found_at, new.until_at) == ("due", LATER, LATER, None)
    assert new.looked_at == [["contact", ContactMade.objects.get().pk]]


def test_a_finding_that_is_the_same_is_not_written(case):
    refresh(case)
    with CaptureQueriesContext(connection) as asked:
        assert refresh(case, on=TODAY + timedelta(days=1), at=LATER).changed == 0
    assert [
        one["sql"] for one in asked if one["sql"].startswith(("INSERT", "UPDATE")) and "finding" in one["sql"]
    ] == []
    assert {row.found_on for row in duties.rows_of(case)} == {TODAY}


def test_a_date_that_passed_makes_a_new_row_and_keeps_the_old(case):
    refresh(case)
    assert refresh(case, on=date(2026, 11, 12), at=LATER).changed == 2
    assert [row.status for row in duties.rows_of(case) if row.duty == "parents-first-contact"] == [
        "due",
        "overdue",
    ]


def test_when_the_holder_changes_the_finding_changes_hands(case, leader, school):
    refresh(case)
    other = cast.a_person(school, Role.PROGRESS_LEADER)
    cast.a_member(case, other)
    refresh(case, at=LATER)
    held = (
        Finding.objects.filter(duty="parents-first-contact").order_by("pk").values_list("held_by", flat=True)
    )
    assert list(held) == [leader.pk, other.pk]


def test_a_new_version_of_the_pack_makes_new_findings_and_old_ones_keep_theirs(case, monkeypatch):
    refresh(case)
    duties.use(monkeypatch, duties.a_pack(version="2", within_days=10))
    refresh(case, at=LATER)
    rows = Finding.objects.filter(duty="parents-first-contact").order_by("pk")
    assert [(row.version, row.due_on) for row in rows] == [
        ("1", date(2026, 11, 11)),
        ("2", date(2026, 11, 23)),
    ]


def test_a_pack_that_applies_no_more_ends_its_findings(case, monkeypatch):
    duties.use(monkeypatch, duties.a_pack(), duties.a_pack("nation"))
    assert refresh(case).changed == 6
    duties.use(monkeypatch, duties.a_pack())
    refresh(case, at=LATER)
    assert Finding.objects.filter(pack="nation", until_at=LATER).count() == 3
    assert len(duties.standing(case)) == 3


def test_the_schools_own_duties_are_made_again_apart(case, school):
    assert refresh_of(school).changed == 3
    assert duties.standing(school)["la-officer-known"] == "overdue"
    assert duties.standing(case) == {}
    head = cast.actor(cast.a_person(school, Role.DEPUTY_HEAD))
    with school_duty_change(head, school.pk, "officer-confirmed", Permission.POLICY_EDIT, on=TODAY, at=LATER):
        AuthorityOfficer.objects.create(
            school=school, name="A. N. Officer", post="Officer", service="Service", phone="1",
            happened_on=TODAY, recorded_at=LATER,
        )  # fmt: skip
    assert duties.standing(school)["la-officer-known"] == "met"


def test_a_refused_action_leaves_findings_and_ledger_as_they_were(case, leader):
    refresh(case)
    before = [(row.pk, row.until_at) for row in duties.rows_of(case)], LedgerRow.objects.count()
    with pytest.raises(Refusal):
        record_contact(case, cast.a_person(cast.a_school("Elsewhere"), Role.PROGRESS_LEADER))
    assert ([(row.pk, row.until_at) for row in duties.rows_of(case)], LedgerRow.objects.count()) == before


def test_nobody_types_a_finding(case):
    with pytest.raises(NoPen):
        refresh_cases([case.pk], on=TODAY, at=cast.NOW)
    with pytest.raises(NoPen):
        refresh_school(case.school_id, on=TODAY, at=cast.NOW)


def test_a_hundred_cases_cost_as_many_queries_as_twenty(school, leader, case):
    def cost(of):
        with CaptureQueriesContext(connection) as asked:
            refresh(*of, on=TODAY)
        return len(asked)

    few = [cast.a_case(cast.a_pupil(school)) for _ in range(20)]
    many = [cast.a_case(cast.a_pupil(school)) for _ in range(100)]
    assert cost(few) == cost(many) <= 26


def test_stored_findings_are_what_would_be_found_anew(case, school, leader):
    assert duties.differing(TODAY) != []
    refresh(case)
    refresh_of(school)
    assert duties.differing(TODAY) == []
