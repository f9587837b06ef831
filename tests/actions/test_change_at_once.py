"""Many people changing things at the same moment write one unbroken chain."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection

from onroll.actions.change import change
from onroll.actions.ledger import SETTLES_IN, seal_looks
from onroll.queries import seals
from onroll.queries.ledger_check import check
from onroll.records.ledger.models import LedgerRow, Look
from onroll.records.schools.models import Trust
from onroll.records.snapshot import snapshot
from tests.support.cast import NOW
from tests.support.looks import a_look

PEOPLE, EACH = 8, 12

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*work):
    """Run each function in a thread of its own, all starting together; raises what any of them raised."""
    gate = threading.Barrier(len(work))

    def run(function):
        try:
            gate.wait()
            return function()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return [future.result() for future in [pool.submit(run, function) for function in work]]


def changes(person: int):
    def run():
        for number in range(EACH):
            # Every fourth time they think better of it half-way.
            with suppress(SecondThoughts), change(person, "tried", NOW, school_id=person) as entry:
                Trust.objects.create(name=f"{person}/{number}")
                entry.detail = {"number": number}
                if number % 4 == 3:
                    raise SecondThoughts

    return run


class SecondThoughts(Exception):
    """A change that ends half-way."""


def test_changes_made_at_once_are_one_unbroken_chain():
    at_once(*[changes(person) for person in range(PEOPLE)])
    kept = PEOPLE * EACH * 3 // 4
    verdict = check(None)
    assert (verdict.broken, verdict.rows) == ("", kept)
    assert list(LedgerRow.objects.order_by("number").values_list("number", flat=True)) == list(
        range(1, kept + 1)
    )
    assert Trust.objects.count() == kept


def test_looks_are_logged_and_sealed_while_others_change_things():
    def look():
        for _ in range(EACH):
            a_look()

    def seal():
        for _ in range(5):
            seal_looks(NOW + SETTLES_IN)

    at_once(look, look, seal, seal, changes(1), changes(2))
    seal_looks(NOW + SETTLES_IN)
    verdict = check(None)
    assert (verdict.broken, verdict.looks, verdict.unsealed) == ("", 2 * EACH, 0)
    assert seals.unsealed().count == 0


def test_a_look_never_waits_for_the_chain():
    """On PostgreSQL an open change holds the chain; a look goes past it. (SQLite has one writer at a time.)"""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    from onroll.records.ledger import chain  # noqa: PLC0415

    with change(1, "slow", NOW) as entry:
        chain.lock()
        at_once(a_look)
        entry.detail = {"looks": Look.objects.count()}
    assert LedgerRow.objects.get().detail == '{"looks":1}'


def test_a_look_holds_the_lock_no_longer_than_its_own_statement():
    a_look()
    assert not connection.in_atomic_block
    at_once(changes(1))  # would wait 20 seconds, and fail, were the lock still held
    assert LedgerRow.objects.count() == EACH * 3 // 4


def test_a_snapshot_does_not_move_and_keeps_nobody_waiting():
    with change(1, "first", NOW):
        pass
    with snapshot():
        assert LedgerRow.objects.count() == 1
        at_once(changes(1), changes(2))
        assert LedgerRow.objects.count() == 1
        assert check(None).rows == 1
    assert LedgerRow.objects.count() == 1 + 2 * EACH * 3 // 4


def test_nothing_can_be_written_inside_a_snapshot():
    with pytest.raises(Exception, match=r"read-?only"), snapshot():
        Look.objects.create(at=NOW - timedelta(1), actor_id=1, school_id=1, page="x", pupil_ids=",1,")
    assert Look.objects.count() == 0
    Look.objects.create(at=NOW, actor_id=1, school_id=1, page="x", pupil_ids=",1,")
