"""Invitations: who may send them, to whom, and what is stored."""

import re
from datetime import timedelta

import pytest

from onroll.actions.people.invite import invite, resend, withdraw
from onroll.domain.people import Grant
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal, Refused
from onroll.records.base import pen
from onroll.records.ledger.models import LedgerRow
from onroll.records.people.models import Appointment, Invitation
from onroll.records.people.tokens import digest_of
from onroll.records.work.models import Work
from tests.support.cast import NOW, actor

NEW = {"name": "Noor Amin", "email": "Noor.Amin@School.example"}


def send(house, by=None, **changes):
    facts = {**NEW, "grants": (Grant(Role.SENCO),), "at": NOW, **changes}
    return invite(by or house.by, house.school.pk, **facts)


def test_an_invitation_is_stored_without_its_token_and_its_email_is_queued(house):
    sent = send(house)
    row = Invitation.objects.get(pk=sent.id)
    assert row.email == "noor.amin@school.example"
    assert row.expires_at == NOW + timedelta(days=7)
    assert row.token_digest == digest_of(sent.token)
    assert sent.token not in str(list(Invitation.objects.values()))
    work = Work.objects.get()
    assert (work.kind, work.subject_id, work.school_id) == ("send-invitation", row.pk, house.school.pk)


def test_a_token_has_256_bits(house):
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", send(house).token)


def test_the_ledger_tells_of_an_invitation_without_name_or_address(house):
    send(house, grants=(Grant(Role.PROGRESS_LEADER, frozenset({house.year("9").pk})),))
    row = LedgerRow.objects.get()
    assert (row.verb, row.actor_id, row.school_id) == ("person-invited", house.admin.pk, house.school.pk)
    assert f"progress-leader:{house.year('9').pk}" in row.detail
    assert "noor" not in (row.detail + row.subject).lower()


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        pytest.param("leader", Refused.NOT_ALLOWED, id="a colleague without the permission"),
        pytest.param("stranger", Refused.NOT_FOUND, id="an administrator of another school"),
    ],
)
def test_only_an_administrator_of_the_school_invites(house, who, kind):
    with pytest.raises(Refusal) as refused:
        send(house, by=actor(getattr(house, who)))
    assert refused.value.kind is kind
    assert not Invitation.objects.exists()
    assert send(house).id


def test_an_administrator_whose_role_ended_a_moment_ago_invites_nobody(house):
    was = house.by
    with pen():
        Appointment.objects.filter(user=house.admin).update(ended_at=NOW)
    with pytest.raises(Refusal) as refused:
        send(house, by=was)
    assert refused.value.kind is Refused.NOT_ALLOWED


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"email": "no address"}, "e-mail address", id="an address that is none"),
        pytest.param({"grants": ()}, "at least one role", id="no role"),
        pytest.param({"grants": (Grant(Role.SENCO, frozenset({1})),)}, "whole school", id="a narrowed SENCO"),
        pytest.param(
            {"grants": (Grant(Role.PROGRESS_LEADER, frozenset({0})),)}, "this school", id="no year group"
        ),
    ],
)
def test_an_invitation_that_cannot_be_is_refused(house, changes, words):
    with pytest.raises(Refusal, match=words):
        send(house, **changes)
    assert not Work.objects.exists()


def test_a_year_group_of_another_school_cannot_be_given(house):
    theirs = house.elsewhere.year_groups.first()
    with pytest.raises(Refusal, match="this school"):
        send(house, grants=(Grant(Role.PROGRESS_LEADER, frozenset({theirs.pk})),))


def test_nobody_is_invited_twice_at_once(house):
    send(house)
    with pytest.raises(Refusal, match="invited already"):
        send(house, email="noor.amin@school.example")


def test_an_invitation_that_ran_out_makes_way_for_a_new_one(house):
    old = send(house)
    new = send(house, at=NOW + timedelta(days=8))
    assert Invitation.objects.get(pk=old.id).withdrawn_at is not None
    assert Invitation.objects.get(pk=new.id).withdrawn_at is None


def test_whoever_is_at_the_school_is_not_invited_to_it(house):
    with pytest.raises(Refusal, match="at the school already"):
        send(house, email=house.leader.email)


def test_whoever_is_at_another_school_can_be_invited(house):
    assert send(house, email=house.stranger.email).id


def test_sending_again_makes_a_new_link_with_seven_new_days(house):
    first = send(house)
    later = NOW + timedelta(days=2)
    second = resend(house.by, house.school.pk, first.id, at=later)
    row = Invitation.objects.get()
    assert first.token != second.token
    assert (row.token_digest, row.expires_at) == (digest_of(second.token), later + timedelta(days=7))
    assert Work.objects.count() == 2


def test_a_withdrawn_invitation_cannot_be_sent_or_withdrawn_again(house):
    sent = send(house)
    withdraw(house.by, house.school.pk, sent.id, at=NOW)
    for act in (resend, withdraw):
        with pytest.raises(Refusal, match="was withdrawn") as refused:
            act(house.by, house.school.pk, sent.id, at=NOW)
        assert refused.value.kind is Refused.CONFLICT


@pytest.mark.parametrize("act", [resend, withdraw], ids=["send again", "withdraw"])
def test_an_invitation_of_another_school_does_not_exist(house, act):
    sent = send(house)
    with pytest.raises(Refusal) as refused:
        act(actor(house.stranger), house.elsewhere.pk, sent.id, at=NOW)
    assert refused.value.kind is Refused.NOT_FOUND
