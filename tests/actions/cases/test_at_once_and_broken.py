"""Two people at the same moment, and a process that dies in the middle: one case, and never half of anything."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from onroll.actions.cases.moving import close_case, move_case, reopen_case
from onroll.actions.cases.needing import change_need
from onroll.actions.cases.opening import open_case
from onroll.domain.casework.moves import Move
from onroll.domain.casework.states import State
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal
from onroll.records.cases.models import Arrangement, Case, CaseMove, Member, Note
from onroll.records.duties.models import Finding
from onroll.records.ledger.models import LedgerRow
from tests.support.cast import NOW, a_case, a_person, a_pupil, a_school, actor
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db(transaction=True)
WHEN = {"on": NOW.date(), "at": NOW}
SAID = {"reason": "Ill", "opened_on": NOW.date()} | WHEN


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


@pytest.fixture
def school():
    return with_policy(a_school())


@pytest.fixture
def two(school):
    return actor(a_person(school, Role.SENCO)), actor(a_person(school, Role.HEADTEACHER))


def test_two_who_open_at_once_open_one_case(school, two):
    pupil = a_pupil(school)
    done = at_once(*[lambda by=by: open_case(by, school.pk, pupil.pk, **SAID) for by in two])
    assert done == ["done", "refused"]
    assert (Case.objects.count(), LedgerRow.objects.filter(verb="case-opened").count()) == (1, 1)


def test_one_who_reopens_and_one_who_opens_leave_one_open_case(school, two):
    closed, (one, other) = a_case(a_pupil(school), state=State.CLOSED), two
    done = at_once(
        lambda: reopen_case(one, school.pk, closed.pk, reason="Ill again", **WHEN),
        lambda: open_case(other, school.pk, closed.pupil_id, **SAID),
    )
    assert done == ["done", "refused"]
    assert Case.objects.filter(closed_on=None).count() == 1


def test_two_who_move_at_once_move_once(school, two):
    case = a_case(a_pupil(school))
    done = at_once(
        *[
            lambda by=by: close_case(by, school.pk, case.pk, reason="Well", seen_version=1, **WHEN)
            for by in two
        ]
    )
    assert done == ["done", "refused"]
    assert CaseMove.objects.filter(move="close").count() == 1


class Died(BaseException):
    """The process is gone: no `except Exception` hears of it."""


ACTS = {
    "open": lambda by, case: open_case(by, case.school_id, a_pupil(case.school).pk, **SAID),
    "move": lambda by, case: move_case(by, case.school_id, case.pk, Move.TAKE_OVER, reason="-", **WHEN),
    "close": lambda by, case: close_case(by, case.school_id, case.pk, reason="-", **WHEN),
    "need": lambda by, case: change_need(
        by, case.school_id, case.pk, need="New", expected_from=None, seen_version=1, **WHEN
    ),
}


def everything() -> list[object]:
    models = (Case, CaseMove, Arrangement, Member, Note, Finding, LedgerRow)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("place", ["refresh_cases", "chain.append"])
@pytest.mark.parametrize("act", ACTS)
def test_who_dies_in_the_middle_leaves_nothing_behind(school, two, monkeypatch, act, place):
    case = a_case(a_pupil(school))

    def die(*_: object, **__: object) -> None:
        raise Died

    for module in ("onroll.actions.cases.changing", "onroll.actions.cases.opening"):
        if place == "refresh_cases":
            monkeypatch.setattr(f"{module}.{place}", die)
    if place == "chain.append":
        monkeypatch.setattr("onroll.actions.change.chain.append", die)
    before = everything()
    with pytest.raises(Died):
        ACTS[act](two[0], case)
    assert everything() == before
    monkeypatch.undo()
    ACTS[act](two[0], case)
    assert everything() != before


def test_findings_are_of_the_same_change_as_what_they_rest_on(school, two):
    case_id = open_case(two[0], school.pk, a_pupil(school).pk, **SAID)
    found = Finding.objects.filter(case_id=case_id, until_at=None)
    assert set(found.values_list("duty", flat=True)) >= {
        "parents-first-contact",
        "responsibilities-understood",
    }
    close_case(two[0], school.pk, case_id, reason="Well again", **WHEN)
    owed = Finding.objects.filter(case_id=case_id, until_at=None, status__in=["due", "overdue"])
    assert not owed.exists()
