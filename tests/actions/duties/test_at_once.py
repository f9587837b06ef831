"""A round of the school, actions of people and a calendar at the same moment: one finding each, and all agree."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from onroll.actions.change import change
from onroll.actions.duties.refresh import refresh_cases
from onroll.actions.duties.sweep import keep_sweep, sweep_school
from onroll.actions.policy.keeping import Officer, confirm_officer
from onroll.actions.recounted import school_to_change
from onroll.actions.timeline.recording import record_contact
from onroll.domain.permissions import Permission, Role
from onroll.queries.ledger_check import check
from onroll.records.duties.models import Finding, Sweep
from tests.support import cast, duties, entries
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = cast.NOW.date()
AT = {"on": TODAY, "at": cast.NOW}


def at_once(*acts):
    """Do all of them at the same moment; raises what any of them raises."""
    gate = threading.Barrier(len(acts))

    def run(act):
        try:
            gate.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def school():
    return with_policy(cast.a_school())


def test_rounds_and_actions_at_the_same_moment_leave_one_finding_each(school):
    leader = cast.a_person(school, Role.PROGRESS_LEADER)
    by, head = cast.actor(leader), cast.actor(cast.a_person(school, Role.HEADTEACHER))
    cases = [cast.a_case(cast.a_pupil(school)) for _ in range(6)]
    given = entries.contact(leader.pk)
    officer = Officer(post="Officer", name="A. Person", service="Service", phone="01225 000000")

    def a_roll():
        """Locks as whoever writes a roll does: the school, then its cases."""
        with change(head.id, "tried", cast.NOW, school_id=school.pk):
            school_to_change(head, school.pk, Permission.SCHOOL_SEE)
            refresh_cases([one.pk for one in reversed(cases)], **AT)

    at_once(
        lambda: sweep_school(school.pk, **AT),
        lambda: sweep_school(school.pk, on=TODAY, at=cast.NOW + timedelta(seconds=1)),
        lambda: record_contact(by, school.pk, cases[-1].pk, given=given, form_key="one", **AT),
        lambda: record_contact(by, school.pk, cases[0].pk, given=given, form_key="two", **AT),
        lambda: confirm_officer(head, school.pk, officer, confirmed_on=TODAY, **AT),
        a_roll,
    )
    assert duties.differing(TODAY) == []
    assert Finding.objects.filter(until_at=None, case__in=cases).count() == 18
    assert not check(None).broken


def test_two_workers_that_do_the_round_at_once_keep_it_once(school):
    cast.a_case(cast.a_pupil(school))
    done = at_once(*[lambda: sweep_school(school.pk, **AT)] * 2)
    assert sorted(one.changed > 0 for one in done) == [False, True]
    at_once(*[lambda: keep_sweep(done[:1], **AT)] * 2)
    assert Sweep.objects.get().cases == 1
