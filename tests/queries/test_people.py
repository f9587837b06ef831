"""Who an actor is, and what the lists of people cost."""

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from onroll.actions.people.ending import end_access
from onroll.actions.people.invite import invite
from onroll.domain.people import Grant
from onroll.domain.permissions import Permission, Role
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries import invitations, staff
from onroll.queries.appointments import held, version_of
from onroll.queries.people import actor_of
from onroll.queries.staff import Person
from onroll.records.base import pen
from onroll.records.people.models import Appointment
from tests.support.cast import NOW, a_person, a_school
from tests.support.staff import House, a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return a_house()


def one(house: House, person) -> Person:
    return staff.person(house.school.pk, person.pk)


def test_an_actor_is_read_in_two_queries_at_the_most(house, django_assert_max_num_queries):
    with pen():
        for number in range(3):
            post = Appointment.objects.create(
                user=house.leader,
                school=a_school(f"School {number}"),
                role=Role.PASTORAL_MANAGER,
                began_at=NOW,
            )
            post.year_groups.set(post.school.year_groups.all()[:2])
    with django_assert_max_num_queries(2):
        found = actor_of(house.leader.pk, house.leader.name)
    assert len(found.posts) == 4
    assert [len(post.year_group_ids) for post in found.posts] == [1, 2, 2, 2]
    assert [school.name for school in found.schools] == [
        "Elm Grove School",
        "School 0",
        "School 1",
        "School 2",
    ]


def test_a_role_that_has_ended_gives_nothing(house):
    with pen():
        Appointment.objects.filter(user=house.leader).update(ended_at=NOW)
    found = actor_of(house.leader.pk, house.leader.name)
    assert (found.posts, found.schools) == ((), ())
    assert not found.may(Permission.WATCH_SEE, house.school.pk)


def test_a_list_of_people_costs_the_same_however_long(house, django_assert_num_queries):
    for _ in range(20):
        a_person(house.school, Role.TEACHER)
    ids = staff.people_ids(house.school.pk)
    assert len(ids) == 24
    with django_assert_num_queries(4):
        assert len(staff.people(house.school.pk, ids)) == 24


@pytest.mark.parametrize("kind", ["totp", "webauthn"])
def test_an_app_or_a_passkey_is_a_second_step(house, kind):
    assert not one(house, house.leader).has_second_step
    Authenticator.objects.create(user=house.leader, type=kind, data={})
    assert one(house, house.leader).has_second_step
    assert staff.has_second_factor(house.leader.pk)


def test_recovery_codes_alone_are_no_second_step(house):
    Authenticator.objects.create(user=house.leader, type="recovery_codes", data={})
    assert not one(house, house.leader).has_second_step
    assert not staff.has_second_factor(house.leader.pk)


def test_a_person_shows_only_the_roles_held_at_this_school(house):
    with pen():
        Appointment.objects.create(
            user=house.leader, school=house.elsewhere, role=Role.HEADTEACHER, began_at=NOW
        )
    assert [role.words for role in one(house, house.leader).roles] == ["Progress Leader (Year 9)"]


@pytest.mark.parametrize("who", ["stranger", "leaver"])
def test_a_person_without_access_does_not_exist(house, who):
    person = house.stranger if who == "stranger" else house.governor
    if who == "leaver":
        end_access(
            house.by, house.school.pk, person.pk, seen=version_of(held(house.school.pk, person.pk)), at=NOW
        )
    with pytest.raises(Refusal) as refused:
        one(house, person)
    assert refused.value.kind is Refused.NOT_FOUND


def test_the_lists_are_counted_as_they_are_shown(house):
    governor = house.governor.pk
    end_access(house.by, house.school.pk, governor, seen=version_of(held(house.school.pk, governor)), at=NOW)
    facts = {"name": "Noor Amin", "email": "noor@school.example", "grants": (Grant(Role.CLERK),)}
    invite(house.by, house.school.pk, **facts, at=timezone.now())
    counts = staff.counts(house.school.pk)
    assert (
        (counts.people, counts.invited, counts.ended)
        == (
            len(staff.people_ids(house.school.pk)),
            len(invitations.invited(house.school.pk, at=timezone.now())),
            len(staff.ended_ids(house.school.pk)),
        )
        == (3, 1, 1)
    )


def test_a_list_of_invitations_costs_the_same_however_long(house, django_assert_num_queries):
    for number in range(5):
        facts = {"name": "Noor Amin", "email": f"noor{number}@school.example", "grants": (Grant(Role.CLERK),)}
        invite(house.by, house.school.pk, **facts, at=timezone.now())
    with django_assert_num_queries(3):
        assert len(invitations.invited(house.school.pk, at=timezone.now())) == 5
