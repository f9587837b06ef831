"""The worker outlives what goes wrong, and says nothing of a child when it does."""

import logging

import pytest
from django.db import OperationalError

from onroll.actions import queue
from onroll.actions.change import change
from onroll.actions.work import enqueue
from onroll.domain.vocabulary import Refusal, Refused
from onroll.jobs import worker
from onroll.records.work.models import Work
from tests.support.cast import NOW

pytestmark = pytest.mark.django_db


def queued(kind: str) -> Work:
    with change(None, "x", NOW):
        return Work.objects.get(pk=enqueue(kind, subject_id=1, school_id=None, actor_id=None, at=NOW))


def failing(with_: Exception):
    def job(_subject_id, _progress):
        raise with_

    return job


@pytest.mark.parametrize(("wrong", "note"), [
    pytest.param(ValueError("Siân Moss"), "Something went wrong on our side", id="a fault of ours"),
    pytest.param(Refusal(Refused.INVALID, "The file is empty."), "The file is empty.", id="a refusal"),
])  # fmt: skip
def test_failed_work_ends_in_words_without_a_value(monkeypatch, caplog, wrong, note) -> None:
    monkeypatch.setitem(worker.JOBS, "test-job", failing(wrong))
    work = queued("test-job")
    with caplog.at_level(logging.ERROR):
        assert worker.work_once()
    work.refresh_from_db()
    assert (work.state, work.note.startswith(note)) == ("failed", True)
    assert "Siân" not in caplog.text


def test_work_whose_worker_died_is_taken_up_again_three_times_at_the_most(monkeypatch) -> None:
    work = queued("test-job")
    for attempt in range(1, queue.ATTEMPTS + 1):
        assert queue.take(NOW).id == work.pk
        assert queue.reap(NOW + queue.SILENT_FOR * 2) == 1
        work.refresh_from_db()
        assert work.attempts == attempt
    assert work.state == "failed"
    assert queue.take(NOW) is None


def test_a_database_that_restarts_does_not_end_the_worker(monkeypatch, caplog) -> None:
    one, asked = worker.Worker(), []

    def unreachable() -> bool:
        asked.append(1)
        one.stopping = len(asked) == 2
        raise OperationalError("a value of the database")

    monkeypatch.setattr(worker, "work_once", unreachable)
    monkeypatch.setattr(worker, "do_routines", lambda: None)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker.time, "sleep", lambda _: None)
    monkeypatch.setattr(worker.signal, "signal", lambda *_: None)
    one.run()
    assert len(asked) == 2
    assert "a value" not in caplog.text
