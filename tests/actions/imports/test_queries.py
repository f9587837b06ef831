"""How often an import asks the database. Counts, never milliseconds."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onroll.records.attendance.models import Amendment, RegisterYear, Summary
from tests.support import brought, cast

pytestmark = pytest.mark.django_db
WEEK = [date(2026, 9, 7) + timedelta(days=n) for n in range(5)]


def file_of(pupils):
    return brought.long_file(
        [line for pupil in pupils for line in brought.days(pupil, "2026-09-07", "/\\IIII//")]
    )


def test_an_import_asks_as_often_for_forty_pupils_as_for_four():
    counts = []
    for size in (4, 40):
        school = cast.a_school()
        officer = cast.actor(cast.a_person(school, "attendance-officer"))
        content = file_of([cast.a_pupil(school, f"Robin{n}") for n in range(size)])
        with CaptureQueriesContext(connection) as queries:
            row = brought.applied(officer, school, content)
        assert row.outcome["registers"] == size
        counts.append(len(queries))
    assert counts[1] == counts[0]


def test_the_same_file_again_writes_no_row_of_the_register(school, officer):
    content = file_of([cast.a_pupil(school, f"Robin{n}") for n in range(10)])
    brought.applied(officer, school, content)
    kept = [list(model.objects.order_by("pk").values()) for model in (RegisterYear, Amendment, Summary)]
    with CaptureQueriesContext(connection) as queries:
        row = brought.applied(officer, school, content)
    assert row.outcome["registers"] == 0
    assert [
        list(model.objects.order_by("pk").values()) for model in (RegisterYear, Amendment, Summary)
    ] == kept
    verbs = [query["sql"].split()[:3] for query in queries if "attendance_registeryear" in query["sql"]]
    assert not [verb for verb in verbs if verb[0] in {"INSERT", "DELETE"}]
