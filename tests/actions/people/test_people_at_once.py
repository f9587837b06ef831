"""Two administrators who act at the same moment cannot leave the school with none, nor use a link twice."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from onroll.actions.people.accept import accept_as_new
from onroll.actions.people.ending import end_access
from onroll.actions.people.invite import invite
from onroll.actions.people.roles import change_roles
from onroll.domain.people import Grant
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal
from onroll.queries.appointments import administrators, held, version_of
from onroll.records.people.models import User
from tests.support.cast import NOW, actor

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts) -> list[str]:
    """Do all of them at the same moment; for each, whether it was done or refused."""
    gate = threading.Barrier(len(acts))

    def run(act) -> str:
        try:
            gate.wait()
            act()
        except Refusal:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def version(house, person) -> str:
    return version_of(held(house.school.pk, person.pk))


@pytest.mark.parametrize("how", ["end access", "change roles"])
def test_two_administrators_who_remove_each_other_leave_one(house, how):
    def removing(by, person):
        who, seen = actor(by), version(house, person)
        if how == "end access":
            return lambda: end_access(who, house.school.pk, person.pk, seen=seen, at=NOW)
        grants = (Grant(Role.CLERK),)
        return lambda: change_roles(who, house.school.pk, person.pk, grants=grants, seen=seen, at=NOW)

    done = at_once(removing(house.admin, house.other_admin), removing(house.other_admin, house.admin))
    assert done == ["done", "refused"]
    assert administrators(house.school.pk) == 1


def test_a_link_that_two_open_at_once_makes_one_account(house):
    sent = invite(
        house.by,
        house.school.pk,
        name="Noor Amin",
        email="noor@school.example",
        grants=(Grant(Role.CLERK),),
        at=NOW,
    )
    words = ("four words that differ", "five words that differ too")
    done = at_once(*[lambda word=word: accept_as_new(sent.token, password=word, at=NOW) for word in words])
    assert done == ["done", "refused"]
    assert User.objects.filter(email="noor@school.example").count() == 1


def test_somebody_invited_twice_at_once_is_invited_once(house):
    facts = {"name": "Noor Amin", "email": "noor@school.example", "grants": (Grant(Role.CLERK),), "at": NOW}
    one, two = actor(house.admin), actor(house.other_admin)
    done = at_once(*[lambda by=by: invite(by, house.school.pk, **facts) for by in (one, two)])
    assert done == ["done", "refused"]
