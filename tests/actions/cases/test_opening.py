"""Opening a case: what is written, whom it is about, and what is refused."""

from datetime import date, timedelta

import pytest
from django.db import connection

from onroll.actions.cases.opening import open_case
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal
from onroll.records.base import pen
from onroll.records.cases.models import Arrangement, Case, CaseMove, Member
from onroll.records.ledger.models import LedgerRow
from onroll.records.people.models import User
from onroll.records.pupils.models import Death, Pupil
from onroll.records.schools.models import School
from tests.support.cast import NOW, a_case, a_person, a_pupil, a_school, actor

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = NOW.date()


@pytest.fixture
def school() -> School:
    return a_school()


@pytest.fixture
def robin(school: School) -> Pupil:
    return a_pupil(school, year=9)


def opened(by: User, pupil: Pupil, **given: object) -> Case:
    given = {"reason": "Ill since the half-term", "opened_on": TODAY, "on": TODAY, "at": NOW} | given
    return Case.objects.get(pk=open_case(actor(by), pupil.school_id, pupil.pk, **given))


def years(school: School, *codes: str):
    return school.year_groups.filter(code__in=codes)


def test_a_case_begins_with_a_concern_and_the_school_providing(school, robin):
    amina = a_person(school, Role.PROGRESS_LEADER, year_groups=years(school, "9"))
    case = opened(amina, robin, need="Recovering from an operation", opened_on=date(2026, 11, 20))
    assert (case.state, case.opened_on, case.recorded_by_id, case.need) == (
        "concern", date(2026, 11, 20), amina.pk, "Recovering from an operation",
    )  # fmt: skip
    move, arrangement = CaseMove.objects.get(case=case), Arrangement.objects.get(case=case)
    assert (move.move, move.from_state, move.to_state, move.reason) == (
        "open", "", "concern", "Ill since the half-term",
    )  # fmt: skip
    assert (arrangement.provider, arrangement.happened_on) == ("school", case.opened_on)
    assert (arrangement.checks_role, arrangement.decides) == ("safeguarding-lead", "progress-leader")


def test_the_usual_team_is_there_from_the_start(school, robin):
    own = a_person(school, Role.PROGRESS_LEADER, year_groups=years(school, "9", "10"))
    a_person(school, Role.PROGRESS_LEADER, year_groups=years(school, "7"))
    a_person(school, Role.PROGRESS_LEADER, name="Leads them all")
    lead, senco = a_person(school, Role.SAFEGUARDING_LEAD), a_person(school, Role.SENCO)
    a_person(school, Role.PASTORAL_MANAGER), a_person(a_school(), Role.SENCO)
    case = opened(own, robin)
    assert set(Member.objects.filter(case=case).values_list("user_id", "role")) == {
        (own.pk, "progress-leader"), (lead.pk, "safeguarding-lead"), (senco.pk, "senco"),
    }  # fmt: skip


def test_where_no_leader_has_the_year_those_of_the_whole_school_are_usual(school, robin):
    everybody = a_person(school, Role.PROGRESS_LEADER)
    case = opened(everybody, robin)
    assert Member.objects.get(case=case).user_id == everybody.pk


def test_another_team_can_be_chosen_among_those_who_may_be_on_it(school, robin):
    head, manager = a_person(school, Role.HEADTEACHER), a_person(school, Role.PASTORAL_MANAGER)
    a_person(school, Role.SENCO)
    case = opened(head, robin, team=[(manager.pk, Role.PASTORAL_MANAGER)])
    assert Member.objects.get(case=case).user_id == manager.pk
    other = a_pupil(school)
    with pytest.raises(Refusal, match="no longer has that role"):
        opened(head, other, team=[(head.pk, Role.SENCO)])
    assert not Case.objects.filter(pupil=other).exists()


def test_a_case_may_come_before_any_absence(school, robin):
    case = opened(a_person(school, Role.SENCO), robin, expected_from=date(2027, 1, 11))
    assert case.expected_from == date(2027, 1, 11)
    assert LedgerRow.objects.get(verb="case-opened").detail == '{"before_absence":"yes","state":"concern"}'


def test_a_pupil_has_one_open_case(school, robin):
    senco = a_person(school, Role.SENCO)
    a_case(robin)
    with pytest.raises(Refusal, match="has an open case already"):
        opened(senco, robin)
    assert Case.objects.count() == 1
    assert not LedgerRow.objects.filter(verb="case-opened").exists()


@pytest.mark.parametrize(("given", "says"), [
    pytest.param({"opened_on": TODAY + timedelta(days=1)}, "today at the latest", id="opened tomorrow"),
    pytest.param({"opened_on": TODAY - timedelta(days=367)}, "up to a year ago", id="opened too long ago"),
    pytest.param({"expected_from": TODAY}, "a day to come", id="expected today"),
])  # fmt: skip
def test_days_that_cannot_be(school, robin, given, says):
    with pytest.raises(Refusal, match=says):
        opened(a_person(school, Role.SENCO), robin, **given)
    assert not Case.objects.exists()


@pytest.mark.parametrize(("role", "years_of", "says"), [
    pytest.param(Role.TEACHER, "", "does not let you start a case", id="a teacher"),
    pytest.param(Role.PROGRESS_LEADER, "7", "does not exist", id="the leader of another year"),
    pytest.param(None, "", "does not exist", id="somebody of another school"),
])  # fmt: skip
def test_who_may_not_open_one(school, robin, role, years_of, says):
    who = (
        a_person(school, role, year_groups=years(school, years_of))
        if role
        else a_person(a_school(), Role.SENCO)
    )
    with pytest.raises(Refusal, match=says):
        opened(who, robin)
    assert opened(a_person(school, Role.ATTENDANCE_OFFICER), robin).pupil_id == robin.pk


def test_who_sees_nothing_medical_writes_nothing_medical(school, robin):
    officer = a_person(school, Role.ATTENDANCE_OFFICER)
    with pytest.raises(Refusal, match="does not let you see medical information"):
        opened(officer, robin, need="Asthma")


def test_no_case_is_opened_for_a_pupil_who_has_died(school, robin):
    with pen():
        Death.objects.create(pupil=robin, school=school, happened_on=TODAY, recorded_at=NOW)
    with pytest.raises(Refusal, match="No case can be opened"):
        opened(a_person(school, Role.HEADTEACHER), robin)


def test_what_was_written_of_health_is_encrypted_and_not_in_the_ledger(school, robin):
    case = opened(a_person(school, Role.SENCO), robin, reason="A plain reason", need="A plain need")
    with connection.cursor() as cursor:
        for model, column in ((Case, "need"), (CaseMove, "reason")):
            cursor.execute(f"SELECT {column} FROM {model._meta.db_table}")
            assert "plain" not in cursor.fetchone()[0]
    row = LedgerRow.objects.get(verb="case-opened")
    assert (row.subject, "plain" in row.detail) == (f"case:{case.pk}", False)
