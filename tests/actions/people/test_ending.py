"""Ending access, and giving it back."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from onroll.actions.people.ending import end_access, give_back
from onroll.actions.people.roles import change_roles
from onroll.actions.people.second_step import forget_second_step
from onroll.domain.people import Grant
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries.appointments import held, version_of
from onroll.records.base import pen
from onroll.records.people.models import Appointment, User
from onroll.records.people.sessions import SessionStore
from tests.support.cast import NOW, actor

LATER = NOW + timedelta(hours=1)


def end(house, person, by=None, seen=None, at=LATER):
    version = version_of(held(house.school.pk, person.pk)) if seen is None else seen
    end_access(by or house.by, house.school.pk, person.pk, seen=version, at=at)


def a_session(user) -> str:
    store = SessionStore()
    store.create()
    UserSession.objects.create(user=user, session_key=store.session_key, ip="127.0.0.1", user_agent="")
    return str(store.session_key)


def test_ended_access_ends_every_role_closes_the_account_and_its_sessions(house):
    key, other = a_session(house.leader), a_session(house.governor)
    end(house, house.leader)
    assert actor(house.leader).posts == ()
    assert not User.objects.get(pk=house.leader.pk).is_active
    assert set(Session.objects.values_list("session_key", flat=True)) == {other}
    assert key not in UserSession.objects.values_list("session_key", flat=True)


def test_whoever_works_at_another_school_keeps_account_and_session(house):
    with pen():
        Appointment.objects.create(user=house.leader, school=house.elsewhere, role=Role.SENCO, began_at=NOW)
    a_session(house.leader)
    end(house, house.leader)
    assert actor(house.leader).school_ids() == (house.elsewhere.pk,)
    assert User.objects.get(pk=house.leader.pk).is_active
    assert Session.objects.exists()


@pytest.mark.parametrize(
    ("who", "by", "words"),
    [
        pytest.param("admin", "admin", "your own access", id="one's own"),
        pytest.param("stranger", "admin", "does not exist", id="of somebody at another school"),
        pytest.param("governor", "leader", "Your role", id="by a colleague"),
        pytest.param("governor", "stranger", "does not exist", id="by an administrator elsewhere"),
    ],
)
def test_access_is_not_ended(house, who, by, words):
    with pytest.raises(Refusal, match=words):
        end(house, getattr(house, who), by=actor(getattr(house, by)))
    assert User.objects.filter(is_active=False).count() == 0


def test_the_last_administrator_cannot_be_removed(house):
    end(house, house.other_admin)
    # Somebody who manages people without being an administrator here would be refused too; only oneself is left.
    with pytest.raises(Refusal, match="your own access"):
        end(house, house.admin)
    with pytest.raises(Refusal) as refused:
        end(house, house.admin, by=actor(house.other_admin))
    assert refused.value.kind is Refused.NOT_FOUND


def test_a_page_that_is_no_longer_true_ends_nothing(house):
    stale = version_of(held(house.school.pk, house.governor.pk))
    change_roles(
        house.by, house.school.pk, house.governor.pk, grants=(Grant(Role.CLERK),), seen=stale, at=LATER
    )
    with pytest.raises(Refusal) as refused:
        end(house, house.governor, seen=stale)
    assert refused.value.kind is Refused.STALE


def test_access_comes_back_as_it_was_when_it_ended(house):
    """A role given up long before does not come back with it."""
    change_roles(
        house.by,
        house.school.pk,
        house.leader.pk,
        grants=(Grant(Role.PROGRESS_LEADER, frozenset({house.year("10").pk})), Grant(Role.TEACHER)),
        seen=version_of(held(house.school.pk, house.leader.pk)),
        at=LATER,
    )
    was = {(post.role, post.year_group_ids) for post in actor(house.leader).posts}
    end(house, house.leader, at=LATER + timedelta(days=1))
    give_back(house.by, house.school.pk, house.leader.pk, at=LATER + timedelta(days=2))
    assert {(post.role, post.year_group_ids) for post in actor(house.leader).posts} == was
    assert User.objects.get(pk=house.leader.pk).is_active


def test_access_is_given_back_once(house):
    end(house, house.leader)
    give_back(house.by, house.school.pk, house.leader.pk, at=LATER)
    with pytest.raises(Refusal, match="has access already"):
        give_back(house.by, house.school.pk, house.leader.pk, at=LATER)


def test_what_was_never_ended_cannot_be_given_back(house):
    for person in (house.governor, house.stranger):
        with pytest.raises(Refusal) as refused:
            give_back(house.by, house.school.pk, person.pk, at=LATER)
        assert refused.value.kind is Refused.NOT_FOUND


def a_second_step(user):
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "sealed"})


def test_a_lost_second_step_is_forgotten_and_every_session_ends(house):
    a_second_step(house.leader)
    a_second_step(house.governor)
    a_session(house.leader)
    forget_second_step(house.by, house.school.pk, house.leader.pk, at=LATER)
    assert list(Authenticator.objects.values_list("user_id", flat=True)) == [house.governor.pk]
    assert not Session.objects.exists()


def test_the_second_step_of_somebody_who_also_works_elsewhere_stays(house):
    with pen():
        Appointment.objects.create(user=house.leader, school=house.elsewhere, role=Role.SENCO, began_at=NOW)
    a_second_step(house.leader)
    with pytest.raises(Refusal, match="another school"):
        forget_second_step(house.by, house.school.pk, house.leader.pk, at=LATER)
    assert Authenticator.objects.exists()


def test_nobody_forgets_their_own_second_step(house):
    a_second_step(house.admin)
    with pytest.raises(Refusal, match="your own"):
        forget_second_step(house.by, house.school.pk, house.admin.pk, at=LATER)
