"""Changing roles: nothing is overwritten, nobody is locked out, no stale page wins."""

from datetime import timedelta

import pytest

from onroll.actions.people.roles import change_roles
from onroll.domain.people import Grant
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries.appointments import held, version_of
from onroll.records.ledger.models import LedgerRow
from onroll.records.people.models import Appointment
from tests.support.cast import NOW, actor

LATER = NOW + timedelta(hours=1)


def change(house, person, *grants, by=None, seen=None):
    version = version_of(held(house.school.pk, person.pk)) if seen is None else seen
    change_roles(by or house.by, house.school.pk, person.pk, grants=grants, seen=version, at=LATER)


def roles_of(person):
    return {(post.role, post.year_group_ids) for post in actor(person).posts}


def test_a_role_that_stays_goes_on_and_the_others_end_and_begin(house):
    year_9 = frozenset({house.year("9").pk})
    kept = Appointment.objects.get(user=house.leader)
    change(house, house.leader, Grant(Role.PROGRESS_LEADER, year_9), Grant(Role.TEACHER))
    assert roles_of(house.leader) == {(Role.PROGRESS_LEADER, year_9), (Role.TEACHER, frozenset())}
    kept.refresh_from_db()
    assert kept.ended_at is None
    assert Appointment.objects.get(user=house.leader, role=Role.TEACHER).began_at == LATER


def test_other_year_groups_end_the_role_and_begin_it_anew(house):
    year_10 = frozenset({house.year("10").pk})
    change(house, house.leader, Grant(Role.PROGRESS_LEADER, year_10))
    assert roles_of(house.leader) == {(Role.PROGRESS_LEADER, year_10)}
    past = Appointment.objects.get(user=house.leader, ended_at=LATER)
    assert [group.code for group in past.year_groups.all()] == ["9"]


def test_the_ledger_tells_what_ended_and_what_began(house):
    change(house, house.governor, Grant(Role.CLERK))
    row = LedgerRow.objects.get()
    assert (row.verb, row.subject) == ("roles-changed", f"user:{house.governor.pk}")
    assert row.detail == '{"began":["clerk"],"ended":["governor"]}'


def test_saving_the_same_roles_changes_nothing(house):
    change(house, house.governor, Grant(Role.GOVERNOR))
    assert not LedgerRow.objects.exists()


def test_a_page_that_is_no_longer_true_changes_nothing(house):
    stale = version_of(held(house.school.pk, house.governor.pk))
    change(house, house.governor, Grant(Role.CLERK))
    with pytest.raises(Refusal) as refused:
        change(house, house.governor, Grant(Role.TEACHER), seen=stale)
    assert refused.value.kind is Refused.STALE
    assert roles_of(house.governor) == {(Role.CLERK, frozenset())}


def test_the_last_administrator_stays_one(house):
    change(house, house.other_admin, Grant(Role.CLERK))
    with pytest.raises(Refusal, match="your own"):
        change(house, house.admin, Grant(Role.CLERK))


def test_two_administrators_cannot_remove_each_other(house):
    """Both opened the page while both were administrators."""
    one, two = actor(house.admin), actor(house.other_admin)
    change(house, house.other_admin, Grant(Role.CLERK), by=one)
    with pytest.raises(Refusal) as refused:
        change(house, house.admin, Grant(Role.CLERK), by=two)
    assert refused.value.kind is Refused.NOT_ALLOWED
    assert roles_of(house.admin) == {(Role.ADMINISTRATOR, frozenset())}


def test_an_administrator_does_not_let_themselves_see_pupils(house):
    with pytest.raises(Refusal, match="sees pupils"):
        change(house, house.admin, Grant(Role.ADMINISTRATOR), Grant(Role.HEADTEACHER))
    change(
        house, house.admin, Grant(Role.ADMINISTRATOR), Grant(Role.HEADTEACHER), by=actor(house.other_admin)
    )
    assert (Role.HEADTEACHER, frozenset()) in roles_of(house.admin)


@pytest.mark.parametrize(
    ("by", "kind"),
    [("leader", Refused.NOT_ALLOWED), ("stranger", Refused.NOT_FOUND)],
    ids=["a colleague", "an administrator elsewhere"],
)
def test_only_an_administrator_of_the_school_changes_roles(house, by, kind):
    with pytest.raises(Refusal) as refused:
        change(house, house.governor, Grant(Role.CLERK), by=actor(getattr(house, by)))
    assert refused.value.kind is kind
    change(house, house.governor, Grant(Role.CLERK))


def test_a_person_of_another_school_does_not_exist(house):
    with pytest.raises(Refusal) as refused:
        change(house, house.stranger, Grant(Role.CLERK), seen="")
    assert refused.value.kind is Refused.NOT_FOUND
    assert actor(house.stranger).school_ids() == (house.elsewhere.pk,)


def test_all_roles_cannot_be_taken_here(house):
    with pytest.raises(Refusal, match="at least one role"):
        change(house, house.governor)


@pytest.mark.parametrize("years", [("9", "10"), ("10",), ()], ids=["one more", "another", "every"])
def test_an_administrator_does_not_let_themselves_see_more_year_groups(house, years):
    leads = Grant(Role.PROGRESS_LEADER, frozenset({house.year("9").pk}))
    change(house, house.other_admin, Grant(Role.ADMINISTRATOR), leads)
    wider = Grant(Role.PROGRESS_LEADER, frozenset(house.year(code).pk for code in years))
    with pytest.raises(Refusal, match="see more year groups"):
        change(house, house.other_admin, Grant(Role.ADMINISTRATOR), wider, by=actor(house.other_admin))
    change(house, house.other_admin, Grant(Role.ADMINISTRATOR), wider)  # another administrator may
    assert roles_of(house.other_admin) >= {(Role.PROGRESS_LEADER, wider.year_group_ids)}


def test_an_administrator_may_see_fewer_year_groups(house):
    every = Grant(Role.PROGRESS_LEADER)
    change(house, house.other_admin, Grant(Role.ADMINISTRATOR), every)
    fewer = Grant(Role.PROGRESS_LEADER, frozenset({house.year("9").pk}))
    change(house, house.other_admin, Grant(Role.ADMINISTRATOR), fewer, by=actor(house.other_admin))
    assert (Role.PROGRESS_LEADER, fewer.year_group_ids) in roles_of(house.other_admin)
