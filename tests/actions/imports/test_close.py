"""Cancelling, starting again, and what is deleted when."""

from datetime import timedelta

import pytest

from onroll.actions.imports import applying, closing
from onroll.domain.register.import_states import ImportState
from onroll.domain.vocabulary import Refusal, Refused
from onroll.records import uploads
from onroll.records.attendance.models import Amendment, Import, StagedProblem, StagedRegister
from onroll.records.work.models import Work
from tests.support import brought, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(robin):
    return brought.long_file([*brought.days(robin, "2026-09-07", "IIII"), (robin, "2026-09-12", "AM", "I")])


def test_a_cancelled_file_is_deleted_and_the_register_was_never_touched(school, officer, content):
    row = brought.cancelled(officer, brought.staged(officer, school, content))
    assert (row.state, row.upload, uploads.names()) == (ImportState.CANCELLED, "", [])
    assert brought.register_of(school) == {}


@pytest.mark.parametrize("step", ["brought", "confirmed", "ready", "approved", "failed"])
def test_every_step_before_the_register_is_written_can_be_cancelled(school, officer, content, step):
    if step == "brought":
        row = brought.bring(officer, school, content)
    elif step == "failed":
        row = brought.staged(officer, school, b"UPN,Date,Session,Mark\n")
    elif step == "confirmed":
        row = brought.confirmed(officer, school, content)
    else:
        row = brought.staged(officer, school, content)
    if step == "approved":
        applying.approve(officer, row.pk, version=row.version, at=cast.NOW)
        row.refresh_from_db()
    assert brought.cancelled(officer, row).state == ImportState.CANCELLED


def test_what_is_in_the_register_cannot_be_cancelled(school, officer, content):
    row = brought.applied(officer, school, content)
    with pytest.raises(Refusal) as refused:
        closing.cancel(officer, row.pk, version=row.version, at=cast.NOW)
    assert refused.value.kind is Refused.CONFLICT
    assert uploads.names() == [row.upload]


def test_work_that_stopped_can_be_started_again_and_work_under_way_cannot(school, officer, content):
    row = brought.confirmed(officer, school, content)
    with pytest.raises(Refusal) as refused:
        closing.start_again(officer, row.pk, version=row.version, at=cast.NOW)
    assert refused.value.kind is Refused.CONFLICT
    Work.objects.update(state="failed")
    closing.start_again(officer, row.pk, version=row.version, at=cast.NOW)
    row.refresh_from_db()
    assert Work.objects.get(pk=row.work_id).state == "waiting"


@pytest.mark.parametrize("end", ["cancelled", "undone"])
def test_what_is_over_is_cleared_and_its_counts_stay(school, officer, content, end):
    row = brought.staged(officer, school, content)
    row = (
        brought.cancelled(officer, row)
        if end == "cancelled"
        else brought.undone(officer, brought.approved(officer, row))
    )
    assert closing.clear_old(cast.NOW) == 1
    row.refresh_from_db()
    assert (row.cleared_at, row.upload, row.mapping, row.counts["new"]) == (cast.NOW, "", None, 4)
    assert (StagedRegister.objects.count(), StagedProblem.objects.count(), uploads.names()) == (0, 0, [])
    assert closing.clear_old(cast.NOW) == 0


def test_what_is_in_the_register_is_cleared_when_it_can_no_longer_be_undone(school, officer, content):
    row = brought.applied(officer, school, content)
    before = brought.register_of(school)
    assert closing.clear_old(cast.NOW + timedelta(days=30)) == 0
    assert StagedRegister.objects.exists()
    assert closing.clear_old(cast.NOW + timedelta(days=30, seconds=1)) == 1
    row.refresh_from_db()
    assert (row.state, row.upload) == (ImportState.APPLIED, "")
    assert not StagedRegister.objects.exists()
    assert (brought.register_of(school), Amendment.objects.count()) == (before, 0)


def test_a_file_that_could_not_be_read_is_given_up_after_thirty_days(school, officer, robin):
    row = brought.staged(officer, school, b"UPN,Date,Session,Mark\n")
    assert closing.clear_old(cast.NOW + timedelta(days=30)) == 0
    assert closing.clear_old(cast.NOW + timedelta(days=31)) == 1
    row.refresh_from_db()
    assert (row.state, uploads.names()) == (ImportState.CANCELLED, [])


def test_what_waits_for_a_person_is_never_cleared(school, officer, content):
    brought.staged(officer, school, content)
    brought.bring(officer, school, b"a,b\n1,2\n")
    assert closing.clear_old(cast.NOW + timedelta(days=400)) == 0
    assert Import.objects.filter(cleared_at=None).count() == 2
