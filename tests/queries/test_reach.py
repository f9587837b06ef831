"""A role limited to year groups opens nothing of a child in another, whatever else somebody is at the school."""

from datetime import date

import pytest

from onroll.domain.permissions import Permission, Role
from onroll.queries.reach import reaching
from onroll.records.base import pen
from onroll.records.people.models import Appointment
from tests.support.cast import NOW, a_case, a_member, a_person, a_pupil, a_school, actor

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def school():
    return a_school()


@pytest.fixture
def case(school):
    """Of Year 9."""
    return a_case(a_pupil(school, year=9))


def somebody(school, *whole: Role, leads: str = ""):
    """Holds these roles for the whole school, and leads one year group."""
    person = a_person(school, *whole)
    if leads:
        with pen():
            post = Appointment.objects.create(
                user=person, school=school, role=Role.PROGRESS_LEADER, began_at=NOW
            )
            post.year_groups.set([school.year_groups.get(code=leads)])
    return person


@pytest.mark.parametrize(
    ("whole", "leads", "reads"),
    [
        pytest.param((Role.ATTENDANCE_OFFICER,), "10", False, id="leads another year"),
        pytest.param((Role.ATTENDANCE_OFFICER,), "9", True, id="leads the child's year"),
        pytest.param((Role.SENCO,), "10", True, id="reads it for the whole school anyway"),
        pytest.param((Role.ATTENDANCE_OFFICER,), "", False, id="leads no year"),
    ],
)
@pytest.mark.parametrize("about", ["case", "pupil"])
def test_what_a_role_may_do_it_may_do_where_it_reaches(school, case, whole, leads, reads, about):
    asked = {"case_id": case.pk} if about == "case" else {"pupil_id": case.pupil_id}
    found = reaching(actor(somebody(school, *whole, leads=leads)), school.urn, TODAY, **asked)
    assert found.may(Permission.MEDICAL_SEE, school.pk) is reads
    assert found.may(Permission.CASE_SEE, school.pk)


@pytest.mark.parametrize("as_deputy", [False, True], ids=["a member", "a deputy"])
def test_whoever_is_on_the_team_keeps_the_role(school, case, as_deputy):
    person = somebody(school, Role.ATTENDANCE_OFFICER, leads="10")
    if as_deputy:
        a_member(case, a_person(school, Role.PROGRESS_LEADER), deputy=person)
    else:
        a_member(case, person)
    assert reaching(actor(person), school.urn, TODAY, case_id=case.pk).may(Permission.MEDICAL_SEE, school.pk)


@pytest.mark.parametrize(
    ("whole", "leads"),
    [((Role.SENCO,), ""), ((), "10"), ((Role.DEPUTY_HEAD,), "10")],
    ids=["one role", "one limited role", "a role that may do all of it"],
)
def test_most_people_cost_no_query(school, case, whole, leads, django_assert_num_queries):
    who = actor(somebody(school, *whole, leads=leads))
    with django_assert_num_queries(0):
        assert reaching(who, school.urn, TODAY, case_id=case.pk) is who


def test_what_somebody_is_at_another_school_changes_nothing(school, case):
    person = somebody(school, Role.ATTENDANCE_OFFICER, leads="10")
    elsewhere = a_school("Far Hill School")
    with pen():
        Appointment.objects.create(user=person, school=elsewhere, role=Role.SENCO, began_at=NOW)
    found = reaching(actor(person), school.urn, TODAY, case_id=case.pk)
    assert not found.may(Permission.MEDICAL_SEE, school.pk)
    assert found.may(Permission.MEDICAL_SEE, elsewhere.pk)
