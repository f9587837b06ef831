"""While a file is read, everybody goes on working; two imports of one school are written one after the other."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from onroll.actions.change import change
from onroll.actions.imports import applying, reading
from onroll.domain.register.import_states import ImportState
from onroll.records.attendance.models import Amendment, RegisterYear
from onroll.records.schools.models import Trust
from tests.support import brought, cast

pytestmark = pytest.mark.django_db(transaction=True)


def in_another_connection(work):
    """Run something as another process would, with a connection of its own that does not wait for a lock."""

    def run():
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "PRAGMA busy_timeout = 0"
                    if connection.vendor == "sqlite"
                    else "SET lock_timeout = '100ms'"
                )
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def test_at_every_step_of_a_reading_somebody_else_can_write(school, officer, robin, zoe):
    rows = [*brought.days(robin, "2026-09-07", "/\\?I"), (zoe, "2026-09-12", "AM", "I")]
    row = brought.confirmed(officer, school, brought.long_file(rows))
    steps = []

    def write():
        with change(None, "tried", cast.NOW):
            Trust.objects.create(name=f"Trust {len(steps)}")

    def tell(_done, _total, note=""):
        steps.append(note)
        in_another_connection(write)

    reading.read(row.pk, at=cast.NOW, tell=tell)
    row.refresh_from_db()
    assert row.state == ImportState.READY
    assert {
        "Reading the file",
        "Finding the pupils",
        "Comparing with the register",
        "Listing the lines that cannot be used",
    } <= set(steps)
    assert Trust.objects.count() == len(steps)


def test_two_imports_written_at_once_lose_no_mark_and_amend_each_other(school, officer, robin):
    brought.applied(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "/\\//")))
    rows = [
        brought.staged(officer, school, brought.long_file(brought.days(robin, "2026-09-07", marks)))
        for marks in ("IIL ", "MM M")
    ]
    for row in rows:
        applying.approve(officer, row.pk, version=row.version, at=cast.NOW)
    gate = threading.Barrier(2)

    def write(import_id):
        try:
            gate.wait()
            applying.apply(import_id, at=cast.NOW, tell=brought.silent)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(write, row.pk) for row in rows]:
            future.result()
    marks = RegisterYear.objects.get().marks.replace(".", "")
    assert marks in {"MMLM", "IILM"}
    last, first = (rows[1], rows[0]) if marks == "MMLM" else (rows[0], rows[1])
    for row in rows:
        row.refresh_from_db()
        assert row.state == ImportState.APPLIED
    later = Amendment.objects.filter(import_id=last.pk, on="2026-09-07").values_list("old", "new")
    expected = [("I", "M")] * 2 if marks == "MMLM" else [("M", "I")] * 2
    assert list(later) == expected
    assert last.outcome["previewed"] is None  # two changed and none new, as shown, though from other marks
    assert first.outcome["changed"] == 3
