"""A worker that is killed half-way leaves the register as it was; another one, or a person, goes on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onroll.actions import queue
from onroll.actions.imports import applying, undoing
from onroll.domain.register.import_states import ImportState
from onroll.jobs.worker import work_once
from onroll.records.attendance.models import Amendment, RegisterYear, StagedRegister, Summary
from onroll.records.ledger.models import LedgerRow
from onroll.records.work.models import Work
from tests.support import brought, cast
from tests.support.doomed_worker import kill_a_worker_at

pytestmark = pytest.mark.django_db(transaction=True)
BULK = "onroll.records.attendance.bulk"


@pytest.fixture
def school():
    return cast.a_school()


@pytest.fixture
def officer(school):
    return cast.actor(cast.a_person(school, "attendance-officer"))


@pytest.fixture
def pupils(school):
    return [cast.a_pupil(school) for _ in range(3)]


def file_of(pupils, marks):
    return brought.long_file(line for one in pupils for line in brought.days(one, "2026-09-07", marks))


def state_of_everything(school):
    """What must not change by half."""
    return (
        brought.register_of(school),
        list(Amendment.objects.values_list("pk", "undone_at")),
        list(Summary.objects.order_by("pk").values_list("pupil_id", "h_sessions")),
        LedgerRow.objects.count(),
    )


def another_worker_goes_on():
    """The reaper finds the silent work, and the next worker takes it."""
    assert Work.objects.filter(state="running").count() == 1
    queue.reap(timezone.now() + queue.SILENT_FOR + timedelta(seconds=1))
    while work_once():
        pass


@pytest.mark.parametrize(
    ("module", "function", "call"),
    [
        pytest.param("onroll.actions.imports.reading", "facts_of", 1, id="before the first line"),
        pytest.param(BULK, "insert", 1, id="inside the first staging transaction"),
        pytest.param("onroll.actions.imports.staging", "registers_held", 3, id="half of it staged"),
        pytest.param("onroll.actions.imports.reading", "problems", 1, id="before the lines are listed"),
    ],
)
def test_killed_while_reading_the_next_worker_reads_it_whole(school, officer, pupils, module, function, call):
    brought.applied(officer, school, file_of(pupils, "/\\//"))
    before = brought.register_of(school)
    row = brought.confirmed(officer, school, file_of(pupils, "/\\II?"))
    kill_a_worker_at(module, function, call)
    assert brought.register_of(school) == before
    row.refresh_from_db()
    assert row.state == ImportState.READING
    another_worker_goes_on()
    row.refresh_from_db()
    assert (row.state, row.counts["changed"], row.counts["unknown-code"]) == (ImportState.READY, 6, 3)
    assert StagedRegister.objects.filter(batch=row).count() == 3
    assert brought.register_of(school) == before


POINTS_OF_WRITING = [
    pytest.param(BULK, "update", 1, id="registers written, nothing committed"),
    pytest.param(BULK, "insert", 2, id="amendments written, nothing committed"),
    pytest.param("onroll.actions.imports.applying", "recount_school", 1, id="counted, nothing committed"),
    pytest.param("onroll.records.ledger.chain", "append", 1, id="in the ledger, nothing committed"),
]


@pytest.mark.parametrize(("module", "function", "call"), POINTS_OF_WRITING)
def test_killed_while_writing_the_register_is_as_before_and_the_next_worker_writes_it_once(
    school, officer, pupils, module, function, call
):
    brought.applied(officer, school, file_of(pupils, "/\\//"))
    row = brought.staged(officer, school, file_of(pupils, "/\\II"))
    applying.approve(officer, row.pk, version=row.version, at=cast.NOW)
    before = state_of_everything(school)
    kill_a_worker_at(module, function, call)
    assert state_of_everything(school) == before
    another_worker_goes_on()
    row.refresh_from_db()
    assert row.state == ImportState.APPLIED
    assert Amendment.objects.filter(import_id=row.pk).count() == 6
    assert RegisterYear.objects.filter(school=school).count() == 3
    assert set(Summary.objects.values_list("h_sessions", flat=True)) == {2}


def test_killed_while_writing_a_person_may_cancel_instead(school, officer, pupils):
    brought.applied(officer, school, file_of(pupils, "/\\//"))
    row = brought.staged(officer, school, file_of(pupils, "/\\II"))
    applying.approve(officer, row.pk, version=row.version, at=cast.NOW)
    before = brought.register_of(school)
    kill_a_worker_at(BULK, "update")
    row.refresh_from_db()
    brought.cancelled(officer, row)
    another_worker_goes_on()
    row.refresh_from_db()
    assert row.state == ImportState.CANCELLED
    assert brought.register_of(school) == before


def test_killed_while_undoing_the_import_is_still_whole_and_is_then_undone(school, officer, pupils):
    brought.applied(officer, school, file_of(pupils, "/\\//"))
    row = brought.applied(officer, school, file_of(pupils, "/\\II"), at=cast.NOW + timedelta(minutes=1))
    at = cast.NOW + timedelta(minutes=2)
    undoing.undo(officer, row.pk, version=row.version, at=at)
    before = state_of_everything(school)
    kill_a_worker_at(BULK, "update")
    assert state_of_everything(school) == before
    another_worker_goes_on()
    row.refresh_from_db()
    assert row.state == ImportState.UNDONE
    assert {marks.replace(".", "") for marks in brought.register_of(school).values()} == {"/\\//"}
