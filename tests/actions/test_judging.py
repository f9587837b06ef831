"""Taking a pupil off Watch and putting them back."""

from datetime import date

import pytest

from onroll.actions.watch import put_back_on_watch, take_off_watch
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal, Refused
from onroll.records.attendance.models import NotHealthCase, Summary
from onroll.records.base import pen
from onroll.records.ledger.models import LedgerRow
from tests.support.cast import NOW, a_person, a_pupil, a_school, actor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school():
    school = a_school()
    with pen():
        school.marks_to = date(2026, 11, 20)
        school.save()
    return school


@pytest.fixture
def pupil(school):
    pupil = a_pupil(school, year=9)
    with pen():
        Summary.objects.create(
            pupil=pupil, school=school, year=2026, as_of=date(2026, 11, 20), h_sessions=12, nearness=12
        )
    return pupil


def test_off_and_back_on_are_two_rows_that_hold_no_reason(school, pupil):
    head = actor(a_person(school, Role.HEADTEACHER))
    take_off_watch(head, school.pk, pupil.pk, reason="A broken arm", at=NOW)
    assert Summary.objects.get().quiet_at == 12
    put_back_on_watch(head, school.pk, pupil.pk, at=NOW)
    assert Summary.objects.get().quiet_at is None
    assert NotHealthCase.objects.get().withdrawn_at == NOW
    assert [row.verb for row in LedgerRow.objects.order_by("number")] == [
        "taken-off-watch",
        "put-back-on-watch",
    ]
    assert "arm" not in "".join(row.subject + row.detail for row in LedgerRow.objects.all())


def test_who_is_on_watch_already_is_not_touched_and_nothing_is_written_unseen(school, pupil):
    head = actor(a_person(school, Role.HEADTEACHER))
    take_off_watch(head, school.pk, pupil.pk, reason="A broken arm", at=NOW)
    with pen():
        Summary.objects.update(quiet_at=None)  # as after all marks were taken back and brought in again
    put_back_on_watch(head, school.pk, pupil.pk, at=NOW)
    assert NotHealthCase.objects.get().withdrawn_at is None
    assert LedgerRow.objects.count() == 1


def _off(who, school, pupil):
    take_off_watch(who, school.pk, pupil.pk, reason="x", at=NOW)


def _back_on(who, school, pupil):
    put_back_on_watch(who, school.pk, pupil.pk, at=NOW)


@pytest.mark.parametrize("judge", [_off, _back_on])
def test_nobody_judges_a_pupil_of_another_year_group_or_school(school, pupil, judge):
    year_10 = a_pupil(school, year=10).year_group
    leader = actor(a_person(school, Role.PROGRESS_LEADER, year_groups=[year_10]))
    stranger = actor(a_person(a_school("Far Hill School"), Role.HEADTEACHER))
    for one, kind in ((leader, Refused.NOT_FOUND), (stranger, Refused.NOT_ALLOWED)):
        with pytest.raises(Refusal) as refused:
            judge(one, school, pupil)
        assert refused.value.kind is kind
    assert not NotHealthCase.objects.exists()
