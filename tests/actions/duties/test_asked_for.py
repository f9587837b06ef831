"""What touches many cases asks the worker to judge the school again: a calendar, somebody's roles."""

from datetime import date, timedelta

import pytest

from onroll.actions.calendar.entries import add_entry
from onroll.actions.calendar.scope import Facts
from onroll.actions.change import change
from onroll.actions.duties.refresh import refresh_cases
from onroll.actions.people.accept import accept_as_known
from onroll.actions.people.ending import end_access, give_back
from onroll.actions.people.invite import invite
from onroll.actions.people.roles import change_roles
from onroll.domain.people import Grant
from onroll.domain.permissions import Role
from onroll.domain.schoolcalendar import Kind
from onroll.jobs.worker import work_once
from onroll.queries.appointments import held, version_of
from onroll.records.work.models import Work
from tests.support import cast, duties

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 11, 23)
LATER = cast.NOW + timedelta(hours=1)


@pytest.fixture
def school(monkeypatch):
    duties.use(monkeypatch, duties.a_pack())
    school = cast.a_school()
    cast.a_case(cast.a_pupil(school))
    return school


@pytest.fixture
def leader(school):
    return cast.a_person(school, Role.PROGRESS_LEADER)


@pytest.fixture
def administrator(school):
    return cast.actor(cast.a_person(school, Role.ADMINISTRATOR))


@pytest.fixture(autouse=True)
def _judged(school, leader):
    with change(None, "swept", cast.NOW):
        refresh_cases(school.cases.values_list("pk", flat=True), on=TODAY, at=cast.NOW)


def version(school, person):
    return version_of(held(school.pk, person.pk))


def a_closure(school, leader, administrator):
    facts = Facts(kind=Kind.CLOSURE, first=TODAY, last=TODAY, name="Snow")
    add_entry(administrator, school.pk, facts, at=LATER)


def other_roles(school, leader, administrator):
    change_roles(
        administrator, school.pk, leader.pk, grants=(Grant(Role.SENCO),), seen=version(school, leader), at=LATER
    )  # fmt: skip


def no_access(school, leader, administrator):
    end_access(administrator, school.pk, leader.pk, seen=version(school, leader), at=LATER)


def access_again(school, leader, administrator):
    no_access(school, leader, administrator)
    Work.objects.all().delete()
    give_back(administrator, school.pk, leader.pk, at=LATER)


def a_new_colleague(school, leader, administrator):
    joining, grants = cast.a_person(None), (Grant(Role.SENCO),)
    sent = invite(administrator, school.pk, name="Kit", email=joining.email, grants=grants, at=LATER)
    accept_as_known(sent.token, user_id=joining.pk, at=LATER)


@pytest.mark.parametrize(
    "act", [a_closure, other_roles, no_access, access_again, a_new_colleague], ids=lambda act: act.__name__
)
def test_it_asks_for_a_round_of_the_school(school, leader, administrator, act):
    act(school, leader, administrator)
    assert Work.objects.filter(kind="refresh-school", subject_id=school.pk).count() == 1


def test_a_rehearsal_asks_for_nothing(school, leader, administrator):
    facts = Facts(kind=Kind.CLOSURE, first=TODAY, last=TODAY, name="Snow")
    add_entry(administrator, school.pk, facts, at=LATER, rehearse=True)
    assert not Work.objects.exists()


def test_when_somebody_leaves_their_duties_pass_to_a_colleague(school, leader, administrator):
    (case,) = school.cases.all()
    colleague = cast.a_person(school, Role.PROGRESS_LEADER)
    assert {row.held_by_id for row in duties.rows_of(case)} == {leader.pk}
    no_access(school, leader, administrator)
    while work_once():
        pass
    assert {row.held_by_id for row in duties.rows_of(case) if row.until_at is None} == {colleague.pk}
