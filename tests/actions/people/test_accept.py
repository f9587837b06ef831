"""Following an invitation: once, in time, and by whom it is for."""

from datetime import timedelta

import pytest

from onroll.actions.people.accept import accept_as_known, accept_as_new
from onroll.actions.people.ending import end_access
from onroll.actions.people.invite import invite, resend, withdraw
from onroll.domain.people import Grant
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries.appointments import held, version_of
from onroll.records.ledger.models import LedgerRow
from onroll.records.people.models import Appointment, User
from tests.support.cast import NOW, actor

PASSWORD = "four words that differ"


@pytest.fixture
def sent(house):
    grants = (Grant(Role.PROGRESS_LEADER, frozenset({house.year("8").pk})), Grant(Role.CLERK))
    return invite(
        house.by, house.school.pk, name="Noor Amin", email="noor@school.example", grants=grants, at=NOW
    )


def test_a_new_person_gets_an_account_and_the_invited_roles(house, sent):
    joined = accept_as_new(sent.token, password=PASSWORD, at=NOW)
    user = User.objects.get(email="noor@school.example")
    assert joined.urn == house.school.urn
    assert (user.name, user.check_password(PASSWORD)) == ("Noor Amin", True)
    posts = actor(user).posts
    assert [(post.role, post.year_group_ids) for post in posts] == [
        (Role.PROGRESS_LEADER, {house.year("8").pk}),
        (Role.CLERK, frozenset()),
    ]


def test_the_password_is_nowhere_in_the_ledger(house, sent):
    accept_as_new(sent.token, password=PASSWORD, at=NOW)
    row = LedgerRow.objects.order_by("number").last()
    assert row.verb == "invitation-accepted"
    assert PASSWORD not in row.detail
    assert "noor" not in row.detail


def test_a_link_works_once(sent):
    accept_as_new(sent.token, password=PASSWORD, at=NOW)
    with pytest.raises(Refusal, match="can no longer be used"):
        accept_as_new(sent.token, password="another long password", at=NOW)
    assert User.objects.get(email="noor@school.example").check_password(PASSWORD)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(
            lambda house, sent: withdraw(house.by, house.school.pk, sent.id, at=NOW), id="withdrawn"
        ),
        pytest.param(
            lambda house, sent: resend(house.by, house.school.pk, sent.id, at=NOW + timedelta(1)),
            id="sent again",
        ),
    ],
)
def test_an_older_link_opens_nothing(house, sent, spoil):
    spoil(house, sent)
    with pytest.raises(Refusal):
        accept_as_new(sent.token, password=PASSWORD, at=NOW)
    assert not User.objects.filter(email="noor@school.example").exists()


def test_a_link_ends_after_seven_days(sent):
    with pytest.raises(Refusal, match="can no longer be used"):
        accept_as_new(sent.token, password=PASSWORD, at=NOW + timedelta(days=7))
    assert accept_as_new(sent.token, password=PASSWORD, at=NOW + timedelta(days=7, seconds=-1))


def test_a_guessed_link_does_not_exist(house):
    with pytest.raises(Refusal) as refused:
        accept_as_new("x" * 43, password=PASSWORD, at=NOW)
    assert refused.value.kind is Refused.NOT_FOUND


@pytest.fixture
def sent_elsewhere(house):
    """The stranger's administrator invites our Progress Leader to the other school."""
    return invite(
        actor(house.stranger),
        house.elsewhere.pk,
        name="Carys Webb",
        email=house.leader.email,
        grants=(Grant(Role.SENCO),),
        at=NOW,
    )


def test_an_account_that_is_in_use_is_not_taken_over_by_a_link(house, sent_elsewhere):
    with pytest.raises(Refusal, match="an account already"):
        accept_as_new(sent_elsewhere.token, password=PASSWORD, at=NOW)
    assert not User.objects.get(pk=house.leader.pk).check_password(PASSWORD)


def test_a_known_person_adds_the_school_to_their_account(house, sent_elsewhere):
    accept_as_known(sent_elsewhere.token, user_id=house.leader.pk, at=NOW)
    assert {(post.school_id, post.role) for post in actor(house.leader).posts} == {
        (house.school.pk, Role.PROGRESS_LEADER),
        (house.elsewhere.pk, Role.SENCO),
    }


def test_an_invitation_for_somebody_else_adds_nothing(house, sent_elsewhere):
    with pytest.raises(Refusal, match="somebody else"):
        accept_as_known(sent_elsewhere.token, user_id=house.governor.pk, at=NOW)
    assert actor(house.governor).school_ids() == (house.school.pk,)


def test_a_role_that_is_held_already_goes_on(house, sent_elsewhere):
    accept_as_known(sent_elsewhere.token, user_id=house.leader.pk, at=NOW)
    assert Appointment.objects.filter(user=house.leader, school=house.elsewhere).count() == 1


def test_a_closed_account_is_opened_again_by_an_invitation_from_elsewhere(house):
    version = version_of(held(house.school.pk, house.leader.pk))
    end_access(house.by, house.school.pk, house.leader.pk, seen=version, at=NOW)
    again = invite(
        actor(house.stranger),
        house.elsewhere.pk,
        name="Carys Webb-Hill",
        email=house.leader.email,
        grants=(Grant(Role.SENCO),),
        at=NOW,
    )
    accept_as_new(again.token, password=PASSWORD, at=NOW)
    user = User.objects.get(pk=house.leader.pk)
    assert (user.is_active, user.name, user.check_password(PASSWORD)) == (True, "Carys Webb-Hill", True)
    assert actor(user).school_ids() == (house.elsewhere.pk,)  # the first school did not give its roles back
